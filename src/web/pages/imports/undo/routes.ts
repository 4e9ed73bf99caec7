import { type Request, type Response, Router } from 'express';
import type { UndoPlan, UndoRefusal } from '../../../../patients/undo-import.ts';
import type { Services } from '../../../../services.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { isUuid } from '../../objections/find.ts';
import { whoActed } from '../../objections/who.ts';
import { importView } from '../view-model.ts';

const refusals: Readonly<Record<Exclude<UndoRefusal, 'not-found'>, string>> = {
  running: 'An import is running. Wait until it has ended',
  undone: 'This import was undone already',
  'not-newest': 'Only the newest import can be undone, and there is a newer one',
};

/** Undoing the newest import: first what would be undone, then the doing. */
export function undoImportRoutes(services: Services): Router {
  const router = Router();
  const { patients, now } = services;
  const mayImport = requirePermission('import-patients');

  const requestOf = ({ params }: Request, res: Response) => {
    const { id } = params;
    if (!isUuid(id)) throw new PageError(404, 'no such import');
    return { practiceId: personOf(res).practiceId, importId: id };
  };

  /** The plan, or why there is none: said on the page of the import. */
  const orRefuse = (req: Request, res: Response, plan: UndoPlan) => {
    if (plan.ok) return plan;
    if (plan.reason === 'not-found') throw new PageError(404, 'no such import');
    sayDone(req, `${refusals[plan.reason]}. Nothing was changed`);
    res.redirect(303, paths.import(String(req.params.id)));
    return undefined;
  };

  router.get(paths.undoImport(':id'), mayImport, async (req, res) => {
    const request = requestOf(req, res);
    const plan = orRefuse(req, res, await patients.planUndo(request));
    if (plan === undefined) return;
    render(res, 'imports/undo', {
      title: 'Undo an import',
      back: paths.import(request.importId),
      import: importView(plan.import, await whoActed(services, res), now()),
      counts: plan.counts,
    });
  });

  router.post(paths.undoImport(':id'), mayImport, async (req, res) => {
    const request = requestOf(req, res);
    const plan = orRefuse(req, res, await patients.undoImport(request, actorOf(res)));
    if (plan === undefined) return;
    sayDone(req, 'The import was undone');
    res.redirect(303, paths.import(request.importId));
  });

  return router;
}
