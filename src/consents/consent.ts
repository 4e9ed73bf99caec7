import { londonDay } from '../day.ts';
import type { ObjectionAct } from '../objections/objection.ts';
import { standing } from '../objections/objection.ts';
import { objects } from '../objections/voided-acts.ts';

/** How a patient's consent to an extract was given. `asked-again`: asked after an objection, they want this extract all the same. */
export const consentHows = ['paper-form', 'online', 'in-person', 'phone', 'asked-again'] as const;
export type ConsentHow = (typeof consentHows)[number];

/** A patient's word at a place in time: its day (`YYYY-MM-DD` in London), and among those of one day the ledger index. */
export type Word = { readonly on: string; readonly ledgerIndex: number };

/** What a patient said of one extract. Acts are only ever added. */
export type ConsentAct = Word & {
  readonly id: string;
  readonly extractId: string;
  readonly patientId: string;
  /** give | withdraw; a kind that this version does not know counts as a withdrawal: doubt means withhold. */
  readonly kind: string;
};

/**
 * Whether a patient's consent to an extract is in force: it was given after every withdrawal, and after every objection.
 * An objection ends it until the patient was asked again, which is a new consent; also one that was withdrawn since.
 *
 * @param given the consents recorded on the record itself: a link to another record lifts nothing
 * @param against the withdrawals and objections on any record of the same person
 */
export function isConsentInForce(given: readonly Word[], against: readonly Word[]): boolean {
  const last = given.reduce<Word | undefined>(
    (max, one) => (max && isAfter(max, one) ? max : one),
    undefined,
  );
  return last !== undefined && against.every((word) => isAfter(last, word));
}

export const gives = ({ kind }: Pick<ConsentAct, 'kind'>): boolean => kind === 'give';

/**
 * The words of an objection that end a consent given before them: all but those that never were (entered in error, or
 * not upheld). One without a usable date counts from the day on which it was recorded, the last on which it can have
 * been said.
 *
 * @param acts all acts on one record's objection of one type
 */
export function objectionWords(acts: readonly ObjectionAct[]): Word[] {
  const { states } = standing(acts);
  return acts
    .filter((act) => objects(act) && !['in-error', 'not-upheld'].includes(states.get(act.id) ?? ''))
    .map(({ receivedOn, recordedAt, ledgerIndex }) => ({
      on: receivedOn ?? londonDay(recordedAt),
      ledgerIndex,
    }));
}

function isAfter(one: Word, other: Word): boolean {
  return one.on > other.on || (one.on === other.on && one.ledgerIndex > other.ledgerIndex);
}
