import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import type { RecordedAct } from './act-entry.ts';
import { addAct, nothingSaid } from './add-act.ts';
import { standing } from './objection.ts';
import type { ObjectionChange, ObjectionStore } from './objection-store.ts';
import { type ReasonFault, reasonFault } from './reason.ts';

/** What somebody says of an act that is there. */
export type AboutAct = { readonly practiceId: string; readonly actId: string; readonly reason: string };

export type MarkedInError =
  /** `waits`: it still counts until a second person confirms. */
  | { readonly ok: true; readonly act: RecordedAct; readonly waits: boolean }
  | {
      readonly ok: false;
      readonly reason:
        | 'no-such-act'
        | 'cannot-be-in-error'
        | 'already-in-error'
        | 'already-asked'
        | ReasonFault;
    };

const canBeInError = new Set(['record', 'confirm', 'withdraw', 'settle']);

/**
 * Says that an act was never what it says it was: another patient's, a slip. An objection, or a settling that it was
 * the last word, goes on counting until a second person confirms it; what may have lifted one stops counting at once.
 */
export function markEnteredInError(
  store: ObjectionStore,
  about: AboutAct,
  by: Actor,
  now: Date,
): Promise<MarkedInError> {
  return store.change(about.practiceId, (change) => markWithin(change, about, by, now));
}

/** The same inside a change. */
export async function markWithin(
  change: ObjectionChange,
  { actId, reason }: Pick<AboutAct, 'actId' | 'reason'>,
  by: Actor,
  now: Date,
): Promise<MarkedInError> {
  const fault = reasonFault(reason);
  if (fault !== undefined) return { ok: false, reason: fault };
  const target = await change.act(actId);
  if (target === null) return { ok: false, reason: 'no-such-act' };
  if (!canBeInError.has(target.kind)) return { ok: false, reason: 'cannot-be-in-error' };
  const { patientId, type } = target;
  const history = await change.actsOf(patientId, type);
  const before = standing(history);
  if (before.states.get(actId) === 'in-error') return { ok: false, reason: 'already-in-error' };
  if (before.errorsToConfirm.includes(actId)) return { ok: false, reason: 'already-asked' };

  const act = await addAct(change, history, {
    ...nothingSaid,
    id: randomUUID(),
    patientId,
    type,
    kind: 'ask-error',
    targetActId: actId,
    reason: reason.trim(),
    recordedAt: now,
    actor: by,
  });
  return { ok: true, act, waits: standing([...history, act]).errorsToConfirm.includes(actId) };
}
