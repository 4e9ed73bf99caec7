import { showInstant } from '../../../day.ts';
import type { AuthorityCheck } from '../../../objections/authority-store.ts';
import type { Patient } from '../../../patients/patient.ts';
import { paths } from '../../paths.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import type { NameOf } from '../objections/who.ts';

const DAY = 86_400_000;

/** A check in the list of those that wait. */
export function checkLine(
  { requestId, askedAt, askedBy }: AuthorityCheck,
  patient: Patient,
  { nameOf, now, you }: { nameOf: NameOf; now: Date; you: string },
) {
  const days = Math.floor((now.getTime() - askedAt.getTime()) / DAY);
  return {
    href: paths.authorityCheck(requestId),
    patient: patientBanner(patient, now),
    recorded: `${showInstant(askedAt)}, by ${nameOf({ kind: 'staff', id: askedBy })}`,
    age: days === 0 ? 'Today' : days === 1 ? '1 day' : `${days} days`,
    isYours: askedBy === you,
  };
}

/** Why there is nothing to answer, or not for this person; undefined when there is. */
export function closedWords(check: AuthorityCheck, you: string, nameOf: NameOf): string | undefined {
  const { outcome, note, checkedAt, checkedBy, askedBy } = check;
  if (outcome !== null && checkedAt !== null) {
    const by = nameOf({ kind: 'staff', id: checkedBy ?? '' });
    const words = outcome === 'seen' ? 'saw that they may ask' : 'found that it is not enough';
    return `${by} ${words}, on ${showInstant(checkedAt)}.${note ? ` “${note}”` : ''}`;
  }
  return askedBy === you ? 'You recorded this yourself, so somebody else has to look.' : undefined;
}
