import type { ObjectionRules } from '../ledger/verify-objections.ts';
import { actEntry, objectionLedgerActs, type RecordedAct } from './act-entry.ts';
import { standing } from './objection.ts';
import { project } from './projection.ts';

/** The rules of objections as `ledger verify` needs them. */
export const objectionRules: ObjectionRules<RecordedAct> = {
  ledgerActs: objectionLedgerActs,
  entryOf: actEntry,
  isInForce: (acts) => standing(acts).inForce,
  projectionOf: (acts) => {
    const { recordedAt, ...rest } = project(acts);
    return { ...rest, recordedAt: recordedAt.toISOString() };
  },
};
