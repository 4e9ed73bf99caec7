import { Router } from 'express';
import type { Services } from '../../../services.ts';
import { Form, readForm } from '../../form.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { isUuid } from '../objections/find.ts';
import { keptTerms, searchForm } from './form.ts';
import { foundView } from './view-model.ts';

/** Finding a patient. What is searched for travels in a draft: no NHS number and no name is in an address. */
export function findRoutes({ patients, drafts, now }: Services): Router {
  const router = Router();
  const may = requirePermission('find-patient');

  router.get(paths.patients, may, (_req, res) => {
    render(res, 'patients/find', { title: 'Find a patient', form: new Form() });
  });

  router.post(paths.patients, may, async (req, res) => {
    const read = readForm(searchForm(req.body), req.body);
    if (!read.ok)
      return render(res.status(400), 'patients/find', { title: 'Find a patient', form: read.form });
    const person = personOf(res);
    const found = await patients.find(person.practiceId, read.value);
    const [only] = found.patients;
    // A number that belongs to one patient leads straight to them.
    if ('nhsNumber' in read.value && found.patients.length === 1 && only) {
      return res.redirect(303, paths.patient(only.id));
    }
    const draft = await drafts.save(person.practiceId, person.id, 'search', read.value);
    res.redirect(303, paths.patientsFound(draft));
  });

  router.get(paths.patientsFound(':draft'), may, async (req, res) => {
    const person = personOf(res);
    const { draft } = req.params;
    const kept = isUuid(draft) ? await drafts.find(person.practiceId, person.id, 'search', draft) : undefined;
    const terms = keptTerms.safeParse(kept);
    if (!terms.success) throw new PageError(404, 'no such search', 'This search is gone. Search again.');
    const found = await patients.find(person.practiceId, terms.data);
    const ids = found.patients.map(({ id }) => id);
    await patients.noteLook(person, ids, 'search-result');
    const objections = await patients.objectionsOf(person.practiceId, ids);
    render(res, 'patients/found', {
      title: 'Patients found',
      back: paths.patients,
      searchedByNumber: 'nhsNumber' in terms.data,
      hasMore: found.hasMore,
      patients: found.patients.map((patient) => foundView(patient, objections, now())),
    });
  });

  return router;
}
