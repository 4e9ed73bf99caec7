import { addDays, londonDay } from '../day.ts';
import type { ActRow, LedgerReader } from './ledger-reader.ts';
import { MARK_FORMAT, type Mark } from './mark.ts';
import type { Rules } from './replays.ts';
import { type Beginning, type Verified, verifyFrom } from './verify.ts';
import { SHARES } from './verify-share.ts';

/** Where the mark of a practice's last good check is kept: sealed, so that nobody who edits the database can write one. */
export interface Marks {
  /** `not-ours`: there is one, and this app did not seal it for this practice. */
  read(practiceId: string): Promise<Mark | 'none' | 'not-ours'>;
  keep(practiceId: string, mark: Mark, at: Date): Promise<void>;
}

/** What a check found, and what it was of. */
export type LedgerCheck = {
  readonly verified: Verified;
  /** The first entry that was new; null: the whole ledger was checked. */
  readonly fromIndex: number | null;
  /** When the whole ledger was last checked before this one; null: it was checked now. */
  readonly wholeAt: Date | null;
  /** Why all of it was, when a part would have done. */
  readonly whyWhole: string | null;
};

/** The whole ledger is checked when the last time is as many days ago. */
const WHOLE_EVERY_DAYS = 7;
const DAY = 86_400_000;

/** What a check works with: the ledger as of one moment, and where its mark is. */
export type CheckParts<A extends ActRow> = {
  readonly marks: Marks;
  readonly rules: Rules<A>;
  /** Runs work on everything that the ledger can be derived from. */
  readonly read: <T>(work: (reader: LedgerReader<A>) => Promise<T>) => Promise<T>;
};

/**
 * The check of the night: goes on from what the last one kept, where that is this app's own, fits, and the whole ledger
 * was checked in the last seven days. Whatever does not hold in it is only said after a check of the whole ledger, which
 * knows where and what; and only what such a check, or one that goes on from it, found right counts as right.
 */
export async function checkLedger<A extends ActRow>(
  { marks, rules, read }: CheckParts<A>,
  practiceId: string,
  beginning: Pick<Beginning, 'elsewhere' | 'progress'>,
  now: Date,
): Promise<LedgerCheck> {
  const mark = await marks.read(practiceId);
  const whyWhole = typeof mark === 'string' ? whyNoMark[mark] : whyNotFrom(mark, now);
  if (typeof mark === 'string' || whyWhole !== undefined)
    return checkWhole({ marks, rules, read }, practiceId, beginning, now, whyWhole || null);
  const since = { mark, share: shareOf(now) };
  const { verified, kept } = await read((reader) => verifyFrom(reader, rules, { ...beginning, since }));
  if (!verified.ok || kept === undefined) {
    const why = verified.ok ? '' : `since the last check it does not fit: ${verified.what}`;
    return checkWhole({ marks, rules, read }, practiceId, beginning, now, why);
  }
  await marks.keep(practiceId, { ...kept, wholeAt: mark.wholeAt }, now);
  return { verified, fromIndex: mark.size, wholeAt: new Date(mark.wholeAt), whyWhole: null };
}

/** The check of the whole ledger, whatever was checked before. @param why why, when a part would have done */
export async function checkWhole<A extends ActRow>(
  { marks, rules, read }: CheckParts<A>,
  practiceId: string,
  beginning: Pick<Beginning, 'elsewhere' | 'progress'>,
  now: Date,
  why: string | null = null,
): Promise<LedgerCheck> {
  const { verified, kept } = await read((reader) => verifyFrom(reader, rules, beginning));
  if (kept !== undefined) await marks.keep(practiceId, { ...kept, wholeAt: now.toISOString() }, now);
  return { verified, fromIndex: null, wholeAt: null, whyWhole: why };
}

const whyNoMark = {
  none: '',
  'not-ours': 'what the last check kept was changed by somebody, or sealed under another MASTER_KEY',
} as const;

/** The empty text: there is no need to say why. */
function whyNotFrom({ format, wholeAt }: Mark, now: Date): string | undefined {
  const isDue = londonDay(now) >= addDays(londonDay(new Date(wholeAt)), WHOLE_EVERY_DAYS);
  return format !== MARK_FORMAT || isDue ? '' : undefined;
}

/** Which seventh of the older entries is read again: another one each day, whatever the mark says. */
const shareOf = (now: Date): number => Math.floor(Date.parse(londonDay(now)) / DAY) % SHARES;
