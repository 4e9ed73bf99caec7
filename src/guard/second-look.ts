import { decidePatient, decideStranger, type Reason, type Rule } from './decide.ts';
import type { Membership } from './membership.ts';
import type { PatientIndex } from './patient-index.ts';
import type { Decision } from './release-store.ts';
import { atOnce, SLICE, type Sliced } from './slices.ts';

/** Whether a rule that was made of another by time, exemptions and notices is the same still. */
export const isSameRule = (one: Rule, other: Rule): boolean =>
  one.type1 === other.type1 &&
  one.type2 === other.type2 &&
  one.told?.until === other.told?.until &&
  one.told?.by.join() === other.told?.by.join();

/**
 * Looks again at those whom a scan permitted, when the index has moved on: who objected meanwhile has to go.
 *
 * @param membership what the scan came to, by the index `before`
 * @returns the patients who may not leave any more, by ordinal, with the reason
 */
export function lookAgain(
  rule: Rule,
  membership: Membership,
  before: PatientIndex,
  now: PatientIndex,
): Map<number, Reason> {
  return atOnce(lookingAgain(rule, membership, before, now));
}

/** The same in slices, between which nothing may be noted. Who objects between them is not among those who must go. */
export function* lookingAgain(
  rule: Rule,
  membership: Membership,
  before: PatientIndex,
  now: PatientIndex,
): Sliced<Map<number, Reason>> {
  const gone = new Map<number, Reason>();
  if (rule.withholdsNobody) return gone;
  let looked = 0;
  for (const at of membership.permitted()) {
    if (++looked % SLICE === 0) yield;
    const decision = decideAgain(rule, at, before, now);
    if (decision !== 'permit') gone.set(at, decision);
  }
  return gone;
}

function decideAgain(
  rule: Rule,
  ordinal: number,
  before: PatientIndex,
  now: PatientIndex,
): Reason | 'permit' {
  // An id by which a row may have named them means somebody else now, or several people.
  if (!before.keepsIdsOf(ordinal, now)) return 'ambiguous';
  const key = before.keyOf(ordinal);
  // Somebody without an NHS number, known by a local id.
  if (key < 0 && now.keyOf(ordinal) < 0) return decidePatient(rule, now.flagsFor(ordinal, rule));
  const found = now.find(key);
  if (found < 0) return decideStranger(rule, key);
  // The number went to somebody else meanwhile: whose row it is cannot be decided.
  return found === ordinal ? decidePatient(rule, now.flagsFor(found, rule)) : 'ambiguous';
}

/**
 * Whether a decision still holds when some patients changed since the last look: the last question before it is
 * final, asked while nobody else can write.
 *
 * @param before the index of the scan
 * @param last that of the last look
 */
export function holdsFor(
  rule: Rule,
  membership: Membership,
  before: PatientIndex,
  last: PatientIndex,
): Decision['holds'] {
  if (rule.withholdsNobody) return null;
  return (changed) =>
    changed.length === 0 ||
    lookAgain(rule, membership, before, last.with(last.ledgerSize, changed)).size === 0;
}
