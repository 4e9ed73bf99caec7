import type { ObjectionRules } from '../ledger/verify-objections.ts';
import { actEntry, objectionLedgerActs, type RecordedAct } from './act-entry.ts';
import { standing } from './objection.ts';
import { project } from './projection.ts';

/** The rules of objections as `ledger verify` needs them. */
export const objectionRules: ObjectionRules<RecordedAct> = {
  ledgerActs: objectionLedgerActs,
  entryOf: actEntry,
  isInForce: (acts) => standing(acts).inForce,
  breachOf,
  withoutWords: (act) => ({
    ...act,
    ...{ requesterName: null, authoritySeen: null, identityChecked: null, note: null, reason: null },
    ...{ firstAskedProof: null },
  }),
  projectionOf: (acts) => {
    const { recordedAt, ...rest } = project(acts);
    return { ...rest, recordedAt: recordedAt.toISOString() };
  },
};

/** Two people, always: who says that an objection was entered in error does not confirm it. */
function breachOf(acts: readonly RecordedAct[]): string | undefined {
  const last = acts.at(-1);
  if (last?.kind !== 'confirm-error') return undefined;
  const asked = acts.findLast((act) => act.kind === 'ask-error' && act.targetActId === last.targetActId);
  const isSame = asked?.actor.kind === last.actor.kind && asked.actor.id === last.actor.id;
  return isSame ? 'who said that an objection was in error confirmed it too' : undefined;
}
