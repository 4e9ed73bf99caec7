import type { Actor } from '../ledger/entry.ts';
import { addWithdrawal } from './import-row.ts';
import type { ImportChange, ImportStore, WaitingWithdrawal } from './import-store.ts';

/** Withdrawals of one transaction, so that others can write in between. */
const AT_ONCE = 500;

export type WithdrawalsAnswer = {
  readonly practiceId: string;
  readonly importId: string;
  /** One of them; all of the import when left out. */
  readonly id?: string;
  readonly answer: 'confirmed' | 'refused';
};

export type WithdrawalsAnswered =
  | { readonly ok: true; readonly count: number }
  | { readonly ok: false; readonly reason: 'nothing-waiting' };

/**
 * A manager's answer to withdrawals that came in a file: confirmed, each becomes an act and may lift an objection;
 * refused, it never does, and the same row in a later file changes nothing.
 */
export async function answerWithdrawals(
  store: ImportStore,
  answer: WithdrawalsAnswer,
  by: Actor,
  now: Date,
): Promise<WithdrawalsAnswered> {
  let count = 0;
  for (let some = AT_ONCE; some === AT_ONCE; count += some) {
    some = await store.change(answer.practiceId, (change) => answerSome(change, answer, by, now));
  }
  return count > 0 ? { ok: true, count } : { ok: false, reason: 'nothing-waiting' };
}

async function answerSome(
  change: ImportChange,
  { importId, id, answer }: WithdrawalsAnswer,
  by: Actor,
  now: Date,
): Promise<number> {
  const waiting = await change.stillWaiting(importId, AT_ONCE, id);
  if (answer === 'confirmed') for (const one of waiting) await withdraw(change, one, by, now);
  if (answer === 'refused' && waiting.length > 0)
    change.append('withdrawals-refused', by, { import: importId, count: waiting.length }, now);
  await change.answer(
    waiting.map((one) => one.id),
    answer,
    by,
    now,
  );
  return waiting.length;
}

async function withdraw(change: ImportChange, one: WaitingWithdrawal, by: Actor, now: Date): Promise<void> {
  const history = await change.actsOf(one.patientId, one.type);
  // The patient may have withdrawn at the desk meanwhile.
  const isThere = history.some((act) => act.kind === 'withdraw' && act.receivedOn === one.receivedOn);
  if (!isThere) await addWithdrawal(change, history, one, by, now);
}
