import { basename } from 'node:path';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type PatientImport, statusAt } from '../../../patients/patient-import.ts';
import type { Services } from '../../../services.ts';
import { Form, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { checkFormToken } from '../../middleware/form-token.ts';
import { goUnnoticed } from '../../middleware/kept-sessions.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { isUuid } from '../objections/find.ts';
import { whoActed } from '../objections/who.ts';
import { mappingView } from './columns/view-model.ts';
import { goneForm, reportChoice } from './form.ts';
import { keepFile, startImport } from './start-import.ts';
import { readUpload, uploadFault } from './upload.ts';
import { importView, reportFilters, reportLine } from './view-model.ts';

const IMPORTS_SHOWN = 50;
const ROWS_ON_PAGE = 50;

/** Taking in the practice's patient list: upload, progress that can be left and come back to, report row by row. */
export function importRoutes(services: Services): Router {
  const router = Router();
  const { patients, now } = services;
  const mayImport = requirePermission('import-patients');

  const showList = async (res: Response, form = new Form()) => {
    const nameOf = await whoActed(services, res);
    const { practiceId } = personOf(res);
    const imports = await patients.imports(practiceId, IMPORTS_SHOWN);
    const mappings = await patients.mappings(practiceId);
    render(res.status(form.errors.length > 0 ? 400 : 200), 'imports/list', {
      title: 'Imports',
      imports: imports.map((one) => importView(one, nameOf, now())),
      mappings: mappings.map((one) => mappingView(one, nameOf)),
      form,
    });
  };

  router.get(paths.imports, mayImport, (_req, res) => showList(res));

  const refuse = (req: Request, res: Response, text: string) =>
    showList(res, new Form(req.body, [{ field: 'list', text }]));

  /** A body that could not be read holds no form token that could be checked; it changes nothing either. */
  const refuseUnread: RequestHandler = (req, res, next) => {
    const fault = uploadFault(res);
    return fault === undefined ? next() : refuse(req, res, fault);
  };

  router.post(paths.imports, mayImport, readUpload, refuseUnread, checkFormToken, async (req, res) => {
    if (req.file === undefined) return refuse(req, res, 'Select a CSV file');
    const file = {
      fileName: basename(req.file.originalname).slice(0, 200),
      bytes: req.file.buffer,
      wholeList: req.body.wholeList === 'yes',
    };
    const started = await startImport(services, res, file);
    if (started.ok) return res.redirect(303, started.path);
    if (!started.mustAsk) return refuse(req, res, started.fault);
    res.redirect(303, paths.importQuestion(await keepFile(services, res, file)));
  });

  const importNamed = async (req: Request, res: Response): Promise<PatientImport> => {
    const { id } = req.params;
    const found = isUuid(id) ? await patients.findImport(personOf(res).practiceId, id) : null;
    if (found === null) throw new PageError(404, 'no such import');
    return found;
  };

  const show = async (req: Request, res: Response, form = new Form()) => {
    const one = await importNamed(req, res);
    const { show: outcome, page: asked } = reportChoice.parse(req.query);
    const page = pageOf(asked, outcome ? one.counts[outcome] : one.done, ROWS_ON_PAGE);
    const lines = await patients.importReport(one.id, { outcome, ...page });
    const chosen = outcome ? `show=${outcome}&` : '';
    const view = importView(one, await whoActed(services, res), now());
    render(res.status(form.errors.length > 0 ? 400 : 200), 'imports/show', {
      title: `Import of the patient list${page.count > 1 ? ` (page ${page.current} of ${page.count} of the report)` : ''}`,
      back: paths.imports,
      import: view,
      progressHref: paths.importProgress(one.id),
      goneHref: paths.importGone(one.id),
      undoHref: await undoHref(one, res),
      filters: reportFilters(one, outcome),
      lines: lines.map(reportLine),
      pagination: paginationOf(page, (number) => `${paths.import(one.id)}?${chosen}page=${number}`),
      form,
    });
  };

  /** Only the newest import can be undone. */
  const undoHref = async ({ id }: PatientImport, res: Response): Promise<string | undefined> => {
    const plan = await patients.planUndo({ practiceId: personOf(res).practiceId, importId: id });
    return plan.ok ? paths.undoImport(id) : undefined;
  };

  router.get(paths.import(':id'), mayImport, (req, res) => show(req, res));

  /** For the script that moves the bar; without it the page has a link to itself. */
  router.get(paths.importProgress(':id'), mayImport, async (req, res) => {
    const one = await importNamed(req, res);
    const { done, rows } = one;
    goUnnoticed(req);
    res.json({ isRunning: statusAt(one, now()) === 'running', done, rows });
  });

  router.post(paths.importGone(':id'), mayImport, async (req, res) => {
    const { id } = await importNamed(req, res);
    const read = readForm(goneForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { practiceId } = personOf(res);
    const decided = await patients.decideGone({ practiceId, importId: id, ...read.value }, actorOf(res));
    const marked = read.value.areGone
      ? 'The people who are not in the file are marked as gone'
      : 'Nobody was marked as gone';
    sayDone(req, decided.ok ? marked : 'This import does not wait any more. Nothing was changed');
    res.redirect(303, paths.import(id));
  });

  return router;
}
