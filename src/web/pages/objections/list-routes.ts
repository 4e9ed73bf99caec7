import { type Request, type Response, Router } from 'express';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { Form, readForm } from '../../form.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { maySee, noteLook } from './find.ts';
import { type ListFilled, listForm } from './list-form.ts';
import { filterChoices, lineView, workOf } from './list-view.ts';
import { whoActed } from './who.ts';

/** All objections of the practice, newest keyed first, with filters. The work lists are filters of it. */
export function listRoutes(services: Services): Router {
  const router = Router();
  const { objections } = services;

  router.get(paths.objections, requirePermission('list-objections'), async (req, res) => {
    const { practiceId, role } = personOf(res);
    const may = (permission: Parameters<typeof permits>[1]) => permits(role, permission);
    const read = readForm(listForm, req.query);
    const found = read.ok ? await find(req, res, read.value) : undefined;
    const imports = may('confirm-withdrawals') ? await objections.waitingImports(practiceId) : [];
    render(res.status(read.ok ? 200 : 400), 'objections/list', {
      title: 'Objections',
      ...found,
      filters: filterChoices,
      notTakenIn: may('import-objections') && (await objections.takenInAt(practiceId)) === null,
      waiting: imports.reduce((sum, { waiting }) => sum + waiting, 0),
      form: read.ok ? new Form({ by: 'received', ...req.query }) : read.form,
    });
  });

  const find = async (req: Request, res: Response, filled: ListFilled) => {
    const { practiceId, role } = personOf(res);
    const { items, total, next } = await objections.list(practiceId, filled);
    await noteLook(
      services,
      res,
      items.filter(({ patient }) => maySee(res, patient)).map(({ patient }) => patient.id),
      'objection-list',
    );
    const nameOf = await whoActed(services, res);
    const now = services.now();
    const lines = await Promise.all(
      items.map(async (objection) => {
        const acts =
          objection.errorsToConfirm > 0 || objection.needsDecision ? await actsOf(res, objection) : [];
        const work = workOf(objection, acts, (permission) => permits(role, permission));
        return lineView(objection, work, { nameOf, now, isHidden: !maySee(res, objection.patient) });
      }),
    );
    return {
      lines,
      total,
      next: next && addressOf(req, next),
      isFiltered: Object.keys(req.query).length > 0,
      isFirst: filled.cursor === undefined,
    };
  };

  const actsOf = async (res: Response, { patient, type }: { patient: { id: string }; type: string }) => {
    const acts = await objections.ofPatient(personOf(res).practiceId, patient.id);
    return acts.filter((act) => act.type === type);
  };

  return router;
}

/** The address of the next page, with the same filters. */
function addressOf(req: Request, cursor: string): string {
  const kept = new URLSearchParams();
  for (const [name, value] of Object.entries(req.query))
    if (typeof value === 'string' && value !== '' && name !== 'cursor') kept.set(name, value);
  kept.set('cursor', cursor);
  return `${paths.objections}?${kept}`;
}
