import type { ObjectionType } from '../objections/objection.ts';
import { type Application, type GroundRules, isGround, rulesOfGround } from './grounds.ts';

/** Grounds on which a guardian cannot be stricter: a patient missing from a recall list is a hazard, and a court's order is not ours to narrow. */
const neverStricter: readonly string[] = ['direct-care', 'legal-obligation', 'aggregate'];

/** Grounds on which the law may require a record whatever the patient said: the only exemptions from type 1. */
const mayExemptType1: readonly string[] = ['public-health', 'payment'];

/** What decides whether a type of objection is applied to an extract. */
export type AppliedBy = {
  readonly ground: string;
  readonly stricter: readonly ObjectionType[];
  /** Types from which an exemption is in force. */
  readonly exempt: readonly ObjectionType[];
};

/** `must-not`: the ground forbids to withhold anybody for it. */
export type Obligation = 'must' | 'may' | 'must-not';

/**
 * Whether a type of objection has to be applied: by the table of grounds, unless the guardian is stricter, or an
 * approved exemption says otherwise where there can be one. Stricter counts before an exemption.
 */
export function obligationTo(type: ObjectionType, { ground, stricter, exempt }: AppliedBy): Obligation {
  if (neverStricter.includes(ground)) return 'must-not';
  if (stricter.includes(type)) return 'must';
  if (exempt.includes(type) && mayBeExempt(ground, type)) return 'may';
  return isApplied(applicationOf(rulesOfGround(ground), type)) ? 'must' : 'may';
}

/** Whether there can be an exemption from a type on a ground: it has to be applied there, and the law to allow it. */
export function mayBeExempt(ground: string, type: ObjectionType): boolean {
  if (!isGround(ground) || rulesOfGround(ground).unclassified) return false;
  if (type === 'type-1' && !mayExemptType1.includes(ground)) return false;
  return isApplied(applicationOf(rulesOfGround(ground), type));
}

/** Whether the guardian may be stricter than a ground. */
export function mayBeStricter(ground: string): boolean {
  return !neverStricter.includes(ground);
}

function applicationOf(rules: GroundRules, type: ObjectionType): Application {
  return type === 'type-1' ? rules.type1 : rules.type2;
}

/** What is not plainly "not applied" is applied; where only those leave who consented, the consent is asked instead. */
function isApplied(application: Application): boolean {
  return application !== 'not-applied' && application !== 'consent-only';
}
