import type { Patient } from '../patients/patient.ts';
import { type LeftOut, whyLeftOut } from './left-out.ts';
import { type NoticeRun, RUN_PORTION } from './run.ts';
import type { RunPlace, TellingStore } from './telling-store.ts';

/** Somebody who gets something of a batch. */
export type Taken = { readonly place: RunPlace; readonly patient: Patient };

export type Portion = {
  readonly taken: readonly Taken[];
  readonly leftOut: readonly { readonly place: RunPlace; readonly why: LeftOut }[];
};

type Part = { readonly from: number; readonly count: number };

/** Who of some places of a batch gets something, in their order, and who does not; portions of at most 500. */
export async function* runPortions(
  store: TellingStore,
  practiceId: string,
  run: NoticeRun,
  { from, count }: Part = { from: 0, count: run.count },
): AsyncGenerator<Portion> {
  const until = from + count;
  for (let at = from; at < until; at += RUN_PORTION) {
    const places = await store.places(run.id, at, Math.min(RUN_PORTION, until - at));
    const people = await store.patients(
      practiceId,
      places.map(({ patientId }) => patientId),
    );
    const taken: Taken[] = [];
    const leftOut: { place: RunPlace; why: LeftOut }[] = [];
    for (const place of places) {
      const patient = people.get(place.patientId);
      const why = place.leftOut ?? whyLeftOut(run.how, patient);
      if (why === null && patient !== undefined) taken.push({ place, patient });
      else leftOut.push({ place, why: why ?? 'left' });
    }
    yield { taken, leftOut };
  }
}

/** A file of a batch that is taken away. */
export type FileOfRun = {
  readonly practiceId: string;
  readonly run: NoticeRun;
  /** Under which its progress is kept (begin-taking.ts). */
  readonly takingId: string;
  readonly part?: Part | undefined;
  /** Whether somebody is in this file, and not in another. */
  readonly isIn: (taken: Taken) => boolean;
};

/**
 * Who is in a file that is taken away, a portion at a time. Whoever gets nothing is left out of the batch for good, before
 * the file has anybody of the portion: only whoever is in every file since they last could be left out is said to have been
 * sent it. With the same stroke it is noted how far the file has come, for those who wait for it.
 */
export async function* takeFromRun(
  store: TellingStore,
  { practiceId, run, takingId, part, isIn }: FileOfRun,
  clock: () => Date,
): AsyncGenerator<readonly Taken[]> {
  let done = 0;
  for await (const { taken, leftOut } of runPortions(store, practiceId, run, part)) {
    const fresh = leftOut.filter(({ place }) => place.leftOut === null);
    await store.change(practiceId, async (change) => {
      await change.saveTaking(takingId, { done, seenAt: clock() });
      const now = fresh.length === 0 ? null : await change.run(run.id);
      // Of those after the last one written nothing was said yet.
      if (now === null || now.state === 'stopped') return;
      await change.leaveOut(
        run.id,
        fresh
          .filter(({ place }) => place.place >= now.done)
          .map(({ place, why }) => ({ place: place.place, why })),
      );
    });
    const wanted = taken.filter(isIn);
    yield wanted;
    done += wanted.length;
  }
}
