import { digestOf } from './digest-of.ts';
import { type Digested, DigestThread } from './digest-thread.ts';
import type { Problem } from './ledger-reader.ts';
import type { PatientRoll } from './patient-roll.ts';
import type { AccountRecord } from './release-entry.ts';

/** How the accounts of releases are written, which the ledger itself does not know. */
export type AccountRules = {
  /**
   * What the digest over the ids of whose data left is over, after the salt of the account: the lines of the patients of
   * each run of ordinals, then those of who is not on the list.
   */
  readonly piecesOfMembers: (
    members: Uint8Array,
    unlisted: Uint8Array,
  ) => {
    readonly runs: readonly { readonly from: number; readonly to: number }[];
    readonly unlistedLines: string;
  };
  readonly isMember: (members: Uint8Array, ordinal: number) => boolean;
  /** Everybody whose data left as one bitmap, however the account keeps them: what the others take. */
  readonly bitmapOf: (account: Pick<AccountRecord, 'members' | 'memberOrdinals'>) => Uint8Array;
};

/** What is longer, in bytes, is left to another thread: there a practice's whole list is digested for every release. */
const MUCH = 64 * 1_024;
/** How many stretches of entries the other thread may be behind. */
const MOST_BEHIND = 8;

export const WRONG_DIGEST = 'whose data left does not have the digest that it names';

type Batch = { readonly indexes: readonly number[]; readonly wrong: Promise<number> };

/**
 * Holds the digests over whose data left against the accounts. Long ones are found out about in another thread, later:
 * whoever has met something that does not hold has to `settle` first, since what came before it may be wrong as well.
 */
export class MemberDigests {
  #thread: DigestThread | undefined;
  #indexes: number[] = [];
  #queued: Digested[] = [];
  readonly #batches: Batch[] = [];

  constructor(
    private readonly rules: AccountRules,
    private readonly patients: PatientRoll,
  ) {}

  /** Whether an account has its digest. */
  has(account: AccountRecord): boolean {
    const { salt, unlisted, digest } = account;
    const { runs, unlistedLines } = this.rules.piecesOfMembers(this.rules.bitmapOf(account), unlisted);
    const lines = runs.map(({ from, to }) => this.patients.lines(from, to));
    return digestOf([salt, ...lines, unlistedLines]) === digest;
  }

  /** Says what is wrong with the account of an entry; or nothing, and `settle` will. */
  whyNot(index: number, account: AccountRecord): string | undefined {
    const members = this.rules.bitmapOf(account);
    const { runs, unlistedLines } = this.rules.piecesOfMembers(members, account.unlisted);
    const [first, last] = [runs[0]?.from ?? 0, runs.at(-1)?.to ?? 0];
    const most = this.patients.startOf(last) - this.patients.startOf(first);
    // Of somebody who is not on the list the other thread knows no line.
    if (most < MUCH || last > this.patients.size) return this.has(account) ? undefined : WRONG_DIGEST;
    const spans = new Uint32Array(2 * runs.length);
    runs.forEach(({ from, to }, at) => {
      spans[2 * at] = this.patients.startOf(from);
      spans[2 * at + 1] = this.patients.startOf(to);
    });
    this.#indexes.push(index);
    // A copy of its own: with what shares memory with others, all of that memory would go over.
    const before = Uint8Array.from(account.salt);
    this.#queued.push({ before, spans, after: unlistedLines, digest: account.digest });
    return undefined;
  }

  /**
   * Hands over what waits, and says which of those before was the first that is wrong.
   *
   * @param all whether to wait for every one; else only until the other thread is not far behind
   */
  async settle(all: boolean): Promise<Problem | undefined> {
    if (this.#queued.length > 0) {
      this.#thread ??= new DigestThread(this.patients.allLines());
      this.#batches.push({ indexes: this.#indexes, wrong: this.#thread.firstWrong(this.#queued) });
      this.#indexes = [];
      this.#queued = [];
    }
    while (this.#batches.length > (all ? 0 : MOST_BEHIND)) {
      const { indexes, wrong } = this.#batches.shift() as Batch;
      const index = indexes[await wrong];
      if (index !== undefined) return { index, what: WRONG_DIGEST };
    }
    return undefined;
  }

  async end(): Promise<void> {
    await this.#thread?.end();
    this.#thread = undefined;
  }
}
