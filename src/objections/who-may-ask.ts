/** Who can ask for an objection or its withdrawal. */
export const requesters = [
  'patient',
  'parental-responsibility',
  'attorney-health',
  'attorney-property',
  'deputy',
  /** An adult who cannot decide and has nobody who may decide for them. */
  'nobody-to-decide',
  'child-and-parent-disagree',
] as const;
export type Requester = (typeof requesters)[number];

/** From this age a patient asks by themselves: policy, by analogy with the National Data Opt-out, not law. */
export const AGE_TO_ASK = 13;
export const AGE_OF_ADULT = 18;

export type Asking = {
  readonly requester: Requester;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth: string;
  /** The day that counts for the age, `YYYY-MM-DD`: received on, or today. */
  readonly on: string;
  /** Whether the practice holds that the patient cannot decide for themselves. */
  readonly cannotDecide: boolean;
};

export type NotEntitled =
  /** Nobody has parental responsibility for an adult. */
  | 'patient-is-adult'
  /** A patient of 13 to 17 who can decide asks by themselves. */
  | 'young-person-decides'
  /** An attorney acts for adults only. */
  | 'patient-is-child'
  | 'not-born-yet';

export type MayObject =
  /** Works as soon as it is saved, whatever is still to be checked. */
  | { readonly ok: true; readonly needsAuthority: boolean; readonly needsDecision: boolean }
  | { readonly ok: false; readonly reason: NotEntitled };

/**
 * Whether an objection may be taken in from this requester, whether authority is to be seen (a proxy's), and whether
 * the guardian has to decide on it. Nothing of this delays it.
 */
export function mayObject(asking: Asking): MayObject {
  const { requester, cannotDecide } = asking;
  const age = ageOn(asking.dateOfBirth, asking.on);
  const refused = (reason: NotEntitled): MayObject => ({ ok: false, reason });
  if (age < 0) return refused('not-born-yet');
  switch (requester) {
    case 'patient':
      return { ok: true, needsAuthority: false, needsDecision: age < AGE_TO_ASK };
    case 'parental-responsibility':
      if (age >= AGE_OF_ADULT) return refused('patient-is-adult');
      if (age >= AGE_TO_ASK && !cannotDecide) return refused('young-person-decides');
      return { ok: true, needsAuthority: true, needsDecision: false };
    case 'attorney-health':
    case 'attorney-property':
      if (age < AGE_OF_ADULT) return refused('patient-is-child');
      return { ok: true, needsAuthority: true, needsDecision: false };
    case 'deputy':
      return { ok: true, needsAuthority: true, needsDecision: false };
    case 'nobody-to-decide':
      return { ok: true, needsAuthority: false, needsDecision: true };
    case 'child-and-parent-disagree':
      if (age >= AGE_OF_ADULT) return refused('patient-is-adult');
      return { ok: true, needsAuthority: false, needsDecision: true };
  }
}

export type Confirmed = { readonly identityConfirmed: boolean; readonly authorityConfirmed: boolean };

export type MayWithdraw =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason:
        | NotEntitled
        | 'guardian-decides'
        | 'identity-not-confirmed'
        | 'authority-not-confirmed';
    };

/**
 * Whether a withdrawal may be recorded. It lifts a protection, so all that an objection may wait for has to be there
 * before: identity, a proxy's authority, and no question that only the guardian can answer.
 */
export function mayWithdraw(asking: Asking & Confirmed): MayWithdraw {
  const who = mayObject(asking);
  if (!who.ok) return who;
  if (who.needsDecision) return { ok: false, reason: 'guardian-decides' };
  if (!asking.identityConfirmed) return { ok: false, reason: 'identity-not-confirmed' };
  if (who.needsAuthority && !asking.authorityConfirmed)
    return { ok: false, reason: 'authority-not-confirmed' };
  return { ok: true };
}

/** Whole years lived on a day. Who was born on 29 February becomes older on 1 March of other years. */
export function ageOn(dateOfBirth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return day.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}
