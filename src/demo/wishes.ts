import { addDays, ageOn } from '../day.ts';
import type { Authority, IdentityCheck } from '../objections/evidence.ts';
import type { ReceivedVia } from '../objections/received-via.ts';
import { AGE_OF_ADULT, AGE_TO_ASK, type Requester } from '../objections/who-may-ask.ts';
import { pickWeighted, type Random, type Weighted } from './random.ts';

/** What somebody asks of the practice, and how: all of a request but who and what. */
export type Wish = {
  readonly requester: Requester;
  readonly requesterName: string | null;
  readonly authoritySeen: Authority | null;
  readonly receivedVia: ReceivedVia;
  readonly identityChecked: IdentityCheck;
  readonly receivedOn: string;
  readonly note: string | null;
};

/**
 * Asked on the day or, by post, some days before it was keyed.
 *
 * @param who `undisputed`: only those whom nobody else has to decide about
 */
export function makeUpWish(
  random: Random,
  dateOfBirth: string,
  keyedOn: string,
  who: 'anybody' | 'undisputed' = 'anybody',
): Wish {
  const [receivedVia, identityChecked, daysBefore] = pickWeighted(random, ways);
  const receivedOn = addDays(keyedOn, -random.between(0, daysBefore));
  return {
    ...asker(random, ageOn(dateOfBirth, keyedOn), who === 'anybody'),
    receivedVia,
    identityChecked,
    receivedOn: receivedOn < dateOfBirth ? dateOfBirth : receivedOn,
    note: random.chance(0.15) ? random.pick(notes) : null,
  };
}

type Way = readonly [ReceivedVia, IdentityCheck, daysBefore: number];

const ways: Weighted<Way> = [
  [['type-1-form', 'signature', 4], 26],
  [['in-person', 'known-in-person', 0], 16],
  [['in-person', 'photo-id', 0], 8],
  [['letter', 'signature', 6], 15],
  [['phone', 'details-in-record', 0], 12],
  [['online-form', 'nhs-login', 1], 12],
  [['email', 'details-in-record', 2], 8],
  [['other', 'details-in-record', 3], 3],
];

const notes: readonly [string, ...string[]] = [
  'Wants a receipt by post.',
  'Had believed that this was recorded years ago.',
  'Asked what happens to hospital data; told about the national opt-out.',
  'Form scanned into the record.',
  'Will tell the family, who are registered here too.',
];

type Asker = Pick<Wish, 'requester' | 'requesterName' | 'authoritySeen'>;

const myself: Asker = { requester: 'patient', requesterName: null, authoritySeen: null };
const parent: Asker = {
  requester: 'parental-responsibility',
  requesterName: 'Mother of the patient',
  authoritySeen: 'birth-or-adoption-certificate',
};

function asker(random: Random, age: number, disputed: boolean): Asker {
  if (age < AGE_TO_ASK) return disputed ? pickWeighted(random, forChild) : parent;
  if (age < AGE_OF_ADULT || !disputed) return myself;
  return pickWeighted(random, age < 75 ? forAdult : forOldPerson);
}

const proxy = (requester: Requester, authoritySeen: Authority): Asker => ({
  requester,
  requesterName: 'A relative of the patient',
  authoritySeen,
});

const nobody = (requester: Requester): Asker => ({ requester, requesterName: null, authoritySeen: null });

const forChild: Weighted<Asker> = [
  [parent, 85],
  [nobody('child-and-parent-disagree'), 8],
  [myself, 7],
];

const forAdult: Weighted<Asker> = [
  [myself, 96],
  [proxy('attorney-health', 'lasting-power-of-attorney'), 1],
  [proxy('attorney-property', 'lasting-power-of-attorney'), 1],
  [proxy('deputy', 'court-order-deputy'), 1],
  [nobody('nobody-to-decide'), 1],
];

const forOldPerson: Weighted<Asker> = [
  [myself, 80],
  [proxy('attorney-health', 'lasting-power-of-attorney'), 12],
  [proxy('attorney-property', 'lasting-power-of-attorney'), 3],
  [nobody('nobody-to-decide'), 5],
];
