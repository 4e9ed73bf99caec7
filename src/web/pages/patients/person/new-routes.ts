import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { londonDay } from '../../../../day.ts';
import type { Patient } from '../../../../patients/patient.ts';
import type { Services } from '../../../../services.ts';
import { dayValues } from '../../../day-field.ts';
import { Form, readForm } from '../../../form.ts';
import { frameOf } from '../../../frame.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { maySee } from '../../objections/find.ts';
import { SEARCH } from '../find-routes.ts';
import { searchTerms } from '../form.ts';
import { personForm } from './form.ts';
import { comparedView } from './view-model.ts';

/** Recording somebody who is not on the list, so that they can object now. */
export function newPersonRoutes(services: Services): Router {
  const router = Router();
  const may = requirePermission('record-objection');

  const show = (res: Response, form: Form, alike: readonly Patient[] = []) =>
    render(res.status(form.errors.length > 0 ? 400 : 200), 'patients/new', {
      title: 'Somebody who is not on the list',
      back: paths.patients,
      alike: alike.filter((patient) => maySee(res, patient)).map(comparedView),
      hidden: alike.filter((patient) => !maySee(res, patient)).length,
      form,
    });

  router.get(paths.newPerson, may, async (req, res) => {
    show(res, new Form({ personId: randomUUID(), ...(await searched(services, req, res)) }));
  });

  router.post(paths.newPerson, may, async (req, res) => {
    const { practiceId } = personOf(res);
    const schema = personForm(londonDay(services.now()), frameOf(res).practice?.madeUp ?? false);
    const read = readForm(schema, req.body);
    if (!read.ok) return show(res, read.form);
    const { noneOfThese, personId: id, ...said } = read.value;
    const alike = await services.patients.likelyMatches(practiceId, said);
    if (alike.length > 0 && noneOfThese === undefined) return showAlike(req, res, alike);
    const done = await services.patients.recordPerson({ practiceId, id, ...said }, actorOf(res));
    if (!done.ok) return showAlike(req, res, [done.patient]);
    res.redirect(303, paths.newObjectionFor(done.patient.id));
  });

  /** Who looks like them is on the list: they may well be the one, and then the objection belongs there. */
  const showAlike = async (req: Request, res: Response, alike: readonly Patient[]) => {
    const seen = alike.filter((patient) => maySee(res, patient)).map(({ id }) => id);
    const { id, practiceId } = personOf(res);
    await services.patients.noteLook({ id, practiceId }, seen, 'search-result');
    const text = 'Compare with who is on the list, and say whether it is one of them';
    show(res, new Form(req.body, [{ field: 'noneOfThese', text }]), alike);
  };

  return router;
}

/** What was searched for and not found, as the first values of the form. */
async function searched(services: Services, req: Request, res: Response): Promise<Record<string, string>> {
  const { id, practiceId } = personOf(res);
  const kept = searchTerms.safeParse(
    await services.drafts.find(practiceId, id, SEARCH, String(req.query.search ?? '')),
  );
  if (!kept.success) return {};
  if ('nhsNumber' in kept.data) return { nhsNumber: kept.data.nhsNumber };
  const { familyName, dateOfBirth } = kept.data;
  return { familyName, ...dayValues('dateOfBirth', dateOfBirth) };
}
