import { discouraging } from './discouraging.ts';
import { textLength } from './gsm-7.ts';
import { holdsNumber } from './message.ts';
import { type NoticeContent, type NoticePart, noticeParts } from './notice.ts';

/** What a notice is held against. */
export type PointsContext = {
  /** To whom each covered extract goes. */
  readonly recipients: readonly string[];
  /** The address of the practice's page, as the text message has to name it. */
  readonly link: string;
  readonly practiceName: string;
};

type Said = { readonly content: NoticeContent; readonly text: string; readonly context: PointsContext };

/** Something that a notice has to say, in one of its parts. */
export type Point = {
  readonly part: NoticePart;
  /** What has to be said, to end the sentence "It says …". */
  readonly says: string;
  /** What to do when it is missing. */
  readonly missing: string;
  readonly holds: (said: Said) => boolean;
};

/** The longest text message, in segments: each costs the practice money, and long ones are cut by some phones. */
export const MOST_SEGMENTS = 3;
const NOT = String.raw`(?:\b(?:not|never|no|nor|without|none)\b|n[’']t\b)`;
const never = (words: string) => new RegExp(`${NOT}[^.!?]{0,80}\\b(?:${words})`, 'i');
const all =
  (...patterns: readonly RegExp[]) =>
  ({ text }: Said): boolean =>
    patterns.every((pattern) => pattern.test(text));
const digits = (text: string): string => text.replace(/\D/g, '');
const flat = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ');
const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length;

