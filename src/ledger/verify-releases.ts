import { type AppliedRule, appliedRule } from './applied-rule.ts';
import type { JsonObject, LedgerAct } from './entry.ts';
import type { Frontier } from './frontier.ts';
import { InOrder } from './in-order.ts';
import { sameJson } from './jcs.ts';
import type { ActRow, LedgerReader, Problem, ReleaseRow } from './ledger-reader.ts';
import { letOutObjector, letOutOther, type WhatWasInForce } from './let-out.ts';
import { type AccountRules, type MemberDigests, WRONG_DIGEST } from './member-digests.ts';
import type { ReadEntry } from './read-entry.ts';
import { decidedEntry, endedEntry, endingOf, startedEntry } from './release-entry.ts';
import type { ExtractReplay } from './verify-extracts.ts';
import type { VersionReplay } from './verify-versions.ts';

/** What a release is held against: what was in force at its entry. */
export type InForce<A extends ActRow> = WhatWasInForce<A> & {
  readonly extracts: Pick<ExtractReplay<A>, 'whyNotAllowed'>;
  readonly versions: Pick<VersionReplay<A>, 'whyNotInForce'>;
};

type Counted = 'releases' | 'checks' | 'accounts';

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
    private readonly rules: Pick<AccountRules, 'isMember' | 'bitmapOf'>,
    private readonly digests: Pick<MemberDigests, 'has' | 'whyNot'>,
    private readonly inForce: InForce<A>,
    from = 0,
  ) {
    this.#rows = new InOrder(reader.releases(from), firstIndex);
  }

  /** Reads on as far as the releases of the entries before an index. */
  async reach(end: number): Promise<void> {
    await this.#rows.reach(end);
  }

  /** What was replayed, for a later check to go on from. */
  keep(): JsonObject {
    const open = [...this.#open].map(([id, { decided }]) => [id, decided]);
    const { releases, checks, accounts } = this;
    return { releases, checks, accounts, open: Object.fromEntries(open) };
  }

  /** Goes on from what was kept: those that had begun and not ended then are read by their names. */
  async resume(kept: JsonObject): Promise<string | undefined> {
    const { open, ...counts } = kept as Record<Counted, number> & { open: Record<string, boolean> };
    Object.assign(this, counts);
    for (const row of await this.reader.releasesNamed(Object.keys(open)))
      this.#open.set(row.id, { row, decided: open[row.id] ?? false });
    return this.#open.size === Object.keys(open).length ? undefined : 'a release that had begun is missing';
  }

  /** @param before the tree of all earlier entries */
  check(entry: ReadEntry, before: Frontier): string | undefined {
    if ((this.#rows.next() ?? entry.index) < entry.index)
      return 'before it there is a release without an entry';
    const row = this.#rows.take(entry.index);
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
    await this.#rows.reach(Number.MAX_SAFE_INTEGER);
    const left = this.#rows.next();
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
    const { accounts, releases } = await this.reader.counts();
    const entries = this.releases + this.checks;
    if (accounts !== this.accounts)
      return {
        index: null,
        what: `there are ${accounts} accounts of releases, and ${this.accounts} decisions`,
      };
    if (releases !== entries)
      return { index: null, what: `there are ${releases} releases and checks, and entries of ${entries}` };
    return undefined;
  }

  /** Holds the row of a release against one of its entries, whatever came before; see verify-share.ts. */
  whyNotAsSaid(entry: ReadEntry, row: ReleaseRow): string | undefined {
    if (entry.act === 'release-started') return whyNotBegun(entry, row);
    if (endingOf(entry.act) !== undefined) return whyNotEnded(entry, row);
    const notAsSaid = this.#whyNotDecided(entry, row, appliedRule(entry.data));
    return notAsSaid ?? (row.account === null || this.digests.has(row.account) ? undefined : WRONG_DIGEST);
  }

  #start(entry: ReadEntry, { row }: Open): string | undefined {
    this.releases += 1;
    return whyNotBegun(entry, row);
  }

  #decide(entry: ReadEntry, open: Open, before: Frontier): string | undefined {
    const { row } = open;
    const rule = appliedRule(entry.data);
    const notAsSaid =
      this.#whyNotDecided(entry, row, rule) ??
      (row.account === null ? undefined : this.digests.whyNot(entry.index, row.account));
    if (notAsSaid !== undefined || row.account === null || rule === undefined) return notAsSaid;
    const { applies } = rule;
    if (row.ledgerSize !== before.size || row.ledgerRoot !== Buffer.from(before.root()).toString('hex')) {
      return 'the ledger before it is not the one that it was decided on';
    }
    const members = this.rules.bitmapOf(row.account);
    const objector = letOutObjector(members, applies, this.rules.isMember, this.inForce);
    if (objector !== undefined) return objector;
    const notAllowed =
      this.inForce.extracts.whyNotAllowed(rule, applies, entry.at) ??
      this.inForce.versions.whyNotInForce(rule, entry.at);
    if (notAllowed !== undefined) return notAllowed;
    const left = { members, unlisted: row.account.unlisted };
    const other = letOutOther(left, rule, entry.at, this.rules.isMember, this.inForce);
    if (other !== undefined) return other;
    this.accounts += 1;
    open.decided = true;
    if (row.kind !== 'check') return undefined;
    this.checks += 1;
    this.#open.delete(row.id);
    return row.status === 'complete' ? undefined : 'the check is not complete';
  }

  #whyNotDecided(entry: ReadEntry, row: ReleaseRow, rule: AppliedRule | undefined): string | undefined {
    if (rule === undefined) return 'it does not say which objections were applied';
    if (row.account === null) return 'the account of whose data left is missing';
    const agrees =
      row.decidedIndex === entry.index &&
      says(entry, decidedEntry(row, row.account, rule.applies), row.decidedAt) &&
      isBy(entry, row);
    return agrees ? undefined : 'the release is not what it says';
  }

  #end(entry: ReadEntry, { row, decided }: Open): string | undefined {
    const notAsSaid = whyNotEnded(entry, row);
    if (notAsSaid !== undefined) return notAsSaid;
    const ending = endingOf(entry.act);
    if (decided !== isDecided(row)) return 'it ended a release before the entry that decided it';
    if (ending === 'complete' && !decided) return 'it completed a release that was never decided';
    this.#open.delete(row.id);
    return undefined;
  }
}

