import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { londonDay } from '../../../day.ts';
import { lastKeyedBy, type Pile } from '../../../objections/piles/pile.ts';
import type { Services } from '../../../services.ts';
import { Form } from '../../form.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { maySee, noteLook } from '../objections/find.ts';
import { formInPile, type PilePlace, pilePlace } from '../objections/request-pile.ts';
import { whoActed } from '../objections/who.ts';
import { readSearch, searchTerms } from '../patients/form.ts';
import { foundTitle, foundView, soughtWords } from '../patients/found-view.ts';
import { pileNamed, withPatients } from './find-pile.ts';
import { nextSheet, pileQuery } from './form.ts';
import { pileCounts, pileLine, requestLine, savedWords } from './view-model.ts';

const SEARCH = 'pile-search';
const search = z.object({ terms: searchTerms, place: pilePlace });
/** Of a long pile, so that not everybody in it is shown, and written down as seen, after every form. */
const LAST_SHOWN = 10;

/** A pile's page: what was saved, the number of the next, what was keyed so far; and a search within it. */
export function pileRoutes(services: Services): Router {
  const router = Router();
  const { piles, patients, drafts, now } = services;
  const may = requirePermission('record-objection');

  const show = async (req: Request, res: Response, form = new Form()) => {
    const pile = await pileNamed(services, res, req.params.id);
    const { practiceId, id: staffId } = personOf(res);
    const requests = await piles.requestsOf(practiceId, pile.id);
    const { saved, again = agained(form), all } = pileQuery.parse(req.query);
    const byTime = [...requests].sort((one, other) => other.keyedAt.getTime() - one.keyedAt.getTime());
    const last = lastKeyedBy(requests, staffId);
    const wanted = [saved, again, last?.requestId];
    const shown = byTime.filter((one, place) => all || place < LAST_SHOWN || wanted.includes(one.requestId));
    const [known, nameOf] = await Promise.all([withPatients(services, res, shown), whoActed(services, res)]);
    const one = (id: string | undefined) => known.find(({ requestId }) => requestId === id);
    const [savedOne, againOne, lastOne] = [one(saved), one(again), one(last?.requestId)];
    const counts = pileCounts(pile, requests);
    render(res.status(form.errors.length > 0 ? 400 : 200), 'piles/show', {
      title: 'Pile of forms',
      back: paths.piles,
      pile: pileLine({ ...pile, keyed: counts.keyed }, nameOf),
      ...counts,
      close: paths.closePile(pile.id),
      letters: paths.lettersOfPile(pile.id),
      saved: savedOne && { words: savedWords(savedOne), receipt: paths.receipt(savedOne.requestId) },
      again: againOne?.inError && requestLine(againOne, { nameOf, now: now() }),
      last: lastOne && requestLine(lastOne, { nameOf, now: now() }),
      action: paths.pile(pile.id),
      keyedForms: known.map((request) => requestLine(request, { nameOf, now: now() })),
      more: requests.length > known.length ? `${paths.pile(pile.id)}?all=yes` : undefined,
      form,
    });
  };

  router.get(paths.pile(':id'), may, (req, res) => show(req, res));

  router.post(paths.pile(':id'), may, async (req, res) => {
    const pile = await pileNamed(services, res, req.params.id);
    const { id, practiceId } = personOf(res);
    const read = readSearch(req.body, londonDay(now()));
    if (!read.ok) return show(req, res, read.form);
    const place = placeOf(pile, req.body);
    const { patients: found } = await patients.find(practiceId, read.value);
    const [only, ...others] = found;
    if ('nhsNumber' in read.value && only !== undefined && others.length === 0 && maySee(res, only))
      return res.redirect(303, formInPile(only.id, place));
    const draft = await drafts.save(practiceId, id, SEARCH, { terms: read.value, place });
    res.redirect(303, paths.foundInPile(draft));
  });

  router.get(paths.foundInPile(':draft'), may, async (req, res) => {
    const { id, practiceId } = personOf(res);
    const kept = search.safeParse(await drafts.find(practiceId, id, SEARCH, String(req.params.draft)));
    if (!kept.success) throw new PageError(404, 'no such search', 'This search is over. Search again.');
    const { terms, place } = kept.data;
    const { patients: all, hasMore } = await patients.find(practiceId, terms);
    const found = all.filter((patient) => maySee(res, patient));
    const restricted = all.length - found.length;
    const ids = found.map((patient) => patient.id);
    await noteLook(services, res, ids, 'search-result');
    const objections = await patients.objectionsOf(practiceId, ids);
    render(res, 'piles/found', {
      title: foundTitle(ids.length, restricted),
      restricted,
      back: paths.pile(place.pileId),
      sought: soughtWords(terms),
      byNumber: 'nhsNumber' in terms,
      hasMore,
      found: found.map((patient) => ({
        ...foundView(patient, objections),
        href: formInPile(patient.id, place),
      })),
    });
  });

  return router;
}

function placeOf({ id }: Pile, body: unknown): PilePlace {
  const { sameSheet, again } = nextSheet.parse(body ?? {});
  return { pileId: id, sheet: again ? { ofRequest: again } : sameSheet === 'yes' ? 'last' : 'next' };
}

/** The form that is keyed again, when its page comes back with an error. */
function agained(form: Form): string | undefined {
  return form.field('again').value;
}