/** A row a point. Nothing is published while one does not hold. */
export const points: readonly Point[] = [
  {
    part: 'title',
    says: 'that it is about data and a choice',
    missing:
      'Use the words “data” (or “record”) and “choice” in the title, so that nobody takes it for an advertisement',
    holds: all(/\b(data|records?|information)\b/i, /\b(choice|choose|object|opt)/i),
  },
  {
    part: 'whatLeaves',
    says: 'what leaves the practice',
    missing: 'Say which facts of the health record leave the practice',
    holds: (said) => all(/\b(data|records?|information|facts?)\b/i)(said) && wordsIn(said.text) >= 5,
  },
  {
    part: 'toWhom',
    says: 'to whom it goes: every recipient of the extracts that it covers',
    missing: 'Name every recipient of the extracts that it covers',
    holds: ({ text, context }) =>
      text.trim() !== '' && context.recipients.every((one) => flat(text).includes(flat(one))),
  },
  {
    part: 'why',
    says: 'what it is used for',
    missing: 'Say in a sentence what the data is used for',
    holds: ({ text }) => wordsIn(text) >= 4,
  },
  {
    part: 'ground',
    says: 'what allows it',
    missing: 'Say what allows it: a law, an order, an approval, or the consent of the patient',
    holds: all(
      /\b(laws?|legal|courts?|orders?|direct(s|ed|ion|ions)?|rules?|approv\w+|consent|agree\w*|allow\w*|permi\w+)\b/i,
    ),
  },
  {
    part: 'howLongKept',
    says: 'how long it is kept',
    missing: 'Say how long it is kept: a number of years or months, or until which day',
    holds: all(/\b(\d+|until|years?|months?|weeks?|days?|as long as)\b/i),
  },
  {
    part: 'careNotAffected',
    says: 'that care is not affected',
    missing: 'Say that the patient’s care is not affected, whatever they choose',
    holds: ({ text }) =>
      /\b(care|treatment)\b/i.test(text) &&
      (never('affect|change|differ|harm|worse|lose').test(text) ||
        /\bstays?\s+(just\s+)?the\s+same\b/i.test(text)),
  },
  {
    part: 'howToObject',
    says: 'that people can say no, with the form',
    missing: 'Say that people can object (say no), and that there is a form for it',
    holds: all(/\b(object|say no|opt[ -]out)/i, /\bforms?\b/i),
  },
  {
    part: 'howToObject',
    says: 'where the form is, and how to hand it in',
    missing: 'Say where people get the form, and how they hand it in: at the desk, by post, email or phone',
    holds: ({ text, context }) =>
      text.includes(context.link) &&
      /\b(desk|reception|post|email|e-mail|phone|call|write|letter)/i.test(text),
  },
  {
    part: 'noReasonNeeded',
    says: 'that nobody has to give a reason',
    missing: 'Say that nobody has to give a reason',
    holds: all(never('reasons?|say why')),
  },
  {
    part: 'noReasonNeeded',
    says: 'that nobody has to see a doctor',
    missing: 'Say that nobody has to see a doctor about it',
    holds: all(never('doctor|gp')),
  },
  {
    part: 'changeYourMind',
    says: 'that people can change their mind at any time',
    missing: 'Say that people can change their mind, at any time',
    holds: all(/\bchang\w*\s+(your|their)\s+minds?\b/i, /\b(any\s*time|whenever|always)\b/i),
  },
  {
    part: 'whatItCannotStop',
    says: 'that a law or a court can still ask for data',
    missing: 'Say that an objection cannot stop what a law or a court asks for',
    holds: all(/\b(laws?|legal)\b/i, /\bcourts?\b/i),
  },
  {
    part: 'whatItCannotStop',
    says: 'that what has left already is not called back',
    missing: 'Say that data that has left already is not called back',
    holds: ({ text }) => /\balready\b/i.test(text) && never('back|return|undo|recall').test(text),
  },
  {
    part: 'nationalOptOut',
    says: 'that there is the National Data Opt-out too',
    missing: 'Name the National Data Opt-out',
    holds: all(/\bnational data opt-?out\b/i),
  },
  {
    part: 'nationalOptOut',
    says: 'how it is set: nhs.uk/your-nhs-data-matters, the NHS App, 0300 303 5678',
    missing:
      'Say how the National Data Opt-out is set: nhs.uk/your-nhs-data-matters, the NHS App, or 0300 303 5678',
    holds: ({ text }) =>
      /nhs\.uk\/your-nhs-data-matters/i.test(text) &&
      /\bNHS App\b/i.test(text) &&
      digits(text).includes('03003035678'),
  },
  {
    part: 'textMessage',
    says: 'from whom it comes, and where to read on',
    missing: 'Name the practice, and put the address of its page into the text message',
    holds: ({ text, context }) =>
      flat(text).includes(flat(context.practiceName)) && text.includes(context.link),
  },
  {
    part: 'textMessage',
    says: 'that there is a choice',
    missing: 'Say in the text message that people have a choice, or can object',
    holds: all(/\b(choice|choose|object|say no|opt[ -]out)/i),
  },
  {
    part: 'textMessage',
    says: `no more than ${MOST_SEGMENTS} segments`,
    missing: `Shorten the text message to ${MOST_SEGMENTS} segments at most`,
    holds: ({ text }) => textLength(text).segments <= MOST_SEGMENTS,
  },
];

/** What is wrong with a notice. `point` is absent where a part says what it must not. */
export type Fault = { readonly part: NoticePart; readonly text: string; readonly point?: Point };

/**
 * Everything for which a notice cannot be published, in the order of its parts: points that are missing, words that
 * discourage, gaps that the template left, and NHS numbers, which stand in no notice.
 */
export function noticeFaults(content: NoticeContent, context: PointsContext): Fault[] {
  return noticeParts.flatMap((part) => {
    const text = content[part];
    const missing = points
      .filter((point) => point.part === part && !point.holds({ content, text, context }))
      .map((point): Fault => ({ part, text: point.missing, point }));
    const against = discouraging(text).map(
      ({ words, why }): Fault => ({ part, text: `Take out “${words}”: ${why}` }),
    );
    const gaps = text.includes('…') ? [{ part, text: 'Put in what stands as “…”' }] : [];
    const numbers = holdsNumber(text) ? [{ part, text: 'Take out the NHS number' }] : [];
    return [...missing, ...against, ...gaps, ...numbers];
  });
}
