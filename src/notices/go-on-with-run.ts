import { setImmediate as others } from 'node:timers/promises';
import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import { digestOfIds } from '../patients/list-digest.ts';
import { newReference } from './attempt-reference.ts';
import { whyLeftOut } from './left-out.ts';
import { aboutRun } from './make-run.ts';
import { isUnfinished, type NoticeRun, RUN_PORTION } from './run.ts';
import { fitsRun, wordingFor } from './run-rule.ts';
import type { TellingChange, TellingStore } from './telling-store.ts';
import { appended } from './told-entry.ts';

/** Where a batch in the making is heard of, and stopped between two transactions. */
export type Following = { readonly signal?: AbortSignal; readonly onPortion?: () => void };

/**
 * Does what is still to be done of a batch, in transactions of at most 500 patients: finds who is in it, or writes that
 * it was sent to them. Each transaction begins where the last one ended, whichever process made that: one that died is
 * gone on with, and two at once do nothing twice.
 */
export async function goOnWithRun(
  store: TellingStore,
  { practiceId, runId }: { readonly practiceId: string; readonly runId: string },
  clock: () => Date,
  { signal, onPortion }: Following = {},
): Promise<void> {
  let after: number | undefined;
  for (let goesOn = true; goesOn && !signal?.aborted; onPortion?.()) {
    // Databases that answer at once let nobody else have a turn in between, and nobody would see how far it is.
    await others();
    goesOn = await store.change(practiceId, async (change) => {
      const run = await change.run(runId);
      if (run === null || !isUnfinished(run)) return false;
      if (run.state === 'sent') return writeSome(change, run, clock());
      after = await placeSome(change, run, after ?? (await change.lastOrdinal(runId)), clock());
      return after !== undefined;
    });
  }
}

/** @returns up to which place of the list was looked; undefined when the batch is made */
async function placeSome(
  change: TellingChange,
  run: NoticeRun,
  after: number,
  now: Date,
): Promise<number | undefined> {
  const next = await change.next(aboutRun(run, londonDay(now)), after);
  const from = await change.countPlaces(run.id);
  if (next === undefined) {
    await finish(change, run, from, now);
    return undefined;
  }
  const translations = await change.translations(run);
  const chosen = next.people.flatMap(({ id, facts }) => {
    const wording = wordingFor(facts, translations);
    if (!wording.ok || !fitsRun(run.how, run.onlyRest, facts, wording)) return [];
    return [{ patientId: id, translationId: wording.translationId }];
  });
  await change.addPlaces(
    run,
    chosen.map((one, place) => ({ ...one, place: from + place, attemptId: newReference() })),
  );
  return next.last;
}

async function finish(change: TellingChange, run: NoticeRun, count: number, now: Date): Promise<void> {
  const ids: string[] = [];
  for (let from = 0; from < count; from += RUN_PORTION)
    ids.push(...(await change.places(run.id, from, RUN_PORTION)).map(({ patientId }) => patientId));
  const { id, noticeId, version, how } = run;
  const people = digestOfIds(ids);
  change.append(
    'notice-run-made',
    actorOf(run.madeBy),
    { run: id, notice: noticeId, version, how, count, people },
    now,
  );
  await change.saveRun(id, { state: 'made', count });
}

/**
 * Writes of the next patients of a batch that it was sent to them, each an act with its entry. Of whoever was in no file,
 * or has died, left or been restricted since, nothing is written: better told twice than not at all.
 */
async function writeSome(change: TellingChange, run: NoticeRun, now: Date): Promise<boolean> {
  const { id: runId, noticeId, version, how, sentOn, sentBy, done, count } = run;
  const places = await change.places(runId, done, RUN_PORTION);
  const people = await change.patients(places.map(({ patientId }) => patientId));
  const why = places.map(({ place, patientId, leftOut }) => ({
    place,
    why: leftOut ?? whyLeftOut(how, people.get(patientId)),
  }));
  await change.leaveOut(
    runId,
    why.flatMap((one) => (one.why === null ? [] : [{ place: one.place, why: one.why }])),
  );
  const sent = places.filter((_, n) => why[n]?.why === null);
  const acts = sent.map(({ patientId, attemptId, translationId }) => {
    const what = { noticeId, version, attemptId, how, outcome: 'sent', on: sentOn ?? '' };
    return appended(change, { ...what, patientId, runId, translationId }, actorOf(sentBy ?? ''), now);
  });
  await change.save(acts);
  await change.closePlaces(runId, { from: done, to: done + places.length });
  const written = done + places.length;
  await change.saveRun(runId, { done: written, ...(written >= count && { endedAt: now }) });
  return written < count && places.length > 0;
}

/** Who made or sent a batch, as the one who acts: people have random ids, commands have names. */
function actorOf(id: string): Actor {
  return { kind: /^[0-9a-f-]{36}$/i.test(id) ? 'staff' : 'command-line', id };
}
