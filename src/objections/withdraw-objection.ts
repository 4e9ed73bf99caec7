import { randomUUID } from 'node:crypto';
import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { RecordedAct } from './act-entry.ts';
import { addAct } from './add-act.ts';
import { isChecked } from './evidence.ts';
import { standing } from './objection.ts';
import type { ObjectionStore } from './objection-store.ts';
import { asActs, type ObjectionRequest, type RequestFault, recordedBefore, requestFault } from './request.ts';
import { type MayWithdraw, mayWithdraw } from './who-may-ask.ts';

export type Withdrawn =
  /** One act a type. */
  | { readonly ok: true; readonly acts: readonly RecordedAct[] }
  | {
      readonly ok: false;
      readonly reason:
        | 'no-such-patient'
        | 'not-in-force'
        | RequestFault
        | Extract<MayWithdraw, { ok: false }>['reason'];
    };

/**
 * Whether the withdrawal may be recorded, apart from whether there is an objection in force.
 *
 * @param dateOfBirth the patient's, `YYYY-MM-DD`
 * @param today in London, `YYYY-MM-DD`
 */
export function judgeWithdrawal(request: ObjectionRequest, dateOfBirth: string, today: string) {
  const { requester, cannotDecide = false, receivedOn: on, identityChecked, authoritySeen = null } = request;
  const fault = requestFault(request, requester !== 'patient', today);
  if (fault !== undefined) return { ok: false, reason: fault } as const;
  const confirmed = {
    identityConfirmed: isChecked(identityChecked),
    authorityConfirmed: authoritySeen !== null,
  };
  return mayWithdraw({ requester, dateOfBirth, on, cannotDecide, ...confirmed });
}

/**
 * Withdraws an objection: the patient changed their mind. Unlike an objection, it is taken only once identity, and the
 * authority of whoever asks for the patient, were checked. What it lifts, the latest received on decides.
 */
export function withdrawObjection(
  store: ObjectionStore,
  request: ObjectionRequest,
  by: Actor,
  now: Date,
): Promise<Withdrawn> {
  return store.change(request.practiceId, async (change): Promise<Withdrawn> => {
    const before = await recordedBefore(change, request);
    if (before !== undefined) return { ok: true, acts: before };
    const patient = await change.patient(request.patientId);
    if (patient === null) return { ok: false, reason: 'no-such-patient' };
    const judged = judgeWithdrawal(request, patient.dateOfBirth, londonDay(now));
    if (!judged.ok) return judged;

    const types = [...new Set(request.types)];
    const histories = new Map<string, RecordedAct[]>();
    for (const type of types) histories.set(type, await change.actsOf(patient.id, type));
    if ([...histories.values()].some((acts) => !standing(acts).inForce))
      return { ok: false, reason: 'not-in-force' };

    const requestId = request.requestId ?? randomUUID();
    const acts: RecordedAct[] = [];
    for (const [type, history] of histories) {
      const act = await addAct(change, history, {
        ...asActs(request),
        id: acts.length === 0 ? requestId : randomUUID(),
        requestId,
        type,
        kind: 'withdraw',
        recordedAt: now,
        actor: by,
      });
      acts.push(act);
    }
    return { ok: true, acts };
  });
}
