import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Services } from '../../../services.ts';
import { Form } from '../../form.ts';
import { checkFormToken } from '../../middleware/form-token.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { readUpload, uploadFault } from '../imports/upload.ts';

/** Rows that were not taken and are named on the page; of more, how many. */
const REFUSED_SHOWN = 200;

/** What came of batches, as the messaging system's file has it. */
export function resultRoutes(services: Services): Router {
  const router = Router();
  const may = requirePermission('run-notices');

  const show = (req: Request, res: Response, fault?: string, extra: object = {}) =>
    render(res.status(fault === undefined ? 200 : 400), 'told/results', {
      title: 'Results of messages',
      back: paths.toldRuns,
      taken: null,
      form: new Form(req.body, fault === undefined ? [] : [{ field: 'list', text: fault }]),
      ...extra,
    });

  router.get(paths.toldResults, may, (req, res) => show(req, res));

  /** A body that could not be read holds no form token that could be checked; it changes nothing either. */
  const refuseUnread: RequestHandler = (req, res, next) => {
    const fault = uploadFault(res);
    return fault === undefined ? next() : show(req, res, fault);
  };

  router.post(paths.toldResults, may, readUpload, refuseUnread, checkFormToken, async (req, res) => {
    if (req.file === undefined) return show(req, res, 'Select a CSV file');
    const file = { practiceId: personOf(res).practiceId, bytes: req.file.buffer };
    const done = await services.tellings.importResults(file, actorOf(res));
    if (!done.ok) return show(req, res, done.reason);
    const refused = done.refused.slice(0, REFUSED_SHOWN);
    const moreRefused = done.refused.length - refused.length;
    return show(req, res, undefined, { taken: { ...done.counts, refused, moreRefused } });
  });

  return router;
}
