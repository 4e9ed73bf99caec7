import { digestOf } from '../ledger/digest-of.ts';
import { type Actor, canonicalJson, type JsonObject, type LedgerAct } from '../ledger/entry.ts';
import type { ObjectionAct } from './objection.ts';

/** An act with all that was written down about it. */
export type RecordedAct = ObjectionAct & {
  readonly patientId: string;
  readonly type: string;
  readonly actor: Actor;
  readonly requester: string | null;
  readonly requesterName: string | null;
  readonly authoritySeen: string | null;
  readonly receivedVia: string | null;
  readonly identityChecked: string | null;
  readonly note: string | null;
  readonly reason: string | null;
  readonly importId: string | null;
  /** The same for all that one form asked for; null: the act is alone. */
  readonly requestId: string | null;
  /** The day on which the patient says that they first asked, and how that is known. */
  readonly firstAskedOn: string | null;
  readonly firstAskedProof: string | null;
};

const ledgerActOf: Readonly<Record<string, LedgerAct>> = {
  record: 'objection-recorded',
  confirm: 'objection-confirmed',
  withdraw: 'objection-withdrawn',
  'ask-error': 'error-asked',
  'confirm-error': 'error-confirmed',
  'refuse-error': 'error-refused',
  settle: 'objection-settled',
  decide: 'objection-decided',
};

/** The acts of the ledger that are acts on an objection: one row of each, one entry of each. */
export const objectionLedgerActs: readonly LedgerAct[] = Object.values(ledgerActOf);

/**
 * What the ledger says of an act. Commands append exactly this, and `ledger verify` derives it again from the row, so
 * that neither can change alone. Names, notes and reasons are in it as one digest only; the act's random id in the
 * digest keeps a short note from being guessed.
 *
 * @returns act null for a kind that has no entry, which verify reports
 */
export function actEntry(act: Omit<RecordedAct, 'ledgerIndex'>): { act: LedgerAct | null; data: JsonObject } {
  return {
    act: ledgerActOf[act.kind] ?? null,
    data: {
      id: act.id,
      patient: act.patientId,
      type: act.type,
      receivedOn: act.receivedOn,
      requester: act.requester,
      receivedVia: act.receivedVia,
      needsDecision: act.needsDecision ?? false,
      target: act.targetActId ?? null,
      settledAs: act.settledAs ?? null,
      upheld: act.upheld ?? null,
      importId: act.importId,
      request: act.requestId,
      firstAskedOn: act.firstAskedOn,
      details: digestOfDetails(act),
    },
  };
}

function digestOfDetails(act: Omit<RecordedAct, 'ledgerIndex'>): string {
  const { id, requesterName, authoritySeen, identityChecked, note, reason, firstAskedProof } = act;
  const said = { id, requesterName, authoritySeen, identityChecked, note, reason, firstAskedProof };
  const details = canonicalJson(said);
  return digestOf([details]);
}
