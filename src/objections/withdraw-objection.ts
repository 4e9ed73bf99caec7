import { randomUUID } from 'node:crypto';
import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { RecordedAct } from './act-entry.ts';
import { addAct } from './add-act.ts';
import { isChecked } from './evidence.ts';
import { standing } from './objection.ts';
import type { ObjectionStore } from './objection-store.ts';
import { asActs, type ObjectionRequest, type RequestFault, recordedBefore, requestFault } from './request.ts';
import { askSecondLook } from './second-look.ts';
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
 * authority of whoever asks for the patient, were checked. What it lifts, the latest received on decides. Where a
 * person has several records, it is kept on the one that was asked for, and on each on which the objection is in force.
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

    const records = await change.recordsOf(patient.id);
    const lifted: { patientId: string; type: string; history: RecordedAct[] }[] = [];
    for (const type of new Set(request.types)) {
      const all = [];
      for (const patientId of records)
        all.push({ patientId, type, history: await change.actsOf(patientId, type) });
      const inForce = all.filter(({ history }) => standing(history).inForce);
      if (inForce.length === 0) return { ok: false, reason: 'not-in-force' };
      lifted.push(...all.filter((one) => one.patientId === patient.id || inForce.includes(one)));
    }
    // The first act is the one that the receipt is of: of the record that was asked for.
    lifted.sort(
      (one, other) => Number(other.patientId === patient.id) - Number(one.patientId === patient.id),
    );

    const requestId = request.requestId ?? randomUUID();
    const acts: RecordedAct[] = [];
    for (const { patientId, type, history } of lifted) {
      const act = await addAct(change, history, {
        ...asActs({ ...request, firstAskedOn: null }),
        patientId,
        id: acts.length === 0 ? requestId : randomUUID(),
        requestId,
        type,
        kind: 'withdraw',
        recordedAt: now,
        actor: by,
      });
      acts.push(act);
    }
    await askSecondLook(change, { ...request, requestId }, patient.dateOfBirth, { by: by.id, at: now });
    return { ok: true, acts };
  });
}
