import { randomUUID } from 'node:crypto';
import { isDay, londonDay } from '../../day.ts';
import type { Actor } from '../../ledger/entry.ts';
import { type ObjectionType, objectionTypes } from '../../objections/objection.ts';
import { mayBeExempt } from '../applied-types.ts';
import { askedEntry, type Exemption, isInForce } from './exemption.ts';
import type { ExemptionStore, OpenVersion } from './exemption-store.ts';

export type ExemptionAsked = {
  readonly practiceId: string;
  readonly extractId: string;
  readonly version: number;
  readonly type: ObjectionType;
  readonly reason: string;
  readonly reference: string;
  readonly endsOn: string;
  /** Type 1 only: that the law requires the record whatever the patient said. */
  readonly lawRequires: boolean;
};

export type ExemptionFault =
  | 'no-such-version'
  | 'not-applied'
  | 'never-from-type-1'
  | 'law-not-confirmed'
  | 'stricter'
  | 'no-reason'
  | 'no-reference'
  | 'not-a-day'
  | 'ends-in-past'
  | 'ends-after-extract'
  | 'already-asked';

export type AskedExemption =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly reason: ExemptionFault };

/** Asks that a type of objection is not applied to an extract. It changes nothing until a guardian, somebody else, approves it. */
export function askExemption(
  store: ExemptionStore,
  { practiceId, ...asked }: ExemptionAsked,
  by: Actor,
  now: Date,
): Promise<AskedExemption> {
  return store.change(practiceId, async (change): Promise<AskedExemption> => {
    const version = await change.openVersion(asked.extractId, asked.version);
    if (version === undefined) return { ok: false, reason: 'no-such-version' };
    const today = londonDay(now);
    const reason = faultOf(asked, version, today);
    if (reason !== undefined) return { ok: false, reason };
    const others = await change.ofVersion(asked.extractId, asked.version);
    const isThere = others.some(
      (one) => one.type === asked.type && (one.state === 'asked' || isInForce(one, today)),
    );
    if (isThere) return { ok: false, reason: 'already-asked' };
    const { lawRequires: _, ...said } = asked;
    const undecided = { decidedAt: null, decidedBy: null, endedAt: null, endedBy: null };
    const exemption: Exemption = {
      ...said,
      ...undecided,
      id: randomUUID(),
      state: 'asked',
      askedAt: now,
      askedBy: by.id,
    };
    await change.add(exemption);
    change.append('exemption-asked', by, askedEntry(exemption), now);
    return { ok: true, id: exemption.id };
  });
}

function faultOf(
  asked: Omit<ExemptionAsked, 'practiceId'>,
  version: OpenVersion,
  today: string,
): ExemptionFault | undefined {
  const { type, endsOn } = asked;
  if (!objectionTypes.includes(type)) return 'not-applied';
  if (!mayBeExempt(version.ground, type))
    return type === 'type-1' && mayBeExempt(version.ground, 'type-2') ? 'never-from-type-1' : 'not-applied';
  if (type === 'type-1' && !asked.lawRequires) return 'law-not-confirmed';
  if (version.stricter.includes(type)) return 'stricter';
  if (asked.reason.trim() === '') return 'no-reason';
  if (asked.reference.trim() === '') return 'no-reference';
  if (!isDay(endsOn)) return 'not-a-day';
  if (endsOn < today) return 'ends-in-past';
  return endsOn > version.endsOn ? 'ends-after-extract' : undefined;
}
