import { type Decision, type Reason, type Rule, reasons } from './decide.ts';
import { PeopleDecider, type Watch } from './decide-people.ts';
import { codeOf, type Membership, PERMITTED } from './membership.ts';
import type { PatientIndex } from './patient-index.ts';

/** What becomes of a number that was asked about; AGAIN: permitted, and it stands further in front already. */
export const WITHHELD = 0;
export const PERMIT = 1;
export const AGAIN = 2;

/** Decides on NHS numbers one by one, as on rows that name nobody else, and notes whose data may leave. */
export class NumberDecider {
  private readonly people: PeopleDecider;
  /** What was decided by the same rule on patients of the index before; none where something watches each decision. */
  private readonly known: Uint8Array | undefined;

  constructor(
    rule: Rule,
    private readonly index: PatientIndex,
    watch: Watch = {},
  ) {
    this.people = new PeopleDecider(rule, index, watch, true);
    const isWatched = watch.decide !== undefined || (watch.canaries?.size ?? 0) > 0;
    this.known = isWatched ? undefined : index.decidedBy(rule);
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

  /**
   * The same for many, of which nearly all were decided on before by the same rule and index.
   *
   * @returns for each WITHHELD, PERMIT or AGAIN; how many were permitted, and the reasons of those withheld, counted
   */
  decideAll(keys: Int32Array): DecidedAll {
    const { index, membership, known } = this;
    const answers = new Uint8Array(keys.length);
    const counts = new Uint32Array(PERMITTED + reasons.length + 1);
    const strangers = new Set<number>();
    const ordinals = index.findAll(keys);
    for (let place = 0; place < keys.length; place++) {
      const key = keys[place] as number;
      const ordinal = ordinals[place] as number;
      const isAgain = ordinal < 0 ? strangers.has(key) : membership.noted(ordinal) === PERMITTED;
      let code = ordinal < 0 || known === undefined ? 0 : (known[ordinal] as number);
      if (code > 0) membership.noteCode(ordinal, code);
      else {
        const decision = this.decide(key);
        // What is no number cannot be named in an answer, not even for direct care.
        code = codeOf(decision === 'permit' && key < 0 ? 'invalid-nhs-number' : decision);
        if (ordinal < 0) strangers.add(key);
        else if (known !== undefined) known[ordinal] = code;
      }
      if (code === PERMITTED) answers[place] = isAgain ? AGAIN : PERMIT;
      counts[code] = (counts[code] as number) + 1;
    }
    return { answers, permitted: counts[PERMITTED] as number, reasons: byReason(counts) };
  }
}

type DecidedAll = {
  readonly answers: Uint8Array;
  readonly permitted: number;
  readonly reasons: Partial<Record<Reason, number>>;
};

function byReason(counts: Uint32Array): Partial<Record<Reason, number>> {
  const named = reasons.map((reason) => [reason, counts[codeOf(reason)] as number] as const);
  return Object.fromEntries(named.filter(([, count]) => count > 0));
}
