import type { Ground } from '../../../extracts/grounds.ts';
import type { StopKind } from '../../../guard/stop.ts';
import type { Size } from '../../../register/public-numbers.ts';
import type { Applied } from '../../../register/register.ts';

/** Grounds for somebody who has never heard of one. */
export const plainGrounds: Readonly<Record<Ground, string>> = {
  'direct-care': 'The patients’ own care: who gets it treats the patients on the list, or invites them',
  'explicit-consent': 'Each patient in it agreed to this',
  'nhs-england-direction':
    'NHS England has directed it, and the practice has to send it (Health and Social Care Act, section 259)',
  'section-251':
    'It was approved that patients need not be asked one by one (NHS Act, section 251, after advice of the Confidentiality Advisory Group)',
  'public-health':
    'To control infections and other dangers to public health (health service regulations, regulation 3)',
  'legal-obligation': 'A law or a court requires it',
  'public-interest': 'An overriding public interest, which was weighed in writing',
  'de-identified': 'What tells who somebody is was taken out, and that was assessed',
  payment: 'To pay the practice, or to check payments',
  aggregate: 'Counts only: nobody’s record leaves',
  other: 'Not classified yet: nothing leaves',
};

export const sizeWords: Readonly<Record<Size, string>> = {
  tens: 'Tens of rows, or fewer',
  hundreds: 'Hundreds of rows',
  thousands: 'Thousands of rows',
  'tens-of-thousands': 'Tens of thousands of rows',
  'hundreds-of-thousands': 'Hundreds of thousands of rows',
  millions: 'Millions of rows',
};

export const stateTags: Readonly<Record<string, { text: string; colour: string }>> = {
  'in-force': { text: 'In force', colour: 'green' },
  'not-begun': { text: 'Not begun yet', colour: 'blue' },
  suspended: { text: 'Suspended: nothing leaves', colour: 'red' },
  over: { text: 'Over', colour: 'grey' },
  ended: { text: 'Ended', colour: 'grey' },
  replaced: { text: 'Replaced by a later version', colour: 'grey' },
};

export const statusTags: Readonly<Record<string, { text: string; colour: string }>> = {
  complete: { text: 'Left', colour: 'green' },
  running: { text: 'Was running', colour: 'blue' },
  interrupted: { text: 'Broke off: counts as having left', colour: 'orange' },
  failed: { text: 'Failed: nothing left', colour: 'grey' },
};

export const roleWords: Readonly<Record<string, string>> = {
  receptionist: 'reception',
  manager: 'the practice manager',
  guardian: 'the Caldicott Guardian',
  monitor: 'a monitor',
  'command-line': 'whoever runs the registry',
};

/** What became of an objection in an extract, a line for each kind. */
export function appliedWords(kind: string, applied: Applied): string {
  if (applied === 'applied') return `${kind}: patients who objected are left out`;
  return applied === 'consent'
    ? `${kind}: nobody leaves who did not agree to this`
    : `${kind}: not applied, patients leave all the same`;
}

const stops: Readonly<Record<StopKind, string>> = {
  'self-test': 'The guard’s test of itself failed',
  'unusual-number': 'An unusual number of patients',
  'source-stale': 'The patient list was too old',
  'too-many-unreadable': 'Too many rows could not be read',
  'canary-lost': 'A made-up patient was missing from the file',
  'canary-permitted': 'A made-up patient would have left who must not',
};

/** What stopped, and whether anything left. */
export function stopWords(kind: string): string {
  const [, how = '', why = ''] = /^(stop|warning)-(.+)$/.exec(kind) ?? [];
  const what = Object.hasOwn(stops, why) ? stops[why as StopKind] : 'Something else';
  return how === 'warning'
    ? `${what}. It is for the patients’ own care, so it went on, and somebody had to look.`
    : `${what}. Nothing left.`;
}

export const settledWords: Readonly<Record<string, string>> = {
  'number-accepted': 'The Caldicott Guardian found that the number was right',
  'looked-at': 'Looked at, and closed by the Caldicott Guardian',
};
