import { nextTurn } from './shared-reads.ts';

/** Work that is left off wherever it yields, and gone on with later. */
export type Sliced<Result> = Generator<void, Result, void>;

/** So many patients are looked at in a slice: of a large practice that takes about a millisecond. */
export const SLICE = 16_384;

let last: Promise<void> = Promise.resolve();

/**
 * Resolves in a turn of the event loop that nobody else who asks gets. However many releases are at work, each turn has one
 * slice, and whoever opens a page waits for one at a time. For what is done once in a release: the pieces of a file are too
 * many, where turns are long.
 */
function ownTurn(): Promise<void> {
  last = last.then(nextTurn);
  return last;
}

/** Does all of it at once. */
export function atOnce<Result>(work: Sliced<Result>): Result {
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
  }
}

/** Does it slice by slice, each in a turn of the event loop. What it reads may change meanwhile: whoever asks has to see to it. */
export async function inTurns<Result>(work: Sliced<Result>): Promise<Result> {
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
    await ownTurn();
  }
}
