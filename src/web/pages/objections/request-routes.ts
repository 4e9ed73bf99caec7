import { type Request, type Response, Router } from 'express';
import { londonDay } from '../../../day.ts';
import type { Services } from '../../../services.ts';
import { Form } from '../../form.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { carriedValues } from './carried-values.ts';
import { patientBanner } from './patient-banner.ts';
import {
  type Draft,
  draftId,
  findDraft,
  formGone,
  keepDraft,
  needDraft,
  type Subject,
  subjectOf,
} from './request-draft.ts';
import { faultOf } from './request-faults.ts';
import type { Flow } from './request-flow.ts';
import { formInPile, pileView, placeInQuery, placeOf, savedInPile } from './request-pile.ts';
import { mistakesIn, readRequest } from './request-read.ts';
import { checkView, fieldsOf, fieldToFocus, firstValues, focusOn } from './request-view.ts';

/**
 * The pages of an objection or a withdrawal: form, (are you sure), check. The last page is the receipt. What is typed
 * is kept in a draft, whose random id is in the address, and which nobody else can open.
 */
export function requestRoutes(services: Services, flow: Flow): Router {
  const router = Router();
  const may = requirePermission(flow.permission);
  const form = `${flow.path}/:draft`;
  const at = (draft: string, page = '') => `${flow.path}/${draft}${page}`;

  const showForm = (res: Response, subject: Subject & { id?: string }, shown: Form) => {
    const { id, patient, histories, inPile } = subject;
    const isRight = shown.errors.length === 0;
    // In a pile the hand is where it has to go on; with errors, the list of them is.
    const focus = inPile && isRight ? fieldToFocus(shown) : undefined;
    render(res.status(isRight ? 200 : 400), flow.view, {
      title: flow.titles.form,
      back: inPile ? paths.pile(inPile.pile.id) : paths.patient(patient.id),
      action: id
        ? at(id)
        : inPile
          ? formInPile(patient.id, placeOf(inPile))
          : `${flow.path}?patient=${patient.id}`,
      pile: inPile && pileView(inPile, personOf(res).id),
      patient: patientBanner(patient, services.now()),
      types: focusOn('types', focus, flow.types(histories)),
      fields: fieldsOf(patient, londonDay(services.now()), { flow, form: shown, focus }),
      form: shown,
    });
  };

  const read = (res: Response, body: unknown, subject: Subject, requestId?: string) => {
    const about = { practiceId: personOf(res).practiceId, now: services.now() };
    return readRequest(flow, body, subject, requestId ? { ...about, requestId } : about);
  };

  const takeForm = async (req: Request, res: Response, subject: Subject & { id?: string }) => {
    const typed = read(res, req.body, subject);
    if (!typed.ok) return showForm(res, subject, typed.form);
    const draft = await keepDraft(services, flow, req, res, subject);
    const mistakes = mistakesIn(flow, typed.request, subject, services.now());
    res.redirect(303, at(draft, mistakes.length > 0 ? '/sure' : '/check'));
  };

  const subjectNamed = ({ query }: Request, res: Response) =>
    subjectOf(services, res, query.patient, flow.saveInPile && placeInQuery(query));

  router.get(flow.path, may, async (req, res) => {
    const subject = await subjectNamed(req, res);
    const { inPile } = subject;
    const values = inPile ? carriedValues(inPile, personOf(res).id) : firstValues(londonDay(services.now()));
    showForm(res, subject, new Form(values));
  });

  router.post(flow.path, may, async (req, res) => {
    await takeForm(req, res, await subjectNamed(req, res));
  });

  router.get(form, may, async (req, res) => {
    const draft = await needDraft(services, flow, req, res);
    showForm(res, draft, new Form(draft.body));
  });

  router.post(form, may, async (req, res) => {
    await takeForm(req, res, await needDraft(services, flow, req, res));
  });

  /** What the pages after the form have in common; they show the form again when what was typed no longer does. */
  const page = (draft: Draft, title: string, staffId: string) => ({
    title,
    pile: draft.inPile && pileView(draft.inPile, staffId),
    back: at(draft.id),
    patient: patientBanner(draft.patient, services.now()),
  });

  router.get(`${form}/sure`, may, async (req, res) => {
    const draft = await needDraft(services, flow, req, res);
    const typed = read(res, draft.body, draft);
    if (!typed.ok) return showForm(res, draft, typed.form);
    render(res, 'objections/sure', {
      ...page(draft, flow.titles.sure, personOf(res).id),
      mistakes: mistakesIn(flow, typed.request, draft, services.now()),
      goOn: at(draft.id, '/check'),
      change: at(draft.id),
    });
  });

  router.get(`${form}/check`, may, async (req, res) => {
    const draft = await needDraft(services, flow, req, res);
    const typed = read(res, draft.body, draft);
    if (!typed.ok) return showForm(res, draft, typed.form);
    const view = checkView(typed.request, draft, at(draft.id));
    render(res, 'objections/check', { ...page(draft, flow.titles.check, personOf(res).id), ...view });
  });

  router.post(`${form}/check`, may, async (req, res) => {
    const { practiceId, id: staffId } = personOf(res);
    const draft = await findDraft(services, flow, req, res);
    if (draft === undefined) {
      // Pressed twice: the first press saved it, under the draft's id.
      const saved = await services.objections.act(practiceId, draftId(req));
      if (saved?.actor.id !== staffId) throw formGone();
      const kept = await services.piles.request(practiceId, saved.id);
      return res.redirect(303, kept ? savedInPile(kept) : paths.receipt(saved.id));
    }
    const typed = read(res, draft.body, draft, draft.id);
    if (!typed.ok) return showForm(res, draft, typed.form);
    const place = draft.inPile && placeOf(draft.inPile);
    const done =
      place && flow.saveInPile
        ? await flow.saveInPile(
            { practiceId, request: { ...typed.request, requestId: draft.id }, ...place },
            actorOf(res),
          )
        : await flow.save(typed.request, actorOf(res));
    if (!done.ok) return showForm(res, draft, new Form(draft.body, [faultOf(done.reason)]));
    await services.drafts.remove(practiceId, staffId, draft.id);
    res.redirect(303, place ? savedInPile({ ...place, requestId: draft.id }) : paths.receipt(draft.id));
  });

  return router;
}
