import { londonDay } from '../day.ts';
import { aboutTen, type Size, sizeOf } from './public-numbers.ts';
import type { Register, RegisteredMonth, RegisteredRelease } from './register.ts';

/** A release or check as it is kept. */
export type ReleaseFact = {
  readonly id: string;
  readonly extractId: string;
  readonly version: number;
  readonly status: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** The ledger index of its decision; null: not decided. */
  readonly decidedIndex: number | null;
  readonly countOut: number | null;
};

export type ReleaseFacts = {
  /** The register published last, with the ledger index of its entry; null: this is the first. */
  readonly before: { readonly ledgerIndex: number; readonly register: Register } | null;
  /**
   * Releases, without checks: those of which the register tells one by one, those decided since the register before, and
   * those that ended in a month which is new; more do no harm.
   */
  readonly releases: readonly ReleaseFact[];
  /** How many checks were decided, by extract, in each month (YYYY-MM) that is over and not in the register before. */
  readonly checks: readonly { readonly month: string; readonly extractId: string; readonly count: number }[];
  /** The months that are over and not in the register before. */
  readonly newMonths: readonly string[];
};

type Made = {
  readonly releases: RegisteredRelease[];
  readonly months: RegisteredMonth[];
  /** The size that the last decided release of each extract was told to have. */
  readonly sizes: ReadonlyMap<string, Size>;
};

/** What the register tells of releases. Of checks it tells by month only: each may be one patient. */
export function makeReleases(facts: ReleaseFacts, from: string): Made {
  const { before, releases } = facts;
  const since = before?.ledgerIndex ?? -1;
  const sizes = new Map<string, Size>();
  for (const { id, size } of before?.register.extracts ?? []) if (size !== null) sizes.set(id, size);
  const known = new Map(before?.register.releases.map(({ id, size }) => [id, size]));
  const decided = releases
    .flatMap((one) =>
      one.decidedIndex !== null && one.decidedIndex > since ? [{ ...one, at: one.decidedIndex }] : [],
    )
    .sort((one, other) => one.at - other.at);
  for (const { id, extractId, countOut } of decided) {
    const size = sizeOf(countOut ?? 0, sizes.get(extractId) ?? null);
    sizes.set(extractId, size);
    known.set(id, size);
  }
  const shown = releases
    .filter(({ startedAt }) => londonDay(startedAt) >= from)
    .sort(
      (one, other) => other.startedAt.getTime() - one.startedAt.getTime() || (one.id < other.id ? -1 : 1),
    );
  return {
    sizes,
    releases: shown.map((one) => {
      const status = one.status === 'started' ? 'running' : one.status;
      // Of one that is decided and still runs the size is kept, for the next register to tell.
      const size = status === 'failed' ? null : (known.get(one.id) ?? null);
      const { id, extractId: extract, version } = one;
      return { id, extract, version, day: londonDay(one.startedAt), status, size };
    }),
    months: [...(before?.register.months ?? []), ...newMonths(facts)],
  };
}

function newMonths({ releases, checks, newMonths: months }: ReleaseFacts): RegisteredMonth[] {
  const ended = releases.flatMap((one) =>
    one.endedAt === null ? [] : [{ ...one, month: londonDay(one.endedAt).slice(0, 7) }],
  );
  return months.flatMap((month) => {
    const here = ended.filter((one) => one.month === month);
    const asked = checks.filter((one) => one.month === month);
    const ids = new Set([...here, ...asked].map(({ extractId }) => extractId));
    return [...ids].sort().map((extract) => {
      const own = here.filter(({ extractId }) => extractId === extract);
      const failed = own.filter(({ status }) => status === 'failed').length;
      const count = asked.find(({ extractId }) => extractId === extract)?.count ?? 0;
      return { month, extract, releases: own.length - failed, failed, checks: aboutTen(count) };
    });
  });
}
