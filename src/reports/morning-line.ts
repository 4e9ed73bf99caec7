import { londonDay, londonTime, showDay } from '../day.ts';

/** What the check in the early morning found, and what had left since the one before. */
export type MorningCheck = {
  readonly at: Date;
  readonly ok: boolean;
  /** In words, when something is wrong. */
  readonly problem: string | null;
  /** Releases (not checks of numbers) decided in the day before `at`. */
  readonly left: number;
  /** The first entry that was new to the check; null: the whole ledger was checked. */
  readonly fromIndex: number | null;
  /** When the whole ledger was last checked before; null: in this check. */
  readonly wholeAt: Date | null;
  /** Why the whole ledger was checked, when what the check before had kept did not fit. */
  readonly whyWhole: string | null;
};

/** The manager's first line in the morning. */
export type MorningLine = { readonly text: string; readonly needsSomebody: boolean };

const DAY = 86_400_000;

/**
 * "Last night: 3 extracts left. Nobody who objected was in them. Checked 06:00."
 * A check that failed, is missing, or is older than a day and two hours is never reported as if all were well.
 */
export function morningLine(check: MorningCheck | null, now: Date): MorningLine {
  if (check === null)
    return {
      text: 'The releases have not been checked yet. The first check runs at 06:00.',
      needsSomebody: false,
    };
  const checked = `Checked ${londonTime(check.at)}.`;
  if (!check.ok) {
    return {
      text: `Something is wrong with the ledger or a release: ${check.problem ?? 'see the log'}. ${checked}`,
      needsSomebody: true,
    };
  }
  if (now.getTime() - check.at.getTime() > DAY + 2 * 3_600_000) {
    return {
      text: 'The releases were not checked this morning. The registry has to run at 06:00.',
      needsSomebody: true,
    };
  }
  if (check.whyWhole !== null) {
    return {
      text: `The ledger holds, and something is odd: ${check.whyWhole}. So the whole ledger was checked. ${checked}`,
      needsSomebody: true,
    };
  }
  const left =
    check.left === 0
      ? 'Last night: no extract left.'
      : `Last night: ${check.left} ${check.left === 1 ? 'extract' : 'extracts'} left. Nobody who objected was in ${check.left === 1 ? 'it' : 'them'}.`;
  return { text: `${left} ${checked} ${whatWasChecked(check)}`, needsSomebody: false };
}

const grouped = new Intl.NumberFormat('en-GB');

/** No more is said to be checked than was. */
const whatWasChecked = ({ fromIndex, wholeAt }: MorningCheck): string =>
  fromIndex === null
    ? 'The whole ledger was checked.'
    : `Checked from entry ${grouped.format(fromIndex)} on; the whole ledger on ${wholeAt ? showDay(londonDay(wholeAt)) : 'a day not known'}.`;