function whyNotBegun(entry: ReadEntry, row: ReleaseRow): string | undefined {
  const agrees =
    row.startedIndex === entry.index && says(entry, startedEntry(row), row.startedAt) && isBy(entry, row);
  return agrees ? undefined : 'the release is not what it says';
}

function whyNotEnded(entry: ReadEntry, row: ReleaseRow): string | undefined {
  const ending = endingOf(entry.act);
  const agrees =
    ending !== undefined &&
    row.status === ending &&
    says(entry, endedEntry(row.id, ending, row.reason), row.endedAt);
  return agrees ? undefined : 'the release did not end as it says';
}

function firstIndex({ startedIndex, decidedIndex }: ReleaseRow): number {
  return startedIndex ?? decidedIndex ?? -1;
}

function isDecided({ decidedIndex, account }: ReleaseRow): boolean {
  return decidedIndex !== null || account !== null;
}

export function isOfRelease(act: LedgerAct): boolean {
  return act === 'check-decided' || act.startsWith('release-');
}

function says(entry: ReadEntry, expected: { act: LedgerAct; data: JsonObject }, at: Date | null): boolean {
  return entry.act === expected.act && entry.at === at?.toISOString() && sameJson(entry.data, expected.data);
}

/** Whether the entry is of the key that sent the release. */
function isBy({ actor }: ReadEntry, { keyId }: ReleaseRow): boolean {
  return actor.kind === 'job' && actor.id === keyId;
}
