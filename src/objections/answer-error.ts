import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import type { RecordedAct } from './act-entry.ts';
import { addAct, nothingSaid } from './add-act.ts';
import type { AboutAct } from './mark-entered-in-error.ts';
import { standing } from './objection.ts';
import type { ObjectionStore } from './objection-store.ts';
import { type ReasonFault, reasonFault } from './reason.ts';

export type ErrorAnswered =
  | { readonly ok: true; readonly act: RecordedAct }
  | { readonly ok: false; readonly reason: 'nothing-to-confirm' | 'same-person' | ReasonFault };

/** The second person's answer to somebody who said that an act was entered in error: yes or no, and why. */
export function answerError(
  store: ObjectionStore,
  kind: 'confirm-error' | 'refuse-error',
  { practiceId, actId, reason }: AboutAct,
  by: Actor,
  now: Date,
): Promise<ErrorAnswered> {
  return store.change(practiceId, async (change): Promise<ErrorAnswered> => {
    const fault = reasonFault(reason);
    if (fault !== undefined) return { ok: false, reason: fault };
    const target = await change.act(actId);
    const history = target === null ? [] : await change.actsOf(target.patientId, target.type);
    if (target === null || !standing(history).errorsToConfirm.includes(actId))
      return { ok: false, reason: 'nothing-to-confirm' };
    const asked = history.findLast((act) => act.kind === 'ask-error' && act.targetActId === actId);
    if (asked?.actor.id === by.id) return { ok: false, reason: 'same-person' };

    const { patientId, type } = target;
    const said = { patientId, type, kind, targetActId: actId, reason: reason.trim() };
    const id = randomUUID();
    const act = await addAct(change, history, { ...nothingSaid, ...said, id, recordedAt: now, actor: by });
    return { ok: true, act };
  });
}
