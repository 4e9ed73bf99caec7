import { type Response, Router } from 'express';
import { z } from 'zod';
import { parseNhsNumber } from '../../../../patients/nhs-number.ts';
import type { Services } from '../../../../services.ts';
import { permits } from '../../../../staff/permissions.ts';
import { Form, readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { patientNamed } from '../../objections/find.ts';
import { patientBanner } from '../../objections/patient-banner.ts';
import { linkView, linkWords } from './view-model.ts';

const linking = z.object({
  nhsNumber: z.string('Enter the NHS number of the other record').transform((typed, context) => {
    const read = parseNhsNumber(typed);
    if (read.ok) return read.nhsNumber;
    context.addIssue({ code: 'custom', message: 'Enter the NHS number of the other record, 10 digits' });
    return z.NEVER;
  }),
  kind: z.enum(['duplicate', 'new-number'], 'Select why there are two records'),
});
const undoing = z.object({
  reason: z.string('Enter why it was wrong').trim().min(1, 'Enter why it was wrong').max(500),
});
const restricting = z.object({ restricted: z.enum(['yes', 'no']) });

/** Which records are of the same person, and whether a patient is restricted: for managers and guardians. */
export function recordsRoutes(services: Services): Router {
  const router = Router();
  const { patients } = services;
  const mayLink = requirePermission('link-records');

  const show = async (res: Response, id: unknown, form: Form) => {
    const patient = await patientNamed(services, res, id);
    const { practiceId, role } = personOf(res);
    const links = await patients.linksOf(practiceId, [patient.id]);
    const others = await Promise.all(
      links.map(({ patientId, toId }) =>
        patients.byId(practiceId, patientId === patient.id ? toId : patientId),
      ),
    );
    render(res.status(form.errors.length > 0 ? 400 : 200), 'patients/records', {
      title: 'Records of this person',
      back: paths.patient(patient.id),
      patient: patientBanner(patient, services.now()),
      id: patient.id,
      links: links.map((link, place) =>
        linkView(link, others[place] ?? undefined, permits(role, 'link-records')),
      ),
      isListed: patient.status !== 'to-be-matched',
      kinds: (['duplicate', 'new-number'] as const).map((value) => ({ value, text: linkWords[value] })),
      restricted: patient.restricted,
      restriction: paths.restrictPatient(patient.id),
      form,
    });
  };

  router.get(paths.patientRecords(':id'), mayLink, (req, res) => show(res, req.params.id, new Form()));

  router.post(paths.patientRecords(':id'), mayLink, async (req, res) => {
    const read = readForm(linking, req.body);
    if (!read.ok) return show(res, req.params.id, read.form);
    const patient = await patientNamed(services, res, req.params.id);
    const { practiceId } = personOf(res);
    const { nhsNumber, kind } = read.value;
    const fault = (text: string) => show(res, patient.id, new Form(req.body, [{ field: 'nhsNumber', text }]));
    const found = (await patients.withNumber(practiceId, nhsNumber)).filter(({ id }) => id !== patient.id);
    const [other, ...more] = found.filter(({ status }) => status !== 'to-be-matched');
    if (other === undefined) return fault('Nobody else on the list has this NHS number');
    if (more.length > 0) return fault('Several others have this NHS number: open one of them instead');
    // For a new number, the record that is looked at is the one that goes on.
    const pair =
      kind === 'new-number'
        ? { patientId: other.id, toId: patient.id }
        : { patientId: patient.id, toId: other.id };
    const done = await patients.link({ practiceId, ...pair, kind }, actorOf(res));
    if (!done.ok) return fault('These two records cannot be linked');
    sayDone(req, 'Linked: an objection on either record holds for both');
    res.redirect(303, paths.patientRecords(patient.id));
  });

  router.post(paths.undoLink(':id'), mayLink, async (req, res) => {
    const link = String(req.params.id);
    const { patientId } = req.body;
    const field = `reason-${link}`;
    const read = readForm(undoing, { reason: req.body[field] });
    const again = (text: string) => show(res, patientId, new Form(req.body, [{ field, text }]));
    if (!read.ok) return again(read.form.errors[0]?.text ?? 'Enter why it was wrong');
    const { practiceId } = personOf(res);
    const done = await patients.unlink({ practiceId, linkId: link, reason: read.value.reason }, actorOf(res));
    if (!done.ok) return again(undoFaults[done.reason]);
    sayDone(req, 'Undone: each record has again only what was recorded on it');
    res.redirect(303, paths.patientRecords(String(patientId)));
  });

  router.post(paths.restrictPatient(':id'), requirePermission('restrict-patient'), async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id);
    const read = readForm(restricting, req.body);
    if (!read.ok) return show(res, req.params.id, read.form);
    const restricted = read.value.restricted === 'yes';
    const { practiceId } = personOf(res);
    await patients.restrict({ practiceId, patientId: patient.id, restricted }, actorOf(res));
    sayDone(req, restricted ? 'The record is restricted now' : 'The record is no longer restricted');
    res.redirect(303, paths.patientRecords(patient.id));
  });

  return router;
}

const undoFaults = {
  'no-such-link': 'Somebody else has undone it already',
  'no-reason': 'Enter why it was wrong',
  'same-person': 'You linked them yourself: another person has to undo it',
} as const;
