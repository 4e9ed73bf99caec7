import { createHash } from 'node:crypto';
import { nhsNumberOfKey } from '../patients/nhs-number.ts';
import { type Decision, type Reason, reasons } from './decide.ts';
import type { Numbers } from './end-rules.ts';
import { NumberTable } from './number-table.ts';
import type { PatientIndex } from './patient-index.ts';
import { encodeWithheld, withheldOf } from './withheld-list.ts';

/** Whose data left in a release, as the account keeps it. Nothing in it changes once it was written. */
export type Account = {
  /** A bit for each patient ordinal, permitted or not: ordinal `n` is bit `n % 8`, of value `2 ** (n % 8)`, of byte `n / 8`. */
  readonly members: Uint8Array;
  /** Direct care only: the NHS numbers that left and are not on the list, ten digits each, ascending, nothing between. */
  readonly unlisted: Uint8Array;
  /** Each patient withheld, with the reason's code: src/guard/withheld-list.ts says how. */
  readonly withheld: Uint8Array;
  /** 16 random bytes, so that nobody who knows the digest can test a guess at who left. */
  readonly salt: Uint8Array;
  /** In hexadecimal: see {@link digestOfMembers}. */
  readonly digest: string;
};

/** What is noted on a patient: nothing yet, that their data left, or else why it did not. */
export const UNSEEN = 0;
export const PERMITTED = 1;

/** The reason noted on a patient who was not permitted. */
export function reasonNoted(noted: number): Reason {
  return reasons[noted - PERMITTED - 1] as Reason;
}

/** Collects, while a release is decided, what becomes of each patient. */
export class Membership {
  private readonly decisions: Uint8Array;
  private readonly unlisted = new NumberTable();
  private readonly canaries = new Map<number, boolean>();

  constructor(private readonly index: PatientIndex) {
    this.decisions = new Uint8Array(index.size);
  }

  /** Notes the decision on a patient of the list; the last one counts. */
  note(ordinal: number, decision: Decision): void {
    this.decisions[ordinal] = decision === 'permit' ? PERMITTED : PERMITTED + codeOf(decision);
  }

  /** What was noted last on a patient of the list: UNSEEN, PERMITTED, or a number that {@link reasonNoted} knows. */
  noted(ordinal: number): number {
    return this.decisions[ordinal] as number;
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

  /** Ordinals of those permitted so far, ascending. */
  permitted(): number[] {
    const ordinals: number[] = [];
    for (let at = this.decisions.indexOf(PERMITTED); at >= 0; at = this.decisions.indexOf(PERMITTED, at + 1))
      ordinals.push(at);
    return ordinals;
  }

  /**
   * The account of it, in which patients who share a number share what became of it. Whom the national opt-out held
   * back is not in it: only their count may be kept.
   */
  account(salt: Buffer): Account {
    const members = Buffer.alloc(Math.ceil(this.decisions.length / 8));
    const withheld = new Uint8Array(this.decisions.length);
    const unnamed = PERMITTED + codeOf('national-opt-out');
    for (let first = 0; first < this.decisions.length; first++) {
      const decision = this.decisions[first] as number;
      if (decision === UNSEEN || decision === unnamed) continue;
      for (const ordinal of this.index.sharersOf(first)) {
        if (decision === PERMITTED)
          members[ordinal >> 3] = (members[ordinal >> 3] ?? 0) | (1 << (ordinal & 7));
        else withheld[ordinal] = decision - PERMITTED;
      }
    }
    const unlisted = Buffer.from([...this.unlisted.keys()].map(nhsNumberOfKey).join(''), 'latin1');
    const digest = digestOfMembers(
      salt,
      members,
      unlisted,
      linesBy((ordinal) => this.index.idOf(ordinal)),
    );
    return { members, unlisted, withheld: encodeWithheld(withheld), salt, digest };
  }
}

/**
 * The digest that the ledger holds of those whose data left: SHA-256 over the salt; then, for each member in the
 * order of ordinals, the patient's id (UUID, lower case) and a line feed; then, for each unlisted number in ascending
 * order, its ten digits and a line feed.
 *
 * @param linesOf the ids of the patients from one ordinal up to, but not including, another, each with its line feed
 * @returns hexadecimal
 */
export function digestOfMembers(
  salt: Uint8Array,
  members: Uint8Array,
  unlisted: Uint8Array,
  linesOf: (from: number, to: number) => string | Uint8Array,
): string {
  const hash = createHash('sha256').update(salt);
  for (const { from, to } of runsOf(members)) hash.update(linesOf(from, to));
  for (const number of unlistedOf(unlisted)) hash.update(`${number}\n`);
  return hash.digest('hex');
}

/** The lines of a digest, from the ids one by one. */
export const linesBy =
  (idOf: (ordinal: number) => string) =>
  (from: number, to: number): string => {
    let lines = '';
    for (let ordinal = from; ordinal < to; ordinal++) lines += `${idOf(ordinal)}\n`;
    return lines;
  };

/** The stretches of members who stand side by side: most patients leave, so these are few. `to` is not in it. */
function* runsOf(members: Uint8Array): Iterable<{ from: number; to: number }> {
  const end = members.length * 8;
  let from = -1;
  for (let ordinal = 0; ordinal < end; ) {
    const byte = members[ordinal >> 3];
    // Eight at once, where all or none of them are in it.
    const isWhole = (ordinal & 7) === 0 && (byte === 0 || byte === 0xff);
    if (isMember(members, ordinal)) {
      if (from < 0) from = ordinal;
    } else if (from >= 0) {
      yield { from, to: ordinal };
      from = -1;
    }
    ordinal += isWhole ? 8 : 1;
  }
  if (from >= 0) yield { from, to: end };
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
  return (
    Buffer.from(unlisted)
      .toString('latin1')
      .match(/\d{10}/g) ?? []
  );
}

/** 1 for the first of the reasons. */
function codeOf(reason: Reason): number {
  return reasons.indexOf(reason) + 1;
}

/** How many patients an account lets leave, and how many it withholds. */
export function numbersOf({ members, withheld }: Pick<Account, 'members' | 'withheld'>): Numbers {
  let [permitted, held] = [0, 0];
  for (const _ of membersOf(members)) permitted++;
  for (const _ of withheldOf(withheld)) held++;
  return { permitted, withheld: held };
}
