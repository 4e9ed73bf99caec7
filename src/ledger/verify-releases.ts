import { z } from 'zod';
import { canonicalJson, type JsonObject, type LedgerAct } from './entry.ts';
import type { Frontier } from './frontier.ts';
import { InOrder } from './in-order.ts';
import type { ActRow, LedgerReader, Problem, ReleaseRow } from './ledger-reader.ts';
import type { PatientRoll } from './patient-roll.ts';
import type { ReadEntry } from './read-entry.ts';
import { type AccountRecord, decidedEntry, endedEntry, endingOf, startedEntry } from './release-entry.ts';
import type { ConsentReplay } from './verify-consents.ts';
import type { ExtractReplay } from './verify-extracts.ts';
import type { ObjectionReplay } from './verify-objections.ts';
import type { VersionReplay } from './verify-versions.ts';

/** How the accounts of releases are written, which the ledger itself does not know. */
export type AccountRules = {
  /** The digest over the ids of whose data left, from an account. */
  readonly digestOfMembers: (
    salt: Uint8Array,
    members: Uint8Array,
    unlisted: Uint8Array,
    idOf: (ordinal: number) => string,
  ) => string;
  readonly isMember: (members: Uint8Array, ordinal: number) => boolean;
};

const applied = z.looseObject({
  extract: z.string(),
  version: z.int(),
  applies: z.strictObject({
    type1: z.boolean(),
    type2: z.boolean(),
    consent: z.literal(true).exactOptional(),
  }),
});

/** What a release is held against: what was in force at its entry. */
export type InForce<A extends ActRow> = {
  readonly objections: Pick<ObjectionReplay<A>, 'inForce'>;
  readonly extracts: Pick<ExtractReplay<A>, 'whyNotAllowed'>;
  readonly consents: Pick<ConsentReplay<A>, 'isInForce'>;
  readonly versions: Pick<VersionReplay<A>, 'whyNotInForce'>;
};

/** A release that began and has not ended, at the entry that the replay has come to. */
type Open = { readonly row: ReleaseRow; decided: boolean };

/** Holds releases, checks and their accounts against the entries, and each against the objections in force at it. */
export class ReleaseReplay<A extends ActRow> {
  readonly #rows: InOrder<ReleaseRow>;
  readonly #open = new Map<string, Open>();
  releases = 0;
  checks = 0;
  accounts = 0;

  constructor(
    private readonly reader: LedgerReader<A>,
    private readonly rules: AccountRules,
    private readonly patients: PatientRoll,
    private readonly inForce: InForce<A>,
  ) {
    this.#rows = new InOrder(reader.releases(), firstIndex);
  }

