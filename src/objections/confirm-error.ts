import type { Actor } from '../ledger/entry.ts';
import { answerError, type ErrorAnswered } from './answer-error.ts';
import type { AboutAct } from './mark-entered-in-error.ts';
import type { ObjectionStore } from './objection-store.ts';

/** Confirms that an objection was entered in error: from now on it does not count. Never by who asked for it. */
export function confirmError(
  store: ObjectionStore,
  about: AboutAct,
  by: Actor,
  now: Date,
): Promise<ErrorAnswered> {
  return answerError(store, 'confirm-error', about, by, now);
}
