import { parseNhsNumber } from '../patients/nhs-number.ts';
import type { Addressee } from './addressee.ts';
import type { NoticeContent } from './notice.ts';

/** Whether a text holds what may be an NHS number: such a wording goes to nobody. */
export function holdsNumber(text: string): boolean {
  // Every place where ten digits may begin: a number before them must not hide them.
  const found = text.normalize('NFKC').matchAll(/(?<!\d)(?=(\d(?:[\s\p{Cf}\p{Pd}]*\d){9})(?!\d))/gu);
  return [...found].some(([, digits = '']) => parseNhsNumber(digits.replace(/\D/g, '')).ok);
}

/** The text message of a wording. To a parent it begins with whom it is about; nothing else of a patient is in it. */
export function textMessage({ textMessage: words }: NoticeContent, { child }: Addressee): string {
  return child === undefined ? words : `About ${child}: ${words}`;
}

/** An email of a wording, in plain text: the same parts as the letter, in their order. */
export function emailMessage(content: NoticeContent, { greeting, child }: Addressee, practiceName: string) {
  const parts = letterParts(content).map(({ heading, words }) => `${heading}: ${words}`);
  const about = child === undefined ? [] : [`This is about data from the health record of ${child}.`];
  return {
    subject: content.title,
    message: [greeting, ...about, ...parts, practiceName].join('\n\n'),
  };
}

/** The parts of a letter after its title, in their order, each with what it is headed with. */
export function letterParts(content: NoticeContent) {
  return [
    { heading: 'What leaves', words: content.whatLeaves },
    { heading: 'To whom', words: content.toWhom },
    { heading: 'Why', words: content.why },
    { heading: 'What allows it', words: content.ground },
    { heading: 'How long it is kept', words: content.howLongKept },
    { heading: 'Your care is not affected', words: content.careNotAffected },
    { heading: 'How to object', words: content.howToObject },
    { heading: 'You need give no reason', words: content.noReasonNeeded },
    { heading: 'Changing your mind', words: content.changeYourMind },
    { heading: 'What an objection cannot stop', words: content.whatItCannotStop },
    { heading: 'The National Data Opt-out', words: content.nationalOptOut },
  ];
}
