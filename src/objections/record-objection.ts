import { randomUUID } from 'node:crypto';
import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { RecordedAct } from './act-entry.ts';
import { addAct } from './add-act.ts';
import { standing } from './objection.ts';
import type { ObjectionChange, ObjectionStore } from './objection-store.ts';
import { asActs, type ObjectionRequest, type RequestFault, recordedBefore, requestFault } from './request.ts';
import { askSecondLook } from './second-look.ts';
import { mayObject, type NotEntitled } from './who-may-ask.ts';

export type Recorded =
  /** One act a type: `record`, or `confirm` where that objection was in force already. */
  | { readonly ok: true; readonly acts: readonly RecordedAct[] }
  | { readonly ok: false; readonly reason: 'no-such-patient' | RequestFault | NotEntitled };

/**
 * Whether the objection may be recorded, and whether the guardian has to decide on it.
 *
 * @param dateOfBirth the patient's, `YYYY-MM-DD`
 * @param today in London, `YYYY-MM-DD`
 */
export function judgeObjection(request: ObjectionRequest, dateOfBirth: string, today: string) {
  const { requester, cannotDecide = false, receivedOn: on } = request;
  const may = mayObject({ requester, dateOfBirth, on, cannotDecide });
  const fault =
    requestFault(request, may.ok && may.needsAuthority, today) ?? beforeBirth(request, dateOfBirth);
  return fault === undefined ? may : ({ ok: false, reason: fault } as const);
}

const beforeBirth = ({ firstAskedOn }: ObjectionRequest, dateOfBirth: string) =>
  firstAskedOn && firstAskedOn < dateOfBirth ? ('first-asked-before-birth' as const) : undefined;

/**
 * Records an objection. It works from the moment this returns, whatever is still to be checked about who asked.
 * Where the same objection is in force it becomes a confirmation with a received on of its own, so of two people who
 * record it at once, one records and the other confirms.
 */
export function recordObjection(
  store: ObjectionStore,
  request: ObjectionRequest,
  by: Actor,
  now: Date,
): Promise<Recorded> {
  return store.change(request.practiceId, (change) => recordWithin(change, request, by, now));
}

/** The same inside a change, which may keep more than the objection. */
export async function recordWithin(
  change: ObjectionChange,
  request: ObjectionRequest,
  by: Actor,
  now: Date,
): Promise<Recorded> {
  const before = await recordedBefore(change, request);
  if (before !== undefined) return { ok: true, acts: before };
  const patient = await change.patient(request.patientId);
  if (patient === null) return { ok: false, reason: 'no-such-patient' };
  const judged = judgeObjection(request, patient.dateOfBirth, londonDay(now));
  if (!judged.ok) return judged;

  const requestId = request.requestId ?? randomUUID();
  const acts: RecordedAct[] = [];
  for (const type of new Set(request.types)) {
    const history = await change.actsOf(patient.id, type);
    const act = await addAct(change, history, {
      ...asActs(request),
      id: acts.length === 0 ? requestId : randomUUID(),
      requestId,
      type,
      kind: standing(history).inForce ? 'confirm' : 'record',
      needsDecision: judged.needsDecision,
      recordedAt: now,
      actor: by,
    });
    acts.push(act);
  }
  await askSecondLook(change, { ...request, requestId }, patient.dateOfBirth, { by: by.id, at: now });
  return { ok: true, acts };
}
