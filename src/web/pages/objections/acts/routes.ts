import { type Request, type Response, Router } from 'express';
import { standing } from '../../../../objections/objection.ts';
import type { Services } from '../../../../services.ts';
import { Form, readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { answerForm, reasonForm, refusedAnswer } from '../answer-form.ts';
import { actNamed, patientNamed } from '../find.ts';
import { patientBanner } from '../patient-banner.ts';
import { whoActed } from '../who.ts';
import { answerErrorPage, decisionPage, errorPage, type Question } from './view-model.ts';

const needReason = reasonForm('Enter why it was entered in error');
const errorAnswer = answerForm(['confirm', 'refuse'], {
  choose: 'Select whether it was entered in error',
  reason: 'Enter how you know',
});
const decision = answerForm(['stands', 'lifted'], {
  choose: 'Select whether the objection stands',
  reason: 'Enter the reason for your decision',
});

/** What is said of an act that is there: that it was entered in error, the answer to that, the guardian's decision. */
export function actRoutes(services: Services): Router {
  const router = Router();
  const { objections } = services;

  /** Shows one of these pages, with the act, the patient and what was typed. */
  const show = async (req: Request, res: Response, question: Question, form: Form) => {
    const act = await actNamed(services, res, req.params.act);
    const patient = await patientNamed(services, res, act.patientId);
    const history = (await objections.ofPatient(personOf(res).practiceId, patient.id)).filter(
      ({ type }) => type === act.type,
    );
    const about = { act, history, standing: standing(history), you: personOf(res).id };
    render(res.status(form.errors.length > 0 ? 400 : 200), 'objections/answer', {
      back: paths.patient(patient.id),
      patient: patientBanner(patient, services.now()),
      ...question(about, await whoActed(services, res)),
      form,
    });
  };

  const about = (req: Request, res: Response, reason: string) => ({
    practiceId: personOf(res).practiceId,
    actId: String(req.params.act),
    reason,
  });

  const done = async (req: Request, res: Response, words: string) => {
    const { patientId } = await actNamed(services, res, req.params.act);
    sayDone(req, words);
    res.redirect(303, paths.patient(patientId));
  };

  const mayAsk = requirePermission('ask-error');
  router.get(paths.markInError(':act'), mayAsk, (req, res) => show(req, res, errorPage, new Form()));
  router.post(paths.markInError(':act'), mayAsk, async (req, res) => {
    const read = readForm(needReason, req.body);
    if (!read.ok) return show(req, res, errorPage, read.form);
    const marked = await objections.markInError(about(req, res, read.value.reason), actorOf(res));
    if (!marked.ok) return show(req, res, errorPage, new Form(req.body, [refusedAnswer(marked.reason)]));
    await done(
      req,
      res,
      marked.waits
        ? 'A manager or guardian now has to confirm the error. Until then the objection works'
        : 'Marked as entered in error. It does not count any more',
    );
  });

  const mayAnswer = requirePermission('confirm-error');
  router.get(paths.answerError(':act'), mayAnswer, (req, res) => show(req, res, answerErrorPage, new Form()));
  router.post(paths.answerError(':act'), mayAnswer, async (req, res) => {
    const read = readForm(errorAnswer, req.body);
    if (!read.ok) return show(req, res, answerErrorPage, read.form);
    const { answer, reason } = read.value;
    const command = answer === 'confirm' ? objections.confirmError : objections.refuseError;
    const answered = await command(about(req, res, reason), actorOf(res));
    if (!answered.ok)
      return show(req, res, answerErrorPage, new Form(req.body, [refusedAnswer(answered.reason)]));
    await done(
      req,
      res,
      answer === 'confirm'
        ? 'Confirmed: it was entered in error, and does not count any more'
        : 'Not entered in error: it goes on counting',
    );
  });

  const mayDecide = requirePermission('decide-objection');
  router.get(paths.decideObjection(':act'), mayDecide, (req, res) =>
    show(req, res, decisionPage, new Form()),
  );
  router.post(paths.decideObjection(':act'), mayDecide, async (req, res) => {
    const read = readForm(decision, req.body);
    if (!read.ok) return show(req, res, decisionPage, read.form);
    const upheld = read.value.answer === 'stands';
    const decided = await objections.decide({ ...about(req, res, read.value.reason), upheld }, actorOf(res));
    if (!decided.ok) return show(req, res, decisionPage, new Form(req.body, [refusedAnswer(decided.reason)]));
    await done(req, res, upheld ? 'Decided: the objection stands' : 'Decided: the objection does not stand');
  });

  return router;
}
