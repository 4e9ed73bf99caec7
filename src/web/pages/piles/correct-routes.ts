import { type Request, type Response, Router } from 'express';
import type { Services } from '../../../services.ts';
import { Form, readForm } from '../../form.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { actView } from '../objections/act-view.ts';
import { reasonForm, refusedAnswer } from '../objections/answer-form.ts';
import { isUuid, patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { whoActed } from '../objections/who.ts';

const needReason = reasonForm('Enter what was wrong');

/** A mistake in a pile: what the form became is marked as entered in error, and the form is keyed again. */
export function correctRoutes(services: Services): Router {
  const router = Router();
  const { piles, now } = services;
  const may = requirePermission('ask-error');

  const requestNamed = async (req: Request, res: Response) => {
    const { request: id } = req.params;
    const request = isUuid(id) ? await piles.request(personOf(res).practiceId, id) : null;
    if (request === null) throw new PageError(404, 'no such request');
    return request;
  };

  const show = async (req: Request, res: Response, form: Form) => {
    const request = await requestNamed(req, res);
    const patient = await patientNamed(services, res, request.patientId);
    const nameOf = await whoActed(services, res);
    const acts = await piles.actsOf(personOf(res).practiceId, request.requestId);
    render(res.status(form.errors.length > 0 ? 400 : 200), 'objections/answer', {
      title: `Correct form ${request.sheet}`,
      back: paths.pile(request.pileId),
      patient: patientBanner(patient, now()),
      paragraphs: [
        'What was keyed is marked as entered in error: it was another patient, or a slip. It goes on working until a manager or guardian other than you confirms that.',
        'Then you key the form again. It keeps its place in the pile.',
      ],
      acts: acts.map((act) => actView(act, nameOf)),
      reasonLabel: 'What was wrong?',
      button: 'Mark as entered in error and key it again',
      form,
    });
  };

  router.get(paths.correctInPile(':request'), may, (req, res) => show(req, res, new Form()));

  router.post(paths.correctInPile(':request'), may, async (req, res) => {
    const { requestId, pileId } = await requestNamed(req, res);
    const read = readForm(needReason, req.body);
    if (!read.ok) return show(req, res, read.form);
    const about = { practiceId: personOf(res).practiceId, requestId, reason: read.value.reason };
    const marked = await piles.markFormInError(about, actorOf(res));
    if (!marked.ok) return show(req, res, new Form(req.body, [refusedAnswer(marked.reason)]));
    res.redirect(303, `${paths.pile(pileId)}?again=${requestId}`);
  });

  return router;
}
