import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import type { RecordedAct } from './act-entry.ts';
import { addAct, nothingSaid } from './add-act.ts';
import { type ObjectionType, standing } from './objection.ts';
import type { ObjectionStore } from './objection-store.ts';
import { type ReasonFault, reasonFault } from './reason.ts';

export type Settling = {
  readonly practiceId: string;
  readonly patientId: string;
  readonly type: ObjectionType;
  /** The day on which both were received; null for objections without a usable date. */
  readonly day: string | null;
  /** Which word was the last. */
  readonly settledAs: 'objection' | 'withdrawal';
  /** How that is known. */
  readonly reason: string;
  /** Ledger index of the last act that the manager saw: nobody settles what they have not seen. */
  readonly seenIndex: number;
};

export type Settled =
  | { readonly ok: true; readonly act: RecordedAct }
  | { readonly ok: false; readonly reason: 'nothing-to-settle' | 'changed-meanwhile' | ReasonFault };

/**
 * Settles whether the objection or the withdrawal was the patient's last word, where received on does not tell. Until
 * then the objection stands.
 */
export function settleObjection(
  store: ObjectionStore,
  { practiceId, patientId, type, day, settledAs, reason, seenIndex }: Settling,
  by: Actor,
  now: Date,
): Promise<Settled> {
  return store.change(practiceId, async (change): Promise<Settled> => {
    const fault = reasonFault(reason);
    if (fault !== undefined) return { ok: false, reason: fault };
    const history = await change.actsOf(patientId, type);
    if (!standing(history).daysToSettle.includes(day)) return { ok: false, reason: 'nothing-to-settle' };
    if ((history.at(-1)?.ledgerIndex ?? -1) > seenIndex) return { ok: false, reason: 'changed-meanwhile' };
    const act = await addAct(change, history, {
      ...nothingSaid,
      id: randomUUID(),
      patientId,
      type,
      kind: 'settle',
      receivedOn: day,
      settledAs,
      reason: reason.trim(),
      recordedAt: now,
      actor: by,
    });
    return { ok: true, act };
  });
}
