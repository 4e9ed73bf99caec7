import { showInstant } from '../../../../day.ts';
import type { RecordedAct } from '../../../../objections/act-entry.ts';
import type { Standing } from '../../../../objections/objection.ts';
import { actView } from '../act-view.ts';
import type { NameOf } from '../who.ts';

export type About = {
  readonly act: RecordedAct;
  /** Every act on the same objection. */
  readonly history: readonly RecordedAct[];
  readonly standing: Standing;
  /** Id of whoever looks. */
  readonly you: string;
};

/** What a page asks about one act. */
export type QuestionView = {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly acts: readonly ReturnType<typeof actView>[];
  readonly choices?: {
    readonly legend: string;
    readonly items: readonly { value: string; text: string; hint: string }[];
  };
  readonly reasonLabel: string;
  readonly button: string;
  /** Instead of the form: why this person cannot answer, or why there is nothing to answer. */
  readonly closed?: string;
};

export type Question = (about: About, nameOf: NameOf) => QuestionView;

/** Somebody says that an act was entered in error. */
export const errorPage: Question = ({ act, standing }, nameOf) => {
  const isObjection = act.kind === 'record' || act.kind === 'confirm';
  const state = standing.states.get(act.id);
  return {
    title: 'Mark as entered in error',
    paragraphs: [
      'Entered in error means that it never was: it was another patient, or a slip. If the patient changed their mind, withdraw the objection instead.',
      isObjection
        ? 'The objection goes on working until a manager or guardian other than you confirms the error.'
        : 'This stops counting at once. An objection that it lifted is in force again.',
    ],
    acts: [actView(act, nameOf)],
    reasonLabel: 'Why was it entered in error?',
    button: 'Mark as entered in error',
    ...(state === 'in-error' && { closed: 'This was marked as entered in error already.' }),
    ...(standing.errorsToConfirm.includes(act.id) && {
      closed: 'Somebody said already that this was entered in error. It waits for a second person.',
    }),
  };
};

/** The second person's answer. */
export const answerErrorPage: Question = ({ act, history, standing, you }, nameOf) => {
  const asked = history.findLast((one) => one.kind === 'ask-error' && one.targetActId === act.id);
  const waits = standing.errorsToConfirm.includes(act.id);
  return {
    title: 'Was this entered in error?',
    paragraphs: asked
      ? [
          `${nameOf(asked.actor)} said on ${showInstant(asked.recordedAt)} that it was entered in error: “${asked.reason ?? ''}”`,
          'Until you answer, the objection works.',
        ]
      : [],
    acts: [actView(act, nameOf)],
    choices: {
      legend: 'Was it entered in error?',
      items: [
        {
          value: 'confirm',
          text: 'Yes, it was entered in error',
          hint: 'It does not count any more. Nothing is deleted',
        },
        { value: 'refuse', text: 'No, it was not', hint: 'It goes on counting' },
      ],
    },
    reasonLabel: 'How do you know?',
    button: 'Save the answer',
    ...(asked?.actor.id === you && { closed: 'You said this yourself, so somebody else has to confirm it.' }),
    ...(!waits && { closed: 'Nobody waits for an answer about this.' }),
  };
};

/** The guardian's decision. */
export const decisionPage: Question = ({ act, standing }, nameOf) => ({
  title: 'Decide on an objection',
  paragraphs: [
    'Nobody at the desk can tell whether this person may ask. The objection has worked since it was saved, and works until you decide.',
  ],
  acts: [actView(act, nameOf)],
  choices: {
    legend: 'Does the objection stand?',
    items: [
      { value: 'stands', text: 'Yes, it stands', hint: 'It goes on as any other' },
      {
        value: 'lifted',
        text: 'No, it does not',
        hint: 'From then on the patient’s data can leave in extracts',
      },
    ],
  },
  reasonLabel: 'Reason for the decision',
  button: 'Save the decision',
  ...(!standing.decisionsToMake.includes(act.id) && { closed: 'There is nothing to decide about this.' }),
});
