import type { Committed, Decision, ReleaseStore, Running } from '../guard/release-store.ts';
import { nextTurn } from '../guard/shared-reads.ts';
import { appendDecision, type Decided } from './commit-decision.ts';
import type { Database } from './database.ts';
import { addedChecks } from './known-practices.ts';
import { rowsBy } from './many-rows.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';
import { isUnavailable } from './unavailable.ts';

type Check = { readonly check: Running; readonly decision: Decision };
type Waiting = Check & {
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: unknown) => void;
};

/** The account of a check of very many is some kilobytes, and those of a group are all in one statement. */
const MOST_AT_ONCE = 128;
/**
 * How many turns of the event loop without another check say that no more come for now. The body of a check of 10,000
 * numbers arrives in three pieces, each in a turn of its own: with fewer turns than this, groups were half as large.
 */
const TURNS = 8;

/**
 * Commits checks of a practice together: all that have come until a transaction begins share it, for what costs is the
 * disk and the lock, not the check. Each has its own entry, row and account, as if it were alone, and is answered when
 * they are committed. When a transaction fails though the database answers, its checks are tried one by one: a bad one fails no other.
 */
export function checkGroups(database: Database): ReleaseStore['decideCheck'] {
  const waiting = new Map<string, Waiting[]>();

  /** Those of a practice that wait now; who comes later waits for the next transaction. */
  const take = (practiceId: string): Waiting[] => {
    const all = waiting.get(practiceId) ?? [];
    const group = all.splice(0, MOST_AT_ONCE);
    if (all.length === 0) waiting.delete(practiceId);
    else void commitNext(practiceId);
    return group;
  };

  const commitNext = async (practiceId: string): Promise<void> => {
    let group: Waiting[] | undefined;
    await untilNoMoreCome(() => waiting.get(practiceId)?.length ?? 0);
    try {
      const { committed, known, added } = await changePractice(database, practiceId, (change) => {
        // Only when the lock is held; a transaction that had to be tried again has the same.
        group ??= take(practiceId);
        return commitChecks(change, database, group);
      });
      database.known.keep(practiceId, known, added);
      for (const [place, { resolve }] of (group ?? []).entries()) resolve(committed[place] as Committed);
    } catch (error) {
      const failed = group ?? take(practiceId);
      if (failed.length === 1 || isUnavailable(error)) for (const { reject } of failed) reject(error);
      else for (const one of failed) await commitAlone(practiceId, one);
    }
  };

  const commitAlone = async (practiceId: string, { resolve, reject, ...one }: Waiting): Promise<void> => {
    const alone = changePractice(database, practiceId, (change) => commitChecks(change, database, [one]));
    await alone.then(({ committed }) => resolve(committed[0] as Committed), reject);
  };

  return (check, decision) =>
    new Promise((resolve, reject) => {
      const { practiceId } = check;
      const all = waiting.get(practiceId) ?? [];
      waiting.set(practiceId, all);
      if (all.push({ check, decision, resolve, reject }) === 1) void commitNext(practiceId);
    });
}

/** Waits while more come with each turn of the event loop: on SQLite nothing comes while a transaction runs. */
async function untilNoMoreCome(count: () => number): Promise<void> {
  for (let before = -1; count() > before && count() < MOST_AT_ONCE; ) {
    before = count();
    for (let turn = 0; turn < TURNS; turn++) await nextTurn();
  }
}

async function commitChecks(
  change: PracticeChange,
  { known: practices, kind, within }: Database,
  checks: readonly Check[],
) {
  const known = practices.under(change);
  const committed: Committed[] = [];
  const decided: (Check & { rows: Decided })[] = [];
  for (const { check, decision } of checks) {
    const rows = await appendDecision(change, check, 'check', decision, known);
    committed.push(rows.ok ? { ok: true, ledger: rows.ledger } : rows);
    if (rows.ok) decided.push({ check, decision, rows });
  }
  const done = { committed, known, added: addedChecks(change) };
  if (decided.length === 0) return done;
  const many = rowsBy(within(change.tx), kind);
  await many.insert(
    'Release',
    decided.map(({ check, decision: { at }, rows }) => {
      return { ...check, ...rows.columns, status: 'complete', leaseUntil: at, endedAt: at };
    }),
  );
  await many.insert(
    'ReleaseAccount',
    decided.map(({ rows }) => rows.account),
  );
  return done;
}
