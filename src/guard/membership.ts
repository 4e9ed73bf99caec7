import { nhsNumberOfKey } from '../patients/nhs-number.ts';
import { type Decision, type Reason, reasons } from './decide.ts';
import type { Numbers } from './end-rules.ts';
import { accountOfFew } from './few-account.ts';
import { digestingMembers } from './members-digest.ts';
import { bitmapOf } from './members-list.ts';
import { NotedFew } from './noted-few.ts';
import { NumberTable } from './number-table.ts';
import type { PatientIndex } from './patient-index.ts';
import { atOnce, SLICE, type Sliced } from './slices.ts';
import { encodingWithheld, withheldOf } from './withheld-list.ts';

/** Whose data left in a release, as the account keeps it. Nothing in it changes once it was written. */
export type Account = {
  /** A bit for each patient ordinal, permitted or not: ordinal `n` is bit `n % 8`, of value `2 ** (n % 8)`, of byte `n / 8`. */
  readonly members: Uint8Array;
  /** More of whose data left: members-list.ts says how, and gives all of them. Null: there was no such list yet. */
  readonly memberOrdinals: Uint8Array | null;
  /** Direct care only: the NHS numbers that left and are not on the list, ten digits each, ascending, nothing between. */
  readonly unlisted: Uint8Array;
  /** Each patient withheld, with the reason's code: src/guard/withheld-list.ts says how. */
  readonly withheld: Uint8Array;
  /** 16 random bytes, so that nobody who knows the digest can test a guess at who left. */
  readonly salt: Uint8Array;
  /** In hexadecimal: see members-digest.ts. */
  readonly digest: string;
};

/** What is noted on a patient: nothing yet; that their data left, or else why it did not. */
export const UNSEEN = 0;
/** What is decided on a patient, as one number: this, or one of the numbers above it for a reason to withhold. */
export const PERMITTED = 1;

/** The largest such number. */
export const MOST_DECISION = PERMITTED + reasons.length;

/** Of whom only the count may be kept. */
export const UNNAMED = codeOf('national-opt-out');

export function codeOf(decision: Decision): number {
  return decision === 'permit' ? PERMITTED : PERMITTED + reasonCode(decision);
}

/** The reason noted on a patient who was not permitted. */
export function reasonNoted(noted: number): Reason {
  return reasons[noted - PERMITTED - 1] as Reason;
}

/** Collects, while a release is decided, what becomes of each patient. */
export class Membership {
  /** By ordinal; empty where few are noted. */
  private decisions: Uint8Array;
  private readonly few: NotedFew | undefined;
  private readonly unlisted = new NumberTable();
  private readonly canaries = new Map<number, boolean>();

  /** @param isOfFew whether it is of a check, whose costs are to be by how many are asked about; then its account ends it */
  constructor(
    private readonly index: PatientIndex,
    isOfFew = false,
  ) {
    this.few = isOfFew ? new NotedFew(index.size) : undefined;
    this.decisions = new Uint8Array(isOfFew ? 0 : index.size);
  }

  /**
   * Goes on in other memory, where a kernel reads what is noted, and notes.
   *
   * @param memory as long as there are ordinals, at a place that four divides
   */
  moveTo(memory: Uint8Array): void {
    if (this.few !== undefined) throw new Error('A kernel notes many');
    memory.set(this.decisions);
    this.decisions = memory;
  }

  /** Notes the decision on a patient of the list; the last one counts. */
  note(ordinal: number, decision: Decision): void {
    this.noteCode(ordinal, codeOf(decision));
  }

  /** The same for a decision that is a number already. */
  noteCode(ordinal: number, code: number): void {
    if (this.few !== undefined) this.few.note(ordinal, code);
    else this.decisions[ordinal] = code;
  }

  /** What was noted last on a patient of the list: UNSEEN, PERMITTED, or a number that {@link reasonNoted} knows. */
  noted(ordinal: number): number {
    return this.few === undefined ? (this.decisions[ordinal] as number) : this.few.noted(ordinal);
  }

  /** Notes that the data of somebody left who is not on the list. */
  noteUnlisted(key: number): void {
    this.unlisted.add(key, 0);
  }

  /** Notes what became of a made-up patient of the clinical system; permitted once is permitted. */
  noteCanary(key: number, isPermitted: boolean): void {
    this.canaries.set(key, this.canaries.get(key) === true || isPermitted);
  }