  /** @param before the tree of all earlier entries */
  async check(entry: ReadEntry, before: Frontier): Promise<string | undefined> {
    if (((await this.#rows.next()) ?? entry.index) < entry.index)
      return 'before it there is a release without an entry';
    const row = await this.#rows.take(entry.index);
    if (row !== undefined) this.#open.set(row.id, { row, decided: false });
    const open = this.#open.get(String(entry.data.release));
    if (row !== undefined && open?.row !== row)
      return 'a release refers to it, and it speaks of something else';
    if (!isOfRelease(entry.act)) return undefined;
    if (open === undefined) return `the release that it speaks of is missing: ${String(entry.data.release)}`;
    if (entry.act === 'release-started') return this.#start(entry, open);
    return endingOf(entry.act) === undefined ? this.#decide(entry, open, before) : this.#end(entry, open);
  }

  /** After the last entry: no release is left over, and those that have not ended say so. */
  async finish(): Promise<Problem | undefined> {
    const left = await this.#rows.next();
    if (left !== undefined)
      return { index: left, what: 'a release refers to it, and there is no such entry' };
    for (const { row, decided } of this.#open.values()) {
      const index = firstIndex(row);
      if (row.status !== 'started' || row.endedAt !== null) {
        return { index, what: 'the release that it speaks of has ended, and no entry says so' };
      }
      if (decided !== isDecided(row))
        return { index, what: 'the release that it speaks of was decided, and no entry says so' };
    }
    const accounts = await this.reader.accounts();
    if (accounts === this.accounts) return undefined;
    return {
      index: null,
      what: `there are ${accounts} accounts of releases, and ${this.accounts} decisions`,
    };
  }

  #start(entry: ReadEntry, { row }: Open): string | undefined {
    this.releases += 1;
    const agrees =
      row.startedIndex === entry.index && says(entry, startedEntry(row), row.startedAt) && isBy(entry, row);
    return agrees ? undefined : 'the release is not what it says';
  }

  #decide(entry: ReadEntry, open: Open, before: Frontier): string | undefined {
    const { row } = open;
    const rule = applied.safeParse(entry.data);
    if (!rule.success) return 'it does not say which objections were applied';
    if (row.account === null) return 'the account of whose data left is missing';
    const { applies } = rule.data;
    const agrees =
      row.decidedIndex === entry.index &&
      says(entry, decidedEntry(row, row.account, applies), row.decidedAt) &&
      isBy(entry, row);
    if (!agrees) return 'the release is not what it says';
    if (row.ledgerSize !== before.size || row.ledgerRoot !== Buffer.from(before.root()).toString('hex')) {
      return 'the ledger before it is not the one that it was decided on';
    }
    if (this.#digestOf(row.account) !== row.account.digest)
      return 'whose data left does not have the digest that it names';
    if (applies.type1 && this.#letOut(row.account, 'type-1'))
      return `${LET_OUT} type 1 objection was in force`;
    if (applies.type2 && this.#letOut(row.account, 'type-2'))
      return `${LET_OUT} type 2 objection was in force`;
    const notAllowed =
      this.inForce.extracts.whyNotAllowed(rule.data, applies, entry.at) ??
      this.inForce.versions.whyNotInForce(rule.data, entry.at);
    if (notAllowed !== undefined) return notAllowed;
    if (applies.consent && this.#letOutWithoutConsent(row.account, rule.data.extract))
      return 'it let out a patient who had not consented';
    this.accounts += 1;
    open.decided = true;
    if (row.kind !== 'check') return undefined;
    this.checks += 1;
    this.#open.delete(row.id);
    return row.status === 'complete' ? undefined : 'the check is not complete';
  }

  #end(entry: ReadEntry, { row, decided }: Open): string | undefined {
    const ending = endingOf(entry.act);
    if (
      ending === undefined ||
      row.status !== ending ||
      !says(entry, endedEntry(row.id, ending, row.reason), row.endedAt)
    ) {
      return 'the release did not end as it says';
    }
    if (decided !== isDecided(row)) return 'it ended a release before the entry that decided it';
    if (ending === 'complete' && !decided) return 'it completed a release that was never decided';
    this.#open.delete(row.id);
    return undefined;
  }

  #digestOf({ salt, members, unlisted }: AccountRecord): string {
    return this.rules.digestOfMembers(
      salt,
      members,
      unlisted,
      (ordinal) => this.patients.idOf(ordinal) ?? '',
    );
  }

  /** Somebody who is not on the list cannot have consented either. */
  #letOutWithoutConsent({ members, unlisted }: AccountRecord, extractId: string): boolean {
    if (unlisted.length > 0) return true;
    for (let ordinal = 0; ordinal < members.length * 8; ordinal += 1)
      if (this.rules.isMember(members, ordinal) && !this.inForce.consents.isInForce(extractId, ordinal))
        return true;
    return false;
  }

  #letOut({ members }: AccountRecord, type: string): boolean {
    for (const ordinal of this.inForce.objections.inForce(type))
      if (this.rules.isMember(members, ordinal)) return true;
    return false;
  }
}

const LET_OUT = 'it let out a patient whose';

/** Whether what a check found is that a release let out somebody who had objected. */
export const saysLetOut = (what: string): boolean => what.includes(LET_OUT);

function firstIndex({ startedIndex, decidedIndex }: ReleaseRow): number {
  return startedIndex ?? decidedIndex ?? -1;
}

function isDecided({ decidedIndex, account }: ReleaseRow): boolean {
  return decidedIndex !== null || account !== null;
}

function isOfRelease(act: LedgerAct): boolean {
  return act === 'check-decided' || act.startsWith('release-');
}

function says(entry: ReadEntry, expected: { act: LedgerAct; data: JsonObject }, at: Date | null): boolean {
  return (
    entry.act === expected.act &&
    entry.at === at?.toISOString() &&
    canonicalJson(entry.data) === canonicalJson(expected.data)
  );
}

/** Whether the entry is of the key that sent the release. */
function isBy({ actor }: ReadEntry, { keyId }: ReleaseRow): boolean {
  return actor.kind === 'job' && actor.id === keyId;
}
