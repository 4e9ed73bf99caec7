import { addDays } from '../day.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import { standing } from '../objections/objection.ts';

/** Days within which a recipient is to have answered; after them somebody asks again. */
export const ANSWER_WITHIN = 28;

/** What the recipient did. */
export const outcomes = ['deleted', 'stopped-using', 'kept', 'holds-nothing', 'other'] as const;
export type Outcome = (typeof outcomes)[number];

/** How the patient asked for it. */
export const agreedVias = ['in-person', 'phone', 'letter', 'email'] as const;
export type AgreedVia = (typeof agreedVias)[number];

/** A letter to a recipient about one patient, whose objection it reveals: only because the patient asked for it. */
export type RecipientLetter = {
  readonly id: string;
  readonly patientId: string;
  readonly extractId: string;
  /** The newest version under which the data left to this recipient, when it was asked for. */
  readonly version: number;
  readonly recipient: string;
  readonly recipientOds: string;
  /** The types of objection that it tells of. */
  readonly types: readonly string[];
  readonly agreedAt: Date;
  /** The ledger index of that. */
  readonly agreedIndex: number;
  readonly agreedVia: string;
  readonly agreedBy: string;
  /** Days, `YYYY-MM-DD`. */
  readonly sentOn: string | null;
  readonly sentBy: string | null;
  readonly answeredOn: string | null;
  readonly answeredBy: string | null;
  readonly outcome: string | null;
  /** What they answered, in words. */
  readonly answer: string | null;
  readonly stoppedAt: Date | null;
  readonly stoppedBy: string | null;
};

/** `over`: stopped, or the patient took the objection back. Nothing is sent any more, and nobody is asked again. */
export type LetterState = 'to-send' | 'sent' | 'overdue' | 'answered' | 'over';

/**
 * What waits about a letter on a day.
 *
 * @param objects whether an objection that it tells of has been in force ever since it was asked for
 */
export function stateOf(
  { sentOn, answeredOn, stoppedAt }: Pick<RecipientLetter, 'sentOn' | 'answeredOn' | 'stoppedAt'>,
  objects: boolean,
  today: string,
): LetterState {
  if (answeredOn !== null) return 'answered';
  if (stoppedAt !== null || !objects) return 'over';
  if (sentOn === null) return 'to-send';
  return today > answerBy(sentOn) ? 'overdue' : 'sent';
}

/** The last day on which an answer is in time. */
export const answerBy = (sentOn: string): string => addDays(sentOn, ANSWER_WITHIN);

/**
 * Whether one of the objections that a letter tells of has been in force ever since. One that was taken back and made
 * again is another: the patient is asked anew whether a letter is to go out.
 *
 * @param records the acts on each record of the person
 */
export function stillObjects(
  { types, agreedIndex }: Pick<RecipientLetter, 'types' | 'agreedIndex'>,
  records: readonly (readonly RecordedAct[])[],
): boolean {
  return types.some((type) =>
    records.some((acts) => {
      const ofType = acts.filter((act) => act.type === type);
      const { inForce, states } = standing(ofType);
      const takenBack = ofType.some(
        ({ id, kind, ledgerIndex }) =>
          kind === 'withdraw' && ledgerIndex > agreedIndex && states.get(id) !== 'in-error',
      );
      return inForce && !takenBack;
    }),
  );
}

/** The types of objection that are in force on any record of a person. */
export function typesInForce(records: readonly (readonly RecordedAct[])[]): string[] {
  return ['type-1', 'type-2'].filter((type) =>
    records.some((acts) => standing(acts.filter((act) => act.type === type)).inForce),
  );
}
