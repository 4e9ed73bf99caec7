import { type RequestHandler, type Response, Router } from 'express';
import { RECONCILE_EVERY_DAYS } from '../../../objections/coded-report/reconciliation.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { Form, readForm } from '../../form.ts';
import { checkFormToken } from '../../middleware/form-token.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { readUpload, uploadFault } from '../imports/upload.ts';
import { whoActed } from '../objections/who.ts';
import { reconciliationNamed } from './find.ts';
import { reportForm, systemItems } from './form.ts';
import { reconciliationView, trendRow } from './view-model.ts';

/** How many reconciliations the trend shows: three years of one a month. */
const SHOWN = 36;

/** Reports of codes from the clinical system: taken in, kept, and compared with the one before. */
export function codedRoutes(services: Services): Router {
  const router = Router();
  const { objections, reconciliations } = services;
  const maySee = requirePermission('view-reconciliations');
  const mayTake = requirePermission('reconcile');

  router.get(paths.coded, maySee, async (_req, res) => {
    const { practiceId, role } = personOf(res);
    const all = await reconciliations.list(practiceId, SHOWN);
    render(res, 'coded/list', {
      title: 'Compared with the clinical record',
      back: paths.workList('to-be-coded'),
      rows: all.map(trendRow),
      days: RECONCILE_EVERY_DAYS,
      mayTake: permits(role, 'reconcile'),
    });
  });

  const ask = async (res: Response, form?: Form) => {
    const [last] = await reconciliations.list(personOf(res).practiceId, 1);
    render(res.status(form === undefined ? 200 : 400), 'coded/new', {
      title: 'Compare with the clinical record',
      back: paths.coded,
      form: form ?? new Form({ system: last?.system }),
      systemItems,
    });
  };

  router.get(paths.newCoded, mayTake, (_req, res) => ask(res));

  /** A body that could not be read holds no form token that could be checked; it changes nothing either. */
  const refuseUnread: RequestHandler = (req, res, next) => {
    const fault = uploadFault(res);
    return fault === undefined ? next() : ask(res, new Form(req.body, [{ field: 'list', text: fault }]));
  };

  router.post(paths.newCoded, mayTake, readUpload, refuseUnread, checkFormToken, async (req, res) => {
    const read = readForm(reportForm, req.body);
    const noFile = req.file === undefined ? [{ field: 'list', text: 'Select a CSV file' }] : [];
    if (!read.ok || req.file === undefined)
      return ask(res, new Form(req.body, [...(read.ok ? [] : read.form.errors), ...noFile]));
    const { practiceId, practice } = personOf(res);
    const { originalname: fileName, buffer: bytes } = req.file;
    const file = { practiceId, madeUp: practice.madeUp, fileName, bytes, ...read.value };
    const done = await objections.reconcile(file, actorOf(res));
    if (done.ok) return res.redirect(303, paths.reconciliation(done.id));
    const field = done.ask === 'date-order' ? 'dateOrder' : 'list';
    return ask(res, new Form(req.body, [{ field, text: done.fault }]));
  });

  router.get(paths.reconciliation(':id'), maySee, async (req, res) => {
    const { practiceId } = personOf(res);
    const one = await reconciliationNamed(services, res, req.params.id);
    const before = await reconciliations.before(practiceId, one);
    render(res, 'coded/show', {
      title: 'What the report and this registry say',
      back: paths.coded,
      ...reconciliationView(one, before, await whoActed(services, res)),
    });
  });

  return router;
}
