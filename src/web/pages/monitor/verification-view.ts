import { londonDay, showDay, showInstant } from '../../../day.ts';
import type { VerificationLine } from '../../../reports/report-store.ts';
import { isRunning, type VerificationRun } from '../../../reports/verification-run.ts';
import { paths } from '../../paths.ts';
import type { NameOf } from '../objections/who.ts';

const grouped = new Intl.NumberFormat('en-GB');

/** What a check found, in words that promise no more than it looked at. */
export function foundView(line: VerificationLine, nameOf: NameOf) {
  const { at, ok, problem, fromIndex, wholeAt, whyWhole, askedBy, checked } = line;
  return {
    ok,
    tag: ok ? { text: 'Everything holds', colour: 'green' } : { text: 'Something is wrong', colour: 'red' },
    at: showInstant(at),
    askedBy: askedBy === null ? 'the registry by itself' : nameOf({ kind: 'staff', id: askedBy }),
    problem: problem ?? null,
    of: whatWasChecked({ fromIndex, wholeAt }),
    whyWhole,
    counts: Object.entries(checked).map(([what, count]) => ({
      words: what.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
      count: grouped.format(count),
    })),
  };
}

/** Of what a check was. */
export const whatWasChecked = ({
  fromIndex,
  wholeAt,
}: Pick<VerificationLine, 'fromIndex' | 'wholeAt'>): string =>
  fromIndex === null
    ? 'The whole ledger was checked'
    : `Checked from entry ${grouped.format(fromIndex)} on, all that is in force, and a seventh of what is older; the whole ledger was last checked on ${wholeAt ? showDay(londonDay(wholeAt)) : 'a day not known'}`;

/** A check that somebody asked for. */
export function runView(run: VerificationRun, nameOf: NameOf, now: Date) {
  const { id, done, size, askedAt, askedBy, endedAt } = run;
  return {
    href: paths.verification(id),
    progressHref: paths.verificationProgress(id),
    isRunning: isRunning(run, now),
    isInterrupted: endedAt === null && !isRunning(run, now),
    asked: `${showInstant(askedAt)}, by ${nameOf({ kind: 'staff', id: askedBy })}`,
    done,
    size: Math.max(size, 1),
    progress: `${grouped.format(done)} of ${grouped.format(size)} entries`,
  };
}
