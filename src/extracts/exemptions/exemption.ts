import type { JsonObject } from '../../ledger/entry.ts';
import type { ObjectionType } from '../../objections/objection.ts';

/** What has become of an exemption. One that was approved is over after its last day, though nothing is written then. */
export const exemptionStates = ['asked', 'approved', 'refused', 'ended'] as const;
export type ExemptionState = (typeof exemptionStates)[number];

/** Characters of a reason and of a reference, at most. Both are for the public register. */
export const REASON_LENGTH = 1000;
export const REFERENCE_LENGTH = 200;

/**
 * That an objection type is not applied to one version of an extract. It is of that version alone: a new one has
 * another recipient, purpose or fields, of which nobody has thought when this was approved.
 */
export type Exemption = {
  readonly id: string;
  readonly extractId: string;
  readonly version: number;
  readonly type: ObjectionType;
  readonly reason: string;
  /** The direction, notice or statute that it rests on. */
  readonly reference: string;
  /** Its last day, `YYYY-MM-DD` in London. */
  readonly endsOn: string;
  readonly state: ExemptionState;
  readonly askedAt: Date;
  readonly askedBy: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
};

/** Whether it holds on a day, `YYYY-MM-DD` in London. */
export function isInForce({ state, endsOn }: Pick<Exemption, 'state' | 'endsOn'>, today: string): boolean {
  return state === 'approved' && today <= endsOn;
}

/** What the ledger says when one is asked for: all of it, for it is public and about no patient. */
export function askedEntry(exemption: Exemption): JsonObject {
  const { id, extractId, version, type, reason, reference, endsOn } = exemption;
  return { exemption: id, extract: extractId, version, type, reason, reference, ends: endsOn };
}

/** What it says when one is approved, refused or ended. */
export const namedEntry = ({ id }: Pick<Exemption, 'id'>): JsonObject => ({ exemption: id });
