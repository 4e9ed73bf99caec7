import { type Request, type Response, Router } from 'express';
import { londonDay } from '../../../../day.ts';
import type { Patient } from '../../../../patients/patient.ts';
import { agreedVias, typesInForce } from '../../../../recipient-letters/recipient-letter.ts';
import type { Services } from '../../../../services.ts';
import { permits } from '../../../../staff/permissions.ts';
import { holdersOf } from '../../../../usage-account/holders.ts';
import { Form, noForm, readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { patientNamed } from '../../objections/find.ts';
import { patientBanner } from '../../objections/patient-banner.ts';
import { viaWords } from '../../objections/words.ts';
import { recordsOfPerson } from '../account/records-of.ts';
import { agreementForm, nameOf, refused } from './form.ts';
import { holderView, stateView } from './view-model.ts';

/** After a late objection: who holds the patient's data, and letters to them, only if the patient asks for them. */
export function recipientsRoutes(services: Services): Router {
  const router = Router();
  const { objections, recipientLetters, usageAccount, now } = services;

  const holdersFor = async (res: Response, patient: Patient) => {
    const { records, hidden } = await recordsOfPerson(services, res, patient, 'account');
    const account = await usageAccount(personOf(res).practiceId, records);
    return { holders: holdersOf(account, londonDay(now())), hidden };
  };

  const show = async (req: Request, res: Response, form: Form) => {
    const patient = await patientNamed(services, res, req.params.id, 'account');
    const { practiceId, role } = personOf(res);
    const { holders, hidden } = await holdersFor(res, patient);
    const inForce = typesInForce(await objections.ofPerson(practiceId, patient.id));
    const letters = await recipientLetters.ofPerson(practiceId, patient.id);
    const today = londonDay(now());
    const lines = holders.map((holder) => holderView(holder, letters, inForce, today));
    render(res.status(form.errors.length > 0 ? 400 : 200), 'patients/recipients', {
      title: 'Who holds this patient’s data',
      back: paths.patient(patient.id),
      patient: patientBanner(patient, now()),
      action: paths.patientRecipients(patient.id),
      lines,
      hidden,
      objects: inForce.length > 0,
      choices: lines.filter(({ mayBeWrittenTo }) => mayBeWrittenTo),
      vias: agreedVias.map((value) => ({ value, text: viaWords[value] })),
      mayAsk: permits(role, 'ask-for-letters'),
      maySend: permits(role, 'send-letters'),
      earlier: letters
        .filter(({ id }) => !lines.some((line) => line.letter?.href === paths.recipientLetter(id)))
        .map((letter) => ({ recipient: letter.recipient, ...stateView(letter, today) })),
      form,
    });
  };

  router.get(paths.patientRecipients(':id'), requirePermission('view-patient'), (req, res) =>
    show(req, res, noForm),
  );

  router.post(paths.patientRecipients(':id'), requirePermission('ask-for-letters'), async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id, 'account');
    const read = readForm(agreementForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { to, via } = read.value;
    const { holders } = await holdersFor(res, patient);
    const chosen = holders.filter((holder) => to.includes(nameOf(holder)));
    const input = { practiceId: personOf(res).practiceId, patientId: patient.id, via, knowsItReveals: true };
    const done =
      chosen.length === new Set(to).size
        ? await recipientLetters.agree({ ...input, holders: chosen }, actorOf(res))
        : { ok: false as const, reason: 'not-to-be-written-to' as const };
    if (!done.ok) return show(req, res, new Form(req.body, [{ field: 'to', text: refused[done.reason] }]));
    const count = done.letters.length;
    sayDone(
      req,
      count === 0
        ? 'These letters were asked for already'
        : `${count === 1 ? '1 letter waits' : `${count} letters wait`} to be sent by the practice manager`,
    );
    res.redirect(303, paths.patientRecipients(patient.id));
  });

  return router;
}
