import { type Decision, decidePatient, decideStranger, type Rule } from './decide.ts';
import { Membership } from './membership.ts';
import type { PatientIndex } from './patient-index.ts';

/** Decides on NHS numbers by one rule and one index, and notes whose data may leave: for releases and checks alike. */
export class NumberDecider {
  readonly membership: Membership;
  /** The ordinal of the patient last decided on; -1 for somebody who is not on the list. */
  ordinal = -1;

  constructor(
    private readonly rule: Rule,
    private readonly index: PatientIndex,
  ) {
    this.membership = new Membership(index);
  }

  /** @param key as nhsNumberKey says */
  decide(key: number): Decision {
    this.ordinal = key < 0 ? -1 : this.index.find(key);
    if (this.ordinal < 0) {
      const decision = decideStranger(this.rule, key);
      if (decision === 'permit' && key >= 0) this.membership.noteUnlisted(key);
      return decision;
    }
    const decision = decidePatient(this.rule, this.index.flagsOf(this.ordinal));
    this.membership.note(this.ordinal, decision);
    return decision;
  }
}