  /** The keys of those noted, each with whether it was permitted. */
  canariesSeen(): ReadonlyMap<number, boolean> {
    return this.canaries;
  }

  /**
   * Forgets those who were permitted and whose rows were all taken out for the sake of others named in them.
   *
   * @param left the ordinals in the rows that are left
   */
  forgetAllBut(left: ReadonlySet<number>): void {
    this.decisions.forEach((decision, ordinal) => {
      if (decision === PERMITTED && !left.has(ordinal)) this.decisions[ordinal] = UNSEEN;
    });
  }

  /** Ordinals of those permitted so far, ascending. Of few, nobody can be noted after it. */
  *permitted(): Iterable<number> {
    if (this.few !== undefined) {
      const { ordinals, codes } = this.few.done();
      for (let n = 0; n < ordinals.length; n++) if (codes[n] === PERMITTED) yield ordinals[n] as number;
      return;
    }
    for (let at = this.decisions.indexOf(PERMITTED); at >= 0; at = this.decisions.indexOf(PERMITTED, at + 1))
      yield at;
  }

  /**
   * The account of it, in which patients who share a number share what became of it. Whom the national opt-out held
   * back is not in it: only their count may be kept.
   */
  account(salt: Buffer): Account {
    return atOnce(this.accounting(salt));
  }

  /** The same in slices, between which nothing may be noted. */
  *accounting(salt: Buffer): Sliced<Account> {
    const { decisions, index } = this;
    const unlisted = Buffer.from([...this.unlisted.keys()].map(nhsNumberOfKey).join(''), 'latin1');
    if (this.few !== undefined) return accountOfFew(this.few.done(), index, salt, unlisted);
    const members = Buffer.alloc(Math.ceil(decisions.length / 8));
    const withheld = new Uint8Array(decisions.length);
    const note = (ordinal: number, decision: number) => {
      if (decision === PERMITTED)
        members[ordinal >> 3] = (members[ordinal >> 3] as number) | (1 << (ordinal & 7));
      else if (decision !== UNSEEN && decision !== UNNAMED) withheld[ordinal] = decision - PERMITTED;
    };
    for (let ordinal = 0; ordinal < decisions.length; ordinal++) {
      if (ordinal % SLICE === 0 && ordinal > 0) yield;
      note(ordinal, decisions[ordinal] as number);
    }
    for (const first of index.shared())
      for (const sharer of index.sharersOf(first)) note(sharer, decisions[first] as number);
    const linesOf = (from: number, to: number) => index.linesOfIds(from, to);
    const digest = yield* digestingMembers(salt, members, unlisted, linesOf);
    const list = yield* encodingWithheld(withheld);
    return { members, memberOrdinals: null, unlisted, withheld: list, salt, digest };
  }
}

/** Whether a patient's data left. */
export function isMember(members: Uint8Array, ordinal: number): boolean {
  return (((members[ordinal >> 3] ?? 0) >> (ordinal & 7)) & 1) === 1;
}

/** The ordinals of everybody whose data left, ascending. */
export function* membersOf(members: Uint8Array): Iterable<number> {
  for (let byte = 0; byte < members.length; byte++) {
    if (members[byte] === 0) continue;
    for (let bit = 0; bit < 8; bit++) if (isMember(members, byte * 8 + bit)) yield byte * 8 + bit;
  }
}

/** The NHS numbers in an account's `unlisted`. */
export function unlistedOf(unlisted: Uint8Array): string[] {
  if (unlisted.length === 0) return [];
  return (
    Buffer.from(unlisted)
      .toString('latin1')
      .match(/\d{10}/g) ?? []
  );
}

/** 1 for the first of the reasons. */
function reasonCode(reason: Reason): number {
  return reasons.indexOf(reason) + 1;
}

/** How many patients an account lets leave, and how many it withholds. */
export function numbersOf(account: Pick<Account, 'members' | 'memberOrdinals' | 'withheld'>): Numbers {
  let [permitted, held] = [0, 0];
  for (const byte of bitmapOf(account)) for (let bits = byte; bits > 0; bits &= bits - 1) permitted++;
  for (const _ of withheldOf(account.withheld)) held++;
  return { permitted, withheld: held };
}
