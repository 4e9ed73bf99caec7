import { Router } from 'express';
import { z } from 'zod';
import { londonDay, showDay } from '../../../../day.ts';
import type { Services } from '../../../../services.ts';
import { readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { maySee, noteLook, patientNamed } from '../../objections/find.ts';
import { patientBanner } from '../../objections/patient-banner.ts';
import { comparedView, sideBySide } from './view-model.ts';

const matching = z.object({ toId: z.uuid('Choose who on the list is the same person') });

/** Those who objected and are not on the list, and finding each of them there. */
export function matchRoutes(services: Services): Router {
  const router = Router();
  const { patients } = services;
  const may = requirePermission('match-person');

  router.get(paths.toBeMatched, may, async (_req, res) => {
    const { practiceId } = personOf(res);
    const waiting = (await patients.toBeMatched(practiceId)).filter((person) => maySee(res, person));
    const ids = waiting.map(({ id }) => id);
    await noteLook(services, res, ids, 'search-result');
    const objections = await patients.objectionsOf(practiceId, ids.slice(0, MOST_SHOWN));
    render(res, 'patients/to-be-matched', {
      title: 'To be matched with the list',
      total: waiting.length,
      people: waiting.slice(0, MOST_SHOWN).map((person) => ({
        ...comparedView(person),
        since: showDay(londonDay(person.addedAt)),
        match: paths.matchPerson(person.id),
        inForce: objections.some((one) => one.patientId === person.id && one.status === 'in-force'),
      })),
    });
  });

  router.get(paths.matchPerson(':id'), may, async (req, res) => {
    const person = await patientNamed(services, res, req.params.id);
    const { practiceId } = personOf(res);
    const found = await patients.likelyMatches(practiceId, person);
    const shown = found.filter((patient) => maySee(res, patient));
    await noteLook(
      services,
      res,
      shown.map(({ id }) => id),
      'search-result',
    );
    render(res, 'patients/match', {
      title: 'Find somebody on the list',
      back: paths.toBeMatched,
      patient: patientBanner(person, services.now()),
      isOnList: !(await patients.toBeMatched(practiceId)).some(({ id }) => id === person.id),
      hidden: found.length - shown.length,
      candidates: shown.map((patient) => sideBySide(person, patient)),
    });
  });

  router.post(paths.matchPerson(':id'), may, async (req, res) => {
    const person = await patientNamed(services, res, req.params.id);
    const read = readForm(matching, req.body);
    if (!read.ok) throw new PageError(400, 'nobody chosen', 'Go back and choose who is the same person.');
    const to = await patientNamed(services, res, read.value.toId);
    const link = { practiceId: personOf(res).practiceId, patientId: person.id, toId: to.id };
    const done = await patients.link({ ...link, kind: 'matched' }, actorOf(res));
    if (!done.ok) throw new PageError(400, done.reason, 'These two records cannot be matched.');
    sayDone(req, 'Matched: the objection is now on this patient too');
    res.redirect(303, paths.patient(to.id));
  });

  return router;
}

/** The longest waiting come first; the rest show when those are done. */
const MOST_SHOWN = 50;
