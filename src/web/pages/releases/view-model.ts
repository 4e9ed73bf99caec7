import { showInstant } from '../../../day.ts';
import type { ReleaseLine } from '../../../reports/report-store.ts';

const grouped = new Intl.NumberFormat('en-GB');
const show = (count: number | null): string => (count === null ? 'Not known' : grouped.format(count));

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

/** A release as the list and its own page show it. */
export function releaseView(release: ReleaseLine) {
  const reasons = Object.entries(release.reasons).filter(([, count]) => count > 0);
  return {
    ...release,
    kindWords: release.kind === 'check' ? 'Check of numbers' : 'Release',
    started: showInstant(release.startedAt),
    ended: release.endedAt ? showInstant(release.endedAt) : 'Not ended',
    seconds: release.endedAt ? (release.endedAt.getTime() - release.startedAt.getTime()) / 1000 : null,
    status: statuses[release.status] ?? { text: release.status, colour: 'grey' },
    in: show(release.countIn),
    out: show(release.countOut),
    withheld: show(release.countWithheld),
    reasons: Object.keys(reasonWords)
      .flatMap((reason) => reasons.filter(([name]) => name === reason))
      .map(([name, count]) => ({ reason: reasonWords[name] ?? name, count: grouped.format(count) })),
  };
}
