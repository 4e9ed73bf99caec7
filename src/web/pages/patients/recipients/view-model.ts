import { londonDay, showDay } from '../../../../day.ts';
import { isTo, whyNoLetter } from '../../../../recipient-letters/agree-to-letters.ts';
import { answerBy, type LetterState, stateOf } from '../../../../recipient-letters/recipient-letter.ts';
import type { FollowedLetter } from '../../../../recipient-letters/recipient-letter-store.ts';
import type { Holder } from '../../../../usage-account/holders.ts';
import { paths } from '../../../paths.ts';
import { heldWords } from '../account/view-model.ts';
import { nameOf } from './form.ts';

/** Who holds the patient's data, with the letter to them, or why there can be none. */
export function holderView(
  holder: Holder,
  letters: readonly FollowedLetter[],
  inForce: readonly string[],
  today: string,
) {
  const { version, heldUntil, times } = holder;
  const letter = letters.find((one) => isTo(one, version) && stateOf(one, one.objects, today) !== 'over');
  const why = whyNoLetter(holder, inForce);
  return {
    value: nameOf(holder),
    recipient: version.recipient,
    extract: version.name,
    purpose: version.purpose,
    agreement: version.agreementReference,
    held: heldWords(heldUntil, today),
    last: times[0] === undefined ? '' : showDay(londonDay(times[0].at)),
    letter: letter && stateView(letter, today),
    mayBeWrittenTo: letter === undefined && why === undefined,
    whyNot: letter !== undefined || why === undefined ? null : whyNotWords[why],
  };
}

const whyNotWords = {
  'no-objection': 'No objection is in force: nothing would be asked of them',
  'objection-not-applied': 'An objection does not stop this extract: nothing can be asked of them',
  'cannot-be-found-there':
    'They cannot find the patient again: what left names them by nothing that the practice knows',
} as const;

const colours: Readonly<Record<LetterState, string>> = {
  'to-send': 'yellow',
  sent: 'blue',
  overdue: 'red',
  answered: 'green',
  over: 'grey',
};

const words: Readonly<Record<LetterState, string>> = {
  'to-send': 'To send',
  sent: 'Sent',
  overdue: 'Overdue',
  answered: 'Answered',
  over: 'Not followed up',
};

export const outcomeWords: Readonly<Record<string, string>> = {
  deleted: 'They deleted the data',
  'stopped-using': 'They keep the data and use it no more',
  kept: 'They go on using the data',
  'holds-nothing': 'They hold nothing of the patient',
  other: 'Something else',
};

/** Where a letter stands. */
export function stateView(letter: FollowedLetter, today: string) {
  const { id, sentOn, answeredOn, outcome, agreedAt, stoppedAt } = letter;
  const state = stateOf(letter, letter.objects, today);
  const told: Readonly<Record<LetterState, string>> = {
    'to-send': `Asked for on ${showDay(londonDay(agreedAt))}`,
    sent: sentOn ? `Sent on ${showDay(sentOn)}, to be answered by ${showDay(answerBy(sentOn))}` : '',
    overdue: sentOn ? `Sent on ${showDay(sentOn)}, not answered by ${showDay(answerBy(sentOn))}` : '',
    answered: answeredOn
      ? `${outcomeWords[outcome ?? ''] ?? 'Answered'} (answered on ${showDay(answeredOn)})`
      : '',
    over:
      stoppedAt === null
        ? `${sentOn ? `Sent on ${showDay(sentOn)}. ` : 'Not sent. '}The patient took the objection back since`
        : 'Not sent: stopped',
  };
  return {
    state,
    tag: { text: words[state], colour: colours[state] },
    told: told[state],
    href: paths.recipientLetter(id),
  };
}
