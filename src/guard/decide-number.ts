import { type Decide, type Decision, decidePatient, decideStranger, type Rule } from './decide.ts';
import { Membership } from './membership.ts';
import type { PatientIndex } from './patient-index.ts';

/** What watches over a decision besides its rule. */
export type Watch = {
  /** In the place of decidePatient: only a test gives it, to see a broken guard stop itself. */
  readonly decide?: Decide;
  /** Keys of the made-up people whose decision is noted. */
  readonly canaries?: ReadonlySet<number>;
};

/** Decides on NHS numbers by one rule and one index, and notes whose data may leave: for releases and checks alike. */
export class NumberDecider {
  readonly membership: Membership;
  /** The ordinal of the patient last decided on; -1 for somebody who is not on the list. */
  ordinal = -1;
  private readonly decideListed: Decide;
  private readonly canaries: ReadonlySet<number> | undefined;

  constructor(
    private readonly rule: Rule,
    private readonly index: PatientIndex,
    { decide = decidePatient, canaries }: Watch = {},
  ) {
    this.membership = new Membership(index);
    this.decideListed = decide;
    this.canaries = canaries?.size ? canaries : undefined;
  }

  /** @param key as nhsNumberKey says */
  decide(key: number): Decision {
    const decision = this.decided(key);
    if (this.canaries?.has(key)) this.membership.noteCanary(key, decision === 'permit');
    return decision;
  }

  private decided(key: number): Decision {
    this.ordinal = key < 0 ? -1 : this.index.find(key);
    if (this.ordinal < 0) {
      const decision = decideStranger(this.rule, key);
      if (decision === 'permit' && key >= 0) this.membership.noteUnlisted(key);
      return decision;
    }
    const flags = this.index.flagsFor(this.ordinal, this.rule);
    const decision = this.decideListed(this.rule, flags);
    this.membership.note(this.ordinal, decision);
    return decision;
  }
}
