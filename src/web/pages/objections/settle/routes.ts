import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { showDay } from '../../../../day.ts';
import { objectionTypes, standing } from '../../../../objections/objection.ts';
import type { Services } from '../../../../services.ts';
import { Form, readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { actView } from '../act-view.ts';
import { answerForm, refusedAnswer } from '../answer-form.ts';
import { objectionNamed } from '../find.ts';
import { patientBanner } from '../patient-banner.ts';
import { whoActed } from '../who.ts';

const settling = answerForm(['objection', 'withdrawal'], {
  choose: 'Select which word was the last',
  reason: 'Enter how this is known',
}).extend({ seen: z.coerce.number().int() });

/** Settling which word was the last, where received on does not tell. */
export function settleRoutes(services: Services): Router {
  const router = Router();
  const may = requirePermission('settle-objection');

  const find = async (req: Request, res: Response) => {
    const { patient, type } = await objectionNamed(services, res, req.params.id);
    const acts = await services.objections.ofPatient(personOf(res).practiceId, patient.id);
    const history = acts.filter((act) => act.type === type);
    return { patient, type: objectionTypes.find((known) => known === type) ?? 'type-1', history };
  };

  const show = async (req: Request, res: Response, form: Form) => {
    const { patient, history } = await find(req, res);
    const { daysToSettle } = standing(history);
    const nameOf = await whoActed(services, res);
    const [day] = daysToSettle;
    const spoken = history.filter(({ kind }) => ['record', 'confirm', 'withdraw'].includes(kind));
    const acts = spoken.filter((act) => !day || act.receivedOn === day);
    render(res.status(form.errors.length > 0 ? 400 : 200), 'objections/answer', {
      title: 'Settle which word was the last',
      back: paths.patient(patient.id),
      patient: patientBanner(patient, services.now()),
      paragraphs: [
        day
          ? `The patient objected and withdrew on the same day, ${showDay(day)}. The objection stands until you settle which was the last.`
          : 'An objection without a usable date is on record, and a withdrawal. The objection stands until you settle which was the last.',
      ],
      acts: acts.map((act) => actView(act, nameOf)),
      choices: {
        legend: 'Which was the patient’s last word?',
        items: [
          { value: 'objection', text: 'The objection', hint: 'It stands' },
          { value: 'withdrawal', text: 'The withdrawal', hint: 'The objection is lifted' },
        ],
      },
      reasonLabel: 'How is this known?',
      button: 'Save',
      seen: history.at(-1)?.ledgerIndex,
      closed: daysToSettle.length === 0 ? 'There is nothing to settle here.' : undefined,
      form,
    });
  };

  router.get(paths.settleObjection(':id'), may, (req, res) => show(req, res, new Form()));

  router.post(paths.settleObjection(':id'), may, async (req, res) => {
    const read = readForm(settling, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { patient, type, history } = await find(req, res);
    const { practiceId } = personOf(res);
    const { answer: settledAs, reason, seen: seenIndex } = read.value;
    const [day = null] = standing(history).daysToSettle;
    const said = { practiceId, patientId: patient.id, type, day, settledAs, reason, seenIndex };
    const done = await services.objections.settle(said, actorOf(res));
    if (!done.ok) return show(req, res, new Form(req.body, [refusedAnswer(done.reason)]));
    sayDone(
      req,
      settledAs === 'objection' ? 'Settled: the objection stands' : 'Settled: the objection is withdrawn',
    );
    res.redirect(303, paths.patient(patient.id));
  });

  return router;
}
