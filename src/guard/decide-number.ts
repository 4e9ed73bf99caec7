import type { Decision, Rule } from './decide.ts';
import { PeopleDecider, type Watch } from './decide-people.ts';
import type { Membership } from './membership.ts';
import type { PatientIndex } from './patient-index.ts';

/** Decides on NHS numbers one by one, as on rows that name nobody else, and notes whose data may leave. */
export class NumberDecider {
  private readonly people: PeopleDecider;

  constructor(rule: Rule, index: PatientIndex, watch: Watch = {}) {
    this.people = new PeopleDecider(rule, index, watch);
  }

  get membership(): Membership {
    return this.people.membership;
  }

  /** The ordinal of the patient last decided on; -1 for somebody who is not on the list. */
  get ordinal(): number {
    return this.people.everybody()[0] ?? -1;
  }

  /** @param key as nhsNumberKey says */
  decide(key: number): Decision {
    const { people } = this;
    people.begin();
    people.number(key);
    if (people.decision === 'permit') people.permit();
    else people.withhold();
    return people.decision;
  }
}
