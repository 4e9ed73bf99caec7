import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import type { RecordedAct } from './act-entry.ts';
import { addAct, nothingSaid } from './add-act.ts';
import type { AboutAct } from './mark-entered-in-error.ts';
import { standing } from './objection.ts';
import type { ObjectionStore } from './objection-store.ts';
import { type ReasonFault, reasonFault } from './reason.ts';

export type Decision = AboutAct & {
  /** Whether the objection stands. */
  readonly upheld: boolean;
};

export type Decided =
  | { readonly ok: true; readonly act: RecordedAct }
  | { readonly ok: false; readonly reason: 'nothing-to-decide' | 'same-person' | ReasonFault };

/**
 * The guardian's decision on an objection where nobody at the desk can tell who may ask: a child alone, a child and a
 * parent who disagree, an adult who cannot decide and has nobody. It works meanwhile. Nobody lifts alone what they
 * took in themselves.
 */
export function decideObjection(
  store: ObjectionStore,
  { practiceId, actId, upheld, reason }: Decision,
  by: Actor,
  now: Date,
): Promise<Decided> {
  return store.change(practiceId, async (change): Promise<Decided> => {
    const fault = reasonFault(reason);
    if (fault !== undefined) return { ok: false, reason: fault };
    const target = await change.act(actId);
    const history = target === null ? [] : await change.actsOf(target.patientId, target.type);
    if (target === null || !standing(history).decisionsToMake.includes(actId))
      return { ok: false, reason: 'nothing-to-decide' };
    if (!upheld && target.actor.id === by.id) return { ok: false, reason: 'same-person' };

    const act = await addAct(change, history, {
      ...nothingSaid,
      id: randomUUID(),
      patientId: target.patientId,
      type: target.type,
      kind: 'decide',
      targetActId: actId,
      upheld,
      reason: reason.trim(),
      recordedAt: now,
      actor: by,
    });
    return { ok: true, act };
  });
}
