import { type Request, type Response, Router } from 'express';
import type { Reconciliation, ReconciliationList } from '../../../objections/coded-report/reconciliation.ts';
import { MOST_AT_ONCE } from '../../../objections/coded-report/record-coded.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { maySee, noteLook } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { listNamed, reconciliationNamed } from './find.ts';
import { recordForm } from './form.ts';
import { codesOf, lineWords } from './view-model.ts';
import { listWords } from './words.ts';

const ON_PAGE = 50;

/** The lists of a reconciliation, and what the clinical record has recorded here with one press of a button. */
export function codedListRoutes(services: Services): Router {
  const router = Router();
  const { objections, patients, reconciliations, now } = services;
  const mayLook = requirePermission('view-reconciliations');
  const mayRecord = requirePermission('reconcile');

  /** The lines of a page, each with its patient and whether the objection is in force here by now. */
  const linesOf = async (req: Request, res: Response, one: Reconciliation, list: ReconciliationList) => {
    const { practiceId } = personOf(res);
    const page = pageOf(req.query.page, one.counts[list], ON_PAGE);
    const lines = await reconciliations.lines(practiceId, one.id, list, page);
    const ids = [...new Set(lines.flatMap(({ patientId }) => patientId ?? []))];
    const people = new Map((await patients.byIds(practiceId, ids)).map((person) => [person.id, person]));
    const objected = new Set(
      (await patients.objectionsOf(practiceId, ids))
        .filter(({ status }) => status === 'in-force')
        .map(({ patientId, type }) => `${patientId} ${type}`),
    );
    const seen = [...people.values()].filter((person) => maySee(res, person)).map(({ id }) => id);
    await noteLook(services, res, seen, 'reconciliation');
    const shown = (person: Patient | undefined) => {
      if (person === undefined) return { patient: null, isHidden: false };
      return maySee(res, person)
        ? { patient: patientBanner(person, now()), isHidden: false }
        : { patient: null, isHidden: true };
    };
    return {
      page,
      lines: lines.map((line) => ({
        ...shown(people.get(line.patientId ?? '')),
        place: line.place,
        row: line.row,
        words: lineWords(line),
        inForce: objected.has(`${line.patientId} ${line.type}`),
        answerHref: line.patientId === null ? null : paths.patientAnswer(line.patientId),
      })),
    };
  };

  router.get(paths.reconciliationList(':id', ':list'), mayLook, async (req, res) => {
    const one = await reconciliationNamed(services, res, req.params.id);
    const list = listNamed(req.params.list);
    const { page, lines } = await linesOf(req, res, one, list);
    const href = paths.reconciliationList(one.id, list);
    const toRecord = list === 'not-held' ? lines.filter(({ inForce }) => !inForce).length : 0;
    render(res, 'coded/lines', {
      ...listWords[list],
      title: `${listWords[list].title}${page.count > 1 ? ` (page ${page.current} of ${page.count})` : ''}`,
      back: paths.reconciliation(one.id),
      list,
      count: one.counts[list],
      lines,
      mayRecord: permits(personOf(res).role, 'reconcile'),
      toRecord,
      page: page.current,
      recordHref: paths.recordCoded(one.id),
      recordAllHref: `${paths.recordCoded(one.id)}?page=${page.current}`,
      codes: codesFor(list, one),
      pagination: paginationOf(page, (number) => `${href}?page=${number}`),
    });
  });

  router.get(paths.recordCoded(':id'), mayRecord, async (req, res) => {
    const one = await reconciliationNamed(services, res, req.params.id);
    const { page, lines } = await linesOf(req, res, one, 'not-held');
    const back = `${paths.reconciliationList(one.id, 'not-held')}?page=${page.current}`;
    const waiting = lines.filter(({ inForce }) => !inForce);
    if (waiting.length === 0) return res.redirect(303, back);
    render(res, 'coded/record', {
      title: waiting.length === 1 ? 'Record 1 objection' : `Record ${waiting.length} objections`,
      back,
      lines: waiting,
      page: page.current,
    });
  });

  router.post(paths.recordCoded(':id'), mayRecord, async (req, res) => {
    const one = await reconciliationNamed(services, res, req.params.id);
    const read = readForm(recordForm, req.body);
    if (!read.ok) throw new PageError(400, 'no lines to record', `Choose 1 to ${MOST_AT_ONCE} patients.`);
    const { practiceId } = personOf(res);
    const { place: places, page = '1' } = read.value;
    const coded = { practiceId, reconciliationId: one.id, places };
    const done = await objections.recordCoded(coded, actorOf(res));
    if (!done.ok) throw new PageError(404, done.reason);
    sayDone(req, doneWords(done));
    res.redirect(303, `${paths.reconciliationList(one.id, 'not-held')}?page=${page}`);
  });

  return router;
}

function doneWords(done: {
  recorded: number;
  confirmed: number;
  unchanged: number;
  undated: number;
}): string {
  const { recorded, unchanged, undated } = done;
  const before = done.confirmed + unchanged;
  return [
    recorded === 1 ? '1 objection recorded' : `${recorded} objections recorded`,
    ...(undated > 0
      ? [`${undated} without a usable day, on the list “Objections without a usable date”`]
      : []),
    ...(before > 0 ? [`${before} recorded before already`] : []),
  ].join('; ');
}

/** The codes to enter for a list, in the system that the report came from. */
function codesFor(list: ReconciliationList, { system }: Reconciliation) {
  const wanted = list === 'ended-here' ? 'withdrawn' : 'dissent';
  const isEntered = list === 'not-coded' || list === 'vanished' || list === 'ended-here';
  return isEntered ? codesOf(system).filter(({ meaning }) => meaning === wanted) : [];
}
