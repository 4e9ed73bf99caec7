import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { londonDay } from '../../../day.ts';
import { deskHows, type TellingFault } from '../../../notices/tell-patient.ts';
import type { Services } from '../../../services.ts';
import { dayValues, optionalDay } from '../../day-field.ts';
import { type FieldError, Form, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { whoActed } from '../objections/who.ts';
import { chosenVersion, versionItems, versionOf, versionValue } from './find-version.ts';
import { attemptsOf } from './patient-view.ts';
import { returnFaults } from './return-routes.ts';

const toldForm = z.object({
  notice: z.string('Select the notice').min(1, 'Select the notice'),
  how: z.enum(deskHows, 'Select how they were told'),
  /** Today, when it is left out: one button says it. */
  on: optionalDay('The day'),
});
const returnForm = z.object({ reference: z.string().min(1) });

const faults: Readonly<Record<TellingFault, FieldError>> = {
  'no-such-patient': { field: 'notice', text: 'This patient is no longer here' },
  died: { field: 'notice', text: 'This patient has died' },
  'no-such-notice': { field: 'notice', text: 'Select a notice that is in use' },
  'not-a-day': { field: 'on-day', text: 'The day must be a real date' },
  'in-future': { field: 'on-day', text: 'The day must be today or earlier' },
  'before-notice': { field: 'on-day', text: 'The day must not be before the notice was published' },
};

/** What a patient was told, and the form with which the desk says that they were told now. */
export function patientToldRoutes(services: Services): Router {
  const router = Router();
  const { tellings, now } = services;
  const may = requirePermission('tell-patient');

  const show = async (req: Request, res: Response, form?: Form) => {
    const patient = await patientNamed(services, res, req.params.id, 'told');
    const { versions, inUse, chosen } = await chosenVersion(services, res, undefined);
    const nameOf = await whoActed(services, res);
    const acts = await tellings.ofPatient(personOf(res).practiceId, patient.id);
    const first = { how: 'at-the-desk', notice: chosen && versionValue(chosen) };
    render(res.status(form ? 400 : 200), 'told/patient', {
      title: 'What the patient was told',
      back: paths.patient(patient.id),
      patient: patientBanner(patient, now()),
      attempts: attemptsOf(acts, { versions, nameOf }),
      notices: patient.dateOfDeath === null ? versionItems(inUse) : [],
      actions: { told: paths.patientTold(patient.id), returned: paths.patientLetterReturned(patient.id) },
      form: form ?? new Form({ ...first, ...dayValues('on', londonDay(now())) }),
    });
  };

  router.get(paths.patientTold(':id'), may, (req, res) => show(req, res));

  router.post(paths.patientTold(':id'), may, async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id, 'told');
    const read = readForm(toldForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { practiceId } = personOf(res);
    const version = versionOf(await tellings.versions(practiceId), read.value.notice);
    const { how, on } = read.value;
    const { noticeId = '', version: number = 0 } = version ?? {};
    const telling = { practiceId, patientId: patient.id, noticeId, version: number, how };
    const done = await tellings.tell({ ...telling, on: on ?? londonDay(now()) }, actorOf(res));
    if (!done.ok) return show(req, res, new Form(req.body, [faults[done.reason]]));
    sayDone(req, done.isNew ? 'Noted: the patient was told' : 'This was noted before');
    res.redirect(303, paths.patient(patient.id));
  });

  router.post(paths.patientLetterReturned(':id'), may, async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id, 'told');
    const read = readForm(returnForm, req.body);
    if (!read.ok) throw new PageError(400, 'no such letter');
    const { practiceId } = personOf(res);
    const own = (await tellings.ofPatient(practiceId, patient.id)).map(({ attemptId }) => attemptId);
    if (!own.includes(read.value.reference)) throw new PageError(404, 'no such letter of the patient');
    const letter = { practiceId, reference: read.value.reference, on: londonDay(now()) };
    const noted = await tellings.noteReturn(letter, actorOf(res));
    if (!noted.ok)
      throw new PageError(400, 'not a letter to come back', `${returnFaults[noted.reason].text}.`);
    sayDone(req, noted.isNew ? 'Noted: the letter came back' : 'This letter was noted before');
    res.redirect(303, paths.patientTold(patient.id));
  });

  return router;
}
