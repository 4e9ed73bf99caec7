import { type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { Patient } from '../../../patients/patient.ts';
import type { Services } from '../../../services.ts';
import { Form } from '../../form.ts';
import { checkFormToken } from '../../middleware/form-token.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { readUpload, uploadFault } from '../imports/upload.ts';
import { isUuid, noteLook } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';

/** Patients and rows shown of each kind; of more, how many. They come again with the next report. */
const SHOWN = 200;
const KIND = 'coded-report';

/** A report of codes from the clinical system: what it says of our objections, and they of it. */
export function codedRoutes(services: Services): Router {
  const router = Router();
  const { objections, patients, drafts, now } = services;
  const may = requirePermission('take-coded-report');

  const ask = (res: Response, fault?: string) =>
    render(res.status(fault === undefined ? 200 : 400), 'coded/new', {
      title: 'Report from the clinical system',
      back: paths.workList('to-be-coded'),
      form: new Form({}, fault === undefined ? [] : [{ field: 'list', text: fault }]),
    });

  router.get(paths.coded, may, (_req, res) => ask(res));

  /** A body that could not be read holds no form token that could be checked; it changes nothing either. */
  const refuseUnread: RequestHandler = (_req, res, next) => {
    const fault = uploadFault(res);
    return fault === undefined ? next() : ask(res, fault);
  };

  router.post(paths.coded, may, readUpload, refuseUnread, checkFormToken, async (req, res) => {
    if (req.file === undefined) return ask(res, 'Select a CSV file');
    const { practiceId, practice, id } = personOf(res);
    const file = { practiceId, madeUp: practice.madeUp, bytes: req.file.buffer };
    const taken = await objections.takeCodedReport(file, actorOf(res));
    if (!taken.ok) return ask(res, taken.fault);
    const { notHeld, withdrawnHere, refused, ...counts } = taken.compared;
    const draft = await drafts.save(practiceId, id, KIND, {
      ...counts,
      notHeld: firstOf(notHeld),
      withdrawnHere: firstOf(withdrawnHere),
      refused: firstOf(refused),
    });
    res.redirect(303, paths.codedReport(draft));
  });

  router.get(paths.codedReport(':draft'), may, async (req, res) => {
    const { practiceId, id } = personOf(res);
    const { draft } = req.params;
    const kept = isUuid(draft) ? await drafts.find(practiceId, id, KIND, draft) : undefined;
    const read = keptReport.safeParse(kept);
    if (!read.success) throw new PageError(404, 'no such report');
    const found = async (ids: readonly string[]) => {
      const people: Patient[] = [];
      for (const one of ids) people.push(...[await patients.byId(practiceId, one)].flatMap((p) => p ?? []));
      return people.map((patient) => ({
        ...patientBanner(patient, now()),
        recordHref: paths.newObjectionFor(patient.id),
      }));
    };
    const { notHeld, withdrawnHere, ...counts } = read.data;
    await noteLook(services, res, [...notHeld.some, ...withdrawnHere.some], 'work-list');
    render(res, 'coded/show', {
      title: 'What the report says',
      back: paths.coded,
      ...counts,
      notHeld: { count: notHeld.count, patients: await found(notHeld.some) },
      withdrawnHere: { count: withdrawnHere.count, patients: await found(withdrawnHere.some) },
    });
  });

  return router;
}

const firstOf = <T>(all: readonly T[]) => ({ count: all.length, some: all.slice(0, SHOWN) });

const count = z.number();
const people = z.object({ count, some: z.array(z.uuid()) });
const keptReport = z.object({
  rows: count,
  nowCoded: count,
  coded: count,
  missing: count,
  vanished: count,
  type2: count,
  lookAlikes: count,
  notHeld: people,
  withdrawnHere: people,
  refused: z.object({ count, some: z.array(z.object({ row: count, fault: z.string() })) }),
});
