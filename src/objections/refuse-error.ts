import type { Actor } from '../ledger/entry.ts';
import { answerError, type ErrorAnswered } from './answer-error.ts';
import type { AboutAct } from './mark-entered-in-error.ts';
import type { ObjectionStore } from './objection-store.ts';

/** Says that an objection was not entered in error: it goes on counting. */
export function refuseError(
  store: ObjectionStore,
  about: AboutAct,
  by: Actor,
  now: Date,
): Promise<ErrorAnswered> {
  return answerError(store, 'refuse-error', about, by, now);
}
