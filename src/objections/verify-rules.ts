import type { ObjectionRules } from '../ledger/verify-objections.ts';
import { actEntry, objectionLedgerActs, type RecordedAct } from './act-entry.ts';
import { standing } from './objection.ts';
import { project } from './projection.ts';

/** What of an act none of the rules reads. */
const unread = {
  ...{ requesterName: null, authoritySeen: null, identityChecked: null, note: null, reason: null },
  ...{ importId: null, requestId: null, firstAskedOn: null, firstAskedProof: null },
};

/** The rules of objections as `ledger verify` needs them. */
export const objectionRules: ObjectionRules<RecordedAct> = {
  ledgerActs: objectionLedgerActs,
  entryOf: actEntry,
  isInForce: (acts) => standing(acts).inForce,
  breachOf,
  // Name by name: all of them stay in memory, and a copy with `...` takes more of it.
  withoutWords: (act) => ({
    id: act.id,
    ledgerIndex: act.ledgerIndex,
    patientId: act.patientId,
    type: act.type,
    kind: act.kind,
    receivedOn: act.receivedOn,
    recordedAt: act.recordedAt,
    actor: act.actor,
    targetActId: act.targetActId ?? null,
    settledAs: act.settledAs ?? null,
    upheld: act.upheld ?? null,
    needsDecision: act.needsDecision ?? false,
    requester: act.requester,
    receivedVia: act.receivedVia,
    ...unread,
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
