/** What a type 1 form said, from a day on. A wording is never changed: a new one is added below it. */
export type FormWording = {
  /** Printed on the form. */
  readonly id: string;
  readonly title: string;
  /** `YYYY-MM-DD`; until the next begins. */
  readonly from: string;
  /** Whether it is ours, to print; the paper itself counts where somebody else wrote it. */
  readonly isOurs: boolean;
  /** What the form explains before it asks. */
  readonly explains: readonly string[];
  readonly object: Said;
  readonly withdraw: Said;
  readonly declares: Said;
};

/** In the words of the patient, and of somebody who asks for the patient. */
type Said = { readonly self: string; readonly proxy: string };

/** Earliest first. */
export const formWordings: readonly FormWording[] = [
  {
    id: 'nhs-digital-2021',
    title: 'Type 1 Opt-out form of NHS Digital',
    from: '2021-05-19',
    isOurs: false,
    explains: [],
    object: {
      self: 'I do not allow my identifiable patient data to be shared outside of the GP practice for purposes except my own care.',
      proxy:
        'I do not allow the patient above’s identifiable patient data to be shared outside of the GP practice for purposes except their own care.',
    },
    withdraw: {
      self: 'I do allow my identifiable patient data to be shared outside of the GP practice for purposes beyond my own care.',
      proxy:
        'I do allow the patient above’s identifiable patient data to be shared outside of the GP practice for purposes beyond their own care.',
    },
    declares: {
      self: 'I confirm that the information I have given in this form is correct.',
      proxy:
        'I confirm that the information I have given in this form is correct, and that I am the parent or legal guardian of the dependent person I am making a choice for.',
    },
  },
  {
    id: 'registry-2026-11',
    title: 'Type 1 objection',
    from: '2026-11-01',
    isOurs: true,
    explains: [
      'You do not have to give a reason, and you do not have to see a doctor. Your care is not affected.',
      'A type 1 objection stops data that identifies you from leaving this practice for purposes beyond your own care, such as research and planning. It does not stop what a law or a court requires, or an overriding public interest. It does not call back what has left already.',
      'It works from the day on which the practice records it. You can change your mind at any time.',
    ],
    object: {
      self: 'I object. Data that identifies me is not to leave the practice for purposes beyond my own care.',
      proxy:
        'I object for the patient named above. Data that identifies them is not to leave the practice for purposes beyond their own care.',
    },
    withdraw: {
      self: 'I withdraw my objection. Data that identifies me may leave the practice for purposes beyond my own care.',
      proxy:
        'I withdraw the objection of the patient named above. Data that identifies them may leave the practice for purposes beyond their own care.',
    },
    declares: {
      self: 'What I have written on this form is correct.',
      proxy:
        'What I have written on this form is correct, and I may decide this for the patient. I know that the practice will ask me to show that I may.',
    },
  },
];

/** The wording in force on a day, `YYYY-MM-DD`; undefined before the first. */
export function wordingOn(day: string, wordings = formWordings): FormWording | undefined {
  return wordings.findLast(({ from }) => from <= day);
}

/** The wording that a form received on a day was printed with; undefined when it came another way, or on no known day. */
export function wordingOf(
  { receivedVia, receivedOn }: { readonly receivedVia: string | null; readonly receivedOn: string | null },
  wordings = formWordings,
): FormWording | undefined {
  return receivedVia === 'type-1-form' && receivedOn !== null ? wordingOn(receivedOn, wordings) : undefined;
}
