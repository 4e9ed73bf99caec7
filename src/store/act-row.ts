import type { Actor } from '../ledger/entry.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import type { ObjectionActModel } from './generated/sqlite/models.ts';

/** A row of ObjectionAct as the rules of objections see it. */
export function recordedAct(row: ObjectionActModel): RecordedAct {
  const { actorKind, actorId, practiceId: _, ...rest } = row;
  return { ...rest, actor: { kind: actorKind as Actor['kind'], id: actorId } };
}
