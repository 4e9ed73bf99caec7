import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import { beginTaking } from '../notices/begin-taking.ts';
import { coverageOf } from '../notices/coverage.ts';
import { type EndedTaking, endTaking, stopTaking } from '../notices/end-taking.ts';
import { type BatchHow, batchHows, type Facts } from '../notices/facts.ts';
import type { Following } from '../notices/go-on-with-run.ts';
import { goOnWithRun } from '../notices/go-on-with-run.ts';
import { importResults } from '../notices/import-results.ts';
import { whyLeftOut } from '../notices/left-out.ts';
import { aboutRun, makeRun } from '../notices/make-run.ts';
import { noteReturn } from '../notices/note-return.ts';
import type { NoticeRun, RunScope } from '../notices/run.ts';
import { letterFiles, runContents } from '../notices/run-contents.ts';
import { fitsRun, wordingFor } from '../notices/run-rule.ts';
import { sendRun } from '../notices/send-run.ts';
import { stopRun } from '../notices/stop-run.ts';
import { type FileOfRun, takeFromRun } from '../notices/take-from-run.ts';
import { tellPatient } from '../notices/tell-patient.ts';
import type { NoticeRef } from '../notices/telling-store.ts';
import { type UntoldName, untoldLists } from '../notices/untold-lists.ts';
import { tellingStore } from '../store/telling-store.ts';
import type { Opened } from './opened.ts';

/** Who is told what: batches, the desk, what came of it, and how far it has come. */
export function tellingServices({ database, now, on }: Opened) {
  const store = tellingStore(database);
  const told = on(store);
  const today = () => londonDay(now());
  /** Everybody with the same facts by one version, and what of the version there is besides. */
  const factsBy = async (practiceId: string, ref: NoticeRef) => {
    const about = { versions: [ref], openFor: ref.noticeId, today: today() };
    const translations = await store.translations(practiceId, ref);
    return { about, translations, groups: await store.groups(practiceId, about) };
  };
  return {
    versions: store.versions,
    translations: store.translations,
    translated: store.translated,
    ofPatient: store.ofPatient,
    runs: store.runs,
    run: store.run,
    outcomes: store.outcomes,
    placed: store.placed,
    places: store.places,
    tell: told(tellPatient),
    makeRun: told(makeRun),
    sendRun: told(sendRun),
    takings: store.takings,
    beginTaking: told(beginTaking),
    /** Who is in a file of a batch, in portions; whoever is not is left out from then on. */
    takeFrom: (file: FileOfRun) => takeFromRun(store, file, now),
    endTaking: (taking: EndedTaking) => endTaking(store, taking, now()),
    stopTaking: (taking: Parameters<typeof stopTaking>[1]) => stopTaking(store, taking, now()),
    /** Tells in which file each letter of a batch is. */
    letterFiles: (practiceId: string, run: NoticeRun) =>
      letterFiles(store, practiceId, run, londonDay(run.madeAt)),
    /** How many letters each file of a batch has, and who is left out; null when there is no such batch. */
    async contents(practiceId: string, runId: string) {
      const run = await store.run(practiceId, runId);
      return run && runContents(store, practiceId, run, londonDay(run.madeAt));
    },
    /** Who was in a file of a batch that was made and gets nothing any more: their letters are not to be posted. */
    async pulled(practiceId: string, run: NoticeRun) {
      const places = await store.pulledPlaces(practiceId, run.id);
      const people = await store.patients(
        practiceId,
        places.map(({ patientId }) => patientId),
      );
      return places.flatMap((place) => {
        const why = place.leftOut ?? whyLeftOut(run.how, people.get(place.patientId));
        return why === null ? [] : [{ place, why }];
      });
    },
    stopRun: told(stopRun),
    noteReturn: told(noteReturn),
    importResults: (file: Parameters<typeof importResults>[1], by: Actor) =>
      importResults(store, file, by, now()),
    /** Does what is still to be done of a batch; may be left to itself, and called twice. */
    goOn: (run: { practiceId: string; runId: string }, following: Following = {}) =>
      goOnWithRun(store, run, now, following),
    unfinished: store.unfinished,
    /**
     * How far telling has come by any of these versions, with the whole list as denominator.
     *
     * @param day `YYYY-MM-DD`, for ages
     */
    coverage: (practiceId: string, versions: readonly NoticeRef[], day: string = today()) =>
      coverageOf(store, practiceId, versions, day),
    /** Ids of registered patients who have died: they are in no coverage. */
    died: store.died,
    /** How many a batch of each kind would hold now, and how many letters to everybody with an address. */
    async fitting(practiceId: string, ref: NoticeRef, scope: RunScope) {
      const groups = await store.groups(practiceId, aboutRun({ ...ref, scope }, today()));
      const translations = await store.translations(practiceId, ref);
      const howMany = (how: BatchHow, onlyRest: boolean) =>
        groups
          .filter(({ facts }) => fitsRun(how, onlyRest, facts, wordingFor(facts, translations)))
          .reduce((sum, { count }) => sum + count, 0);
      return batchHows.map((how) => ({ how, rest: howMany(how, true), all: howMany(how, false) }));
    },
    /** How many are on each list of those who are to be told by hand. */
    async untold(practiceId: string, ref: NoticeRef) {
      const { groups, translations } = await factsBy(practiceId, ref);
      const howMany = (isIn: (facts: Facts) => boolean) =>
        groups.filter(({ facts }) => isIn(facts)).reduce((sum, { count }) => sum + count, 0);
      return {
        lists: untoldLists.map((list) => ({
          list,
          count: howMany((facts) => list.has(facts, translations)),
        })),
        /** Each once, however many lists they are on. */
        people: howMany((facts) => untoldLists.some((list) => list.has(facts, translations))),
      };
    },
    /** Who is on one of them, in the order of arrival. */
    async untoldOn(
      practiceId: string,
      ref: NoticeRef,
      name: UntoldName,
      part: { readonly skip: number; readonly take: number },
    ) {
      const { about, groups, translations } = await factsBy(practiceId, ref);
      const list = untoldLists.find((one) => one.name === name);
      const keys = groups.filter(({ facts }) => list?.has(facts, translations)).map(({ key }) => key);
      return store.people(practiceId, about, keys, part);
    },
  };
}
