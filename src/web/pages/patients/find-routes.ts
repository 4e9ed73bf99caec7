import { type Response, Router } from 'express';
import { londonDay } from '../../../day.ts';
import type { Services } from '../../../services.ts';
import type { Form } from '../../form.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { maySee, noteLook } from '../objections/find.ts';
import { readSearch, searchTerms } from './form.ts';
import { foundTitle, foundView, soughtWords } from './found-view.ts';

/** The kind of draft that keeps what was searched for. */
export const SEARCH = 'search';
const GONE = 'This search is over. Search again.';

/** Finding a patient: by NHS number, or by family name and date of birth. What was typed stays in a draft. */
export function findRoutes(services: Services): Router {
  const router = Router();
  const { patients, drafts, now } = services;
  const mayFind = requirePermission('find-patient');

  const show = (res: Response, form?: Form) =>
    render(res.status(form ? 400 : 200), 'patients/find', { title: 'Find a patient', ...(form && { form }) });

  router.get(paths.patients, mayFind, (_req, res) => show(res));

  router.post(paths.patients, mayFind, async (req, res) => {
    const read = readSearch(req.body, londonDay(now()));
    if (!read.ok) return show(res, read.form);
    const { id, practiceId } = personOf(res);
    const found = await patients.find(practiceId, read.value);
    const [only, ...others] = found.patients;
    if ('nhsNumber' in read.value && only !== undefined && others.length === 0) {
      return res.redirect(303, paths.patient(only.id));
    }
    const draftId = await drafts.save(practiceId, id, SEARCH, read.value);
    res.redirect(303, paths.patientsFound(draftId));
  });

  router.get(paths.patientsFound(':draft'), mayFind, async (req, res) => {
    const { id, practiceId } = personOf(res);
    const draftId = String(req.params.draft);
    const kept = searchTerms.safeParse(await drafts.find(practiceId, id, SEARCH, draftId));
    if (!kept.success) throw new PageError(404, 'no such search', GONE);
    const found = await patients.find(practiceId, kept.data);
    const shown = found.patients.filter((patient) => maySee(res, patient));
    const ids = shown.map((patient) => patient.id);
    await noteLook(services, res, ids, 'search-result');
    const objections = await patients.objectionsOf(practiceId, ids);
    const restricted = found.patients.length - shown.length;
    render(res, 'patients/found', {
      title: foundTitle(ids.length, restricted),
      back: paths.patients,
      sought: soughtWords(kept.data),
      byNumber: 'nhsNumber' in kept.data,
      found: shown.map((patient) => foundView(patient, objections)),
      hasMore: found.hasMore,
      restricted,
      newPerson: paths.newPersonFor(draftId),
    });
  });

  return router;
}
