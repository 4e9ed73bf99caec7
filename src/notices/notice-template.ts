import { showDay } from '../day.ts';
import type { Treatment } from '../extracts/extract.ts';
import { tellingOf } from '../extracts/field-names.ts';
import { type Ground, rulesOfGround } from '../extracts/grounds.ts';
import type { VersionRecord } from '../extracts/registered-version.ts';
import type { NoticeContent } from './notice.ts';

/** What of an extract a notice tells. */
export type Told = Pick<VersionRecord, 'name' | 'recipient' | 'purpose' | 'ground' | 'destroyBy' | 'fields'>;

export type TemplateContext = {
  readonly practiceName: string;
  /** The practice's page, as it is printed: without `https://`. */
  readonly link: string;
};

/** What allows an extract, in the words of a patient; the register has the reference. */
const groundWords: Readonly<Record<Ground, string>> = {
  'direct-care': 'This is part of your care, so the rules of your care allow it.',
  'explicit-consent': 'We only do this if you agree first. The rule is your consent.',
  'nhs-england-direction': 'A law lets NHS England ask us for this. It gave us a direction (an order).',
  'section-251': 'A law (section 251) allows it. A group of experts looked at it and approved it.',
  'public-health': 'A law on infections and other health risks allows it.',
  'legal-obligation': 'A law says that we have to do this.',
  'public-interest': 'The law allows it, as it does a great deal of good for all. We wrote down why.',
  'de-identified': 'The law allows it. Your name is taken off first.',
  payment: 'The rules on how the NHS pays us allow it.',
  aggregate: 'The law allows it. Only totals leave.',
  other: 'Say here which law allows it.',
};

const DATES = 'the date of each event';

const fieldWords: readonly (readonly [RegExp, string])[] = [
  [/nhs.?number/i, 'your NHS number'],
  [/birth|\bdob\b/i, 'your date of birth'],
  [/post.?code/i, 'your postcode'],
  [/(first|given|last|family|sur).?name|^name$/i, 'your name'],
  [/address/i, 'your address'],
  [/sex|gender/i, 'your sex'],
  [/date|time|^on$/i, DATES],
  [/note|text|comment/i, 'notes that staff wrote'],
  [/code|term|kind|type|diagnos/i, 'codes (for illness, tests and care)'],
  [/value|result/i, 'test results'],
  [/drug|medic|dose/i, 'your medicines'],
];

const treated: Readonly<Partial<Record<Treatment, (words: string) => string>>> = {
  year: (words) => (words === DATES ? 'the year of each event (not the day)' : `only the year of ${words}`),
  month: (words) =>
    words === DATES ? 'the month of each event (not the day)' : `only the month of ${words}`,
  'outward-code': () => 'only the first half of your postcode',
  pseudonym: (words) => `a made-up code in place of ${words}`,
};

/**
 * The wording with which somebody begins: every point in plain English, filled in from the extracts that it tells of.
 *
 * @param extracts none: what leaves is left for the writer to say
 */
export function noticeTemplate(
  extracts: readonly Told[],
  { practiceName, link }: TemplateContext,
): NoticeContent {
  return {
    title: 'Your health record: your data and your choice',
    whatLeaves: inTurn(extracts, 'We send facts from your health record to others.', 'They are: ', factsOf),
    toWhom:
      extracts.length === 0
        ? 'They go to …'
        : `They go to ${listed(unique(extracts.map(({ recipient }) => recipient)))}.`,
    why: inTurn(extracts, '', 'They use the facts for this: ', ({ purpose }) => lowerFirst(purpose)),
    ground: unique(extracts.map(({ ground }) => groundWords[ground as Ground] ?? groundWords.other)).join(
      ' ',
    ),
    howLongKept: keptOf(extracts),
    careNotAffected: 'Your care stays the same. Saying no does not change it in any way.',
    howToObject: `You can say no (we call this an objection). Fill in the form: it is at ${link} or at our desk. Bring it, post it or email it. Or just phone us.`,
    noReasonNeeded: 'You do not need to give a reason. You do not need to see a doctor.',
    changeYourMind: 'You can change your mind at any time. Just tell us.',
    whatItCannotStop: `Saying no does not stop your own care. It cannot stop what a law or a court asks for. ${notStopped(extracts)}Facts that have left already do not come back.`,
    nationalOptOut:
      'There is one more choice, the National Data Opt-out. It is for the rest of the NHS. You set it at nhs.uk/your-nhs-data-matters, in the NHS App, or by phone on 0300 303 5678.',
    textMessage: `${practiceName}: we share facts from health records. You have a choice. Your care stays the same. Form and more: ${link}`,
  };
}

/** What is said of one extract in a sentence, or of several in a line each, by its name. */
function inTurn(
  extracts: readonly Told[],
  before: string,
  lead: string,
  say: (extract: Told) => string,
): string {
  const [one] = extracts;
  const first = `${before} ${lead}`.trim();
  if (extracts.length > 1)
    return [first, ...extracts.map((each) => `“${each.name}”: ${say(each)}.`)].join('\n');
  return `${first} ${one === undefined ? '…' : say(one)}.`.replace('….', '…');
}

/** Extracts to which a type 1 objection is not applied are named: nobody is to believe that they are out of them. */
function notStopped(extracts: readonly Told[]): string {
  const names = extracts
    .filter(({ ground }) => rulesOfGround(ground).type1 === 'not-applied')
    .map(({ name }) => `“${name}”`);
  return names.length === 0 ? '' : `So it does not stop ${listed(names)}. `;
}

function factsOf({ fields }: Told): string {
  const facts = unique(fields.map(({ name, treatment }) => (treated[treatment] ?? String)(wordsOf(name))));
  return facts.length === 0 ? '…' : listed(facts);
}

function wordsOf(name: string): string {
  if (tellingOf(name) === 'nhs-number') return 'your NHS number';
  return fieldWords.find(([words]) => words.test(name))?.[1] ?? name.replaceAll(/[_-]+/g, ' ').toLowerCase();
}

function keptOf(extracts: readonly Told[]): string {
  const days = extracts.flatMap(({ destroyBy }) => (destroyBy === null ? [] : [destroyBy])).sort();
  const last = days.at(-1);
  if (last === undefined) return 'They may keep it for … years. Then they have to delete it.';
  return `They may keep the facts until ${showDay(last)} at most. Then they have to delete them.`;
}

const unique = (words: readonly string[]): string[] => [...new Set(words)];

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** “Planning of services” in the middle of a sentence; an abbreviation stays as it is. */
const lowerFirst = (text: string): string => {
  const trimmed = text.trim().replace(/[.\s]+$/, '');
  return /^\p{Lu}\p{Ll}/u.test(trimmed) ? trimmed.charAt(0).toLowerCase() + trimmed.slice(1) : trimmed;
};
