import { showInstant } from '../../../day.ts';
import type { ReleaseLine } from '../../../reports/report-store.ts';
import { roundedCount } from '../../../reports/small-counts.ts';
import { permits } from '../../../staff/permissions.ts';
import type { Role } from '../../../staff/roles.ts';
import { type ProblemCode, problems } from '../../api/problems.ts';

const grouped = new Intl.NumberFormat('en-GB');

const notTold = 'Not shown';

/** Whether somebody is of those in the practice who know its patients: others see rounded counts. */
export const seesExact = (role: Role): boolean => permits(role, 'view-release-patients');

/** The reasons of withholding in plain words, in the order in which the guard decides (product.md). */
export const reasonWords: Readonly<Record<string, string>> = {
  'objected-type-1': 'Objected (type 1)',
  'objected-type-2': 'Objected (type 2)',
  'national-opt-out': 'National opt-out',
  'no-consent': 'No consent to this extract',
  'not-told': 'Not told by a notice',
  restricted: 'Restricted record',
  ambiguous: 'One number, two patients',
  'left-practice': 'Left the practice',
  'not-on-list': 'Not on the patient list',
  'no-nhs-number': 'No NHS number',
  'invalid-nhs-number': 'NHS number not valid',
  'cannot-be-read': 'Row cannot be read',
  'not-approved': 'Type not approved to leave',
};

const statuses: Readonly<Record<string, { text: string; colour: string }>> = {
  started: { text: 'Running', colour: 'blue' },
  complete: { text: 'Complete', colour: 'green' },
  failed: { text: 'Failed: nothing left', colour: 'red' },
  interrupted: { text: 'Interrupted', colour: 'orange' },
};

export const wordsOfReason = (reason: string): string => reasonWords[reason] ?? reason;

/**
 * A release as the list and its own page show it.
 *
 * @param isExact false: counts are rounded, and of what came in and was withheld there is no sum, because with it the
 *   smallest of several reasons could be computed
 */
export function releaseView(release: ReleaseLine, isExact: boolean) {
  const count = (number: number): string => (isExact ? grouped.format(number) : roundedCount(number));
  const show = (number: number | null): string => (number === null ? 'Not known' : count(number));
  const reasons = Object.entries(release.reasons).filter(([, number]) => number > 0);
  return {
    ...release,
    kindWords: release.kind === 'check' ? 'Check of numbers' : 'Release',
    started: showInstant(release.startedAt),
    ended: release.endedAt ? showInstant(release.endedAt) : 'Not ended',
    duration: release.endedAt ? durationWords(release.endedAt.getTime() - release.startedAt.getTime()) : null,
    status: statuses[release.status] ?? { text: release.status, colour: 'grey' },
    wentWrong: release.reason === null ? null : whyWords(release.reason),
    in: isExact ? show(release.countIn) : notTold,
    out: show(release.countOut),
    withheld: isExact ? show(release.countWithheld) : notTold,
    emptied: release.emptied === null ? null : show(release.emptied),
    bytes: release.bytesOut === null ? null : `${grouped.format(release.bytesOut)} bytes`,
    reasons: Object.keys(reasonWords)
      .flatMap((reason) => reasons.filter(([name]) => name === reason))
      .map(([name, number]) => ({ reason: wordsOfReason(name), count: count(number) })),
  };
}

/** How long something took. */
export function durationWords(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} seconds`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${Math.round(seconds - minutes * 60)} s`;
}

/** What a code of a release that went wrong means; the code stays, for whoever runs the job. */
function whyWords(code: string): string {
  if (code === 'lease-ended') return 'The program that sent it died (lease-ended)';
  return Object.hasOwn(problems, code) ? `${problems[code as ProblemCode].title} (${code})` : code;
}
