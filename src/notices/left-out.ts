import type { Patient } from '../patients/patient.ts';
import type { BatchHow } from './facts.ts';

/** Why somebody who is in a batch gets nothing after all, the first that is so. */
export const leftOutReasons = ['died', 'left', 'restricted', 'no-mail', 'no-contact', 'withdrawn'] as const;
/** `withdrawn`: the notice was, before they were in a file. The others are found out by {@link whyLeftOut}. */
export type LeftOut = (typeof leftOutReasons)[number];

/**
 * Whether what a batch is made for has come to an end for somebody since: the same that keeps people out of it when it
 * is made. Once left out they stay so, whatever becomes of them: they were in no file that was made after, and another
 * batch may have them.
 *
 * @param patient undefined: not found, as if they had left
 * @returns why they are left out; null: they get it
 */
export function whyLeftOut(
  how: BatchHow,
  patient:
    | Pick<
        Patient,
        'dateOfDeath' | 'status' | 'restricted' | 'noMail' | 'address' | 'postcode' | 'mobile' | 'email'
      >
    | undefined,
): LeftOut | null {
  if (patient === undefined) return 'left';
  if (patient.dateOfDeath !== null) return 'died';
  if (patient.status !== 'registered') return 'left';
  if (patient.restricted) return 'restricted';
  if (how === 'letter' && patient.noMail) return 'no-mail';
  const { address, postcode, mobile, email } = patient;
  const contact = { letter: `${address ?? ''}${postcode ?? ''}`, text: mobile, email }[how];
  return contact === null || contact.trim() === '' ? 'no-contact' : null;
}
