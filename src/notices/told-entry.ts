import { randomUUID } from 'node:crypto';
import type { Actor, JsonObject, LedgerAct, Ledgered } from '../ledger/entry.ts';
import type { ToldAct } from './telling.ts';

/** An act of telling with all that was written down about it. */
export type RecordedTelling = ToldAct & {
  readonly recordedAt: Date;
  readonly actor: Actor;
  /** The batch that it was a part of. */
  readonly runId: string | null;
  /** What was used of the version; null: English, standard. */
  readonly translationId: string | null;
};

/** What the ledger says of an act. Everything in it is random or a word of ours. */
export function toldEntry(act: Omit<RecordedTelling, 'ledgerIndex'>): { act: LedgerAct; data: JsonObject } {
  const { id, patientId, noticeId, version, attemptId, how, outcome, on, runId, translationId } = act;
  return {
    act: 'patient-told',
    data: {
      ...{ id, patient: patientId, notice: noticeId, version, attempt: attemptId, how, outcome, on },
      ...{ run: runId, translation: translationId },
    },
  };
}

/** Writes the entry of an act, and gives the act as it is to be kept. */
export function appended(
  change: Ledgered,
  said: Omit<RecordedTelling, 'id' | 'ledgerIndex' | 'recordedAt' | 'actor'>,
  by: Actor,
  now: Date,
): RecordedTelling {
  const recorded = { ...said, id: randomUUID(), recordedAt: now, actor: by };
  const { act, data } = toldEntry(recorded);
  return { ...recorded, ledgerIndex: change.append(act, by, data, now) };
}
