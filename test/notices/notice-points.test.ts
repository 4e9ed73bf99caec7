import { describe, expect, test } from 'vitest';
import { holdsNumber } from '../../src/notices/message.ts';
import type { NoticePart } from '../../src/notices/notice.ts';
import { noticeParts } from '../../src/notices/notice.ts';
import { noticeFaults, points } from '../../src/notices/notice-points.ts';
import { noticeTemplate } from '../../src/notices/notice-template.ts';
import { aWording, context, toldExtract } from './wordings.ts';

const faultsOf = (part: NoticePart, text: string) =>
  noticeFaults(aWording({ [part]: text }), context).map(({ text: fault }) => fault);
const saying = (words: string) => points.findLast(({ says }) => says.includes(words))?.missing ?? words;

test('the template says everything', () => {
  expect(noticeFaults(aWording(), context)).toEqual([]);
});

test('every part has a point, and an empty part misses all of its own', () => {
  for (const part of noticeParts) {
    const own = points.filter((point) => point.part === part && !point.says.startsWith('no more than'));
    expect(own.length).toBeGreaterThan(0);
    expect(faultsOf(part, '  ')).toEqual(own.map(({ missing }) => missing));
  }
});

// A row a point: words that seem to say it and do not, and what is asked for then.
const lacking: readonly (readonly [NoticePart, string, string])[] = [
  ['title', 'An important message from your surgery', 'about data and a choice'],
  ['whatLeaves', 'Some things', 'what leaves the practice'],
  ['toWhom', 'They go to our partners.', 'every recipient'],
  ['why', 'Research', 'what it is used for'],
  ['ground', 'Everybody does it.', 'what allows it'],
  ['howLongKept', 'They keep it.', 'how long'],
  ['careNotAffected', 'Your care matters to us.', 'care is not affected'],
  ['careNotAffected', 'Your care will change.', 'care is not affected'],
  ['howToObject', `Read more at ${context.link} or at the desk. You can say no.`, 'with the form'],
  ['howToObject', 'You can say no. There is a form at the desk.', 'where the form is'],
  ['noReasonNeeded', 'You do not need to see a doctor.', 'give a reason'],
  ['noReasonNeeded', 'You do not need to give a reason.', 'see a doctor'],
  ['changeYourMind', 'You can change your mind.', 'change their mind'],
  ['whatItCannotStop', 'It does not call back what has left already.', 'a law or a court'],
  ['whatItCannotStop', 'It cannot stop what a law or a court asks for.', 'called back'],
  ['nationalOptOut', 'nhs.uk/your-nhs-data-matters, NHS App, 0300 303 5678', 'National Data Opt-out too'],
  ['nationalOptOut', 'The National Data Opt-out: see the NHS App.', 'how it is set'],
  [
    'nationalOptOut',
    'National Data Opt-out: nhs.uk/your-nhs-data-matters, NHS App, 0300 303 5679',
    'how it is set',
  ],
  ['textMessage', 'Surgery A12345: you have a choice about your data.', 'from whom it comes'],
  ['textMessage', `Surgery A12345: news about your data at ${context.link}`, 'a choice'],
  ['textMessage', `Surgery A12345: your choice. ${'Read on. '.repeat(50)}${context.link}`, 'segments'],
];

test.each(lacking)('%s: “%s” does not say: %s', (part, text, point) => {
  expect(faultsOf(part, text)).toContain(saying(point));
});

test('every point is among the rows above', () => {
  const named = lacking.map(([, , point]) => saying(point));
  expect(points.filter(({ missing }) => !named.includes(missing))).toEqual([]);
});

test('every recipient has to be named, however the words are spaced', () => {
  const two = { ...context, recipients: ['NHS England', 'Exampleton University'] };
  const missing = (toWhom: string) => noticeFaults(aWording({ toWhom }), two).map(({ part }) => part);
  expect(missing('They go to NHS England.')).toEqual(['toWhom']);
  expect(missing('They go to nhs  England and\nExampleton University.')).toEqual([]);
});

describe('words that discourage', () => {
  test.each([
    'You must see a doctor first.',
    'Please speak to your GP about it.',
    'Please ask your doctor.',
    'You need to make an appointment.',
    'An appointment is needed.',
    'Please give a reason.',
    'Tell us why you object.',
    'Give us your reasons on the form.',
    'Your care may be affected.',
    'This could harm your care.',
    'Think carefully before you say no.',
    'Are you sure?',
    'Objecting costs lives.',
    'It damages the NHS.',
    'We strongly advise you not to object.',
    'You may miss out.',
  ])('are refused: %s', (words) => {
    expect(faultsOf('howToObject', `${aWording().howToObject} ${words}`)).toEqual([
      expect.stringMatching(/^Take out “/),
    ]);
  });

  test.each([
    'You do not need to see a doctor.',
    'You don’t have to speak to your GP.',
    'You need not give a reason, or make an appointment.',
    'Nobody has to say why.',
    'It will never harm your care.',
  ])('the opposite is not: %s', (words) => {
    expect(faultsOf('howToObject', `${aWording().howToObject} ${words}`)).toEqual([]);
  });

  test('a denial in one sentence does not let the next one through', () => {
    expect(faultsOf('howToObject', `${aWording().howToObject} No fuss. Please give a reason.`)).toHaveLength(
      1,
    );
  });
});

test('what the template could not know has to be filled in', () => {
  const content = noticeTemplate([{ ...toldExtract, destroyBy: null, fields: [] }], context);
  expect(noticeFaults(content, context).map(({ part, text }) => [part, text])).toEqual([
    ['whatLeaves', 'Put in what stands as “…”'],
    ['howLongKept', 'Put in what stands as “…”'],
  ]);
});

test('an extract to which objections are not applied is named among what they cannot stop', () => {
  const recall = { ...toldExtract, name: 'Recall list', ground: 'direct-care' };
  const { whatItCannotStop, whatLeaves } = noticeTemplate([toldExtract, recall], context);
  expect(whatItCannotStop).toContain('it does not stop “Recall list”');
  expect(whatLeaves).toMatch(/“Events for research”: .*\n“Recall list”: /);
  expect(noticeTemplate([toldExtract], context).whatItCannotStop).not.toContain('“');
});

test('no NHS number stands in a notice; a telephone number may', () => {
  expect(faultsOf('why', 'They use it for research, as of 999 000 0018.')).toEqual([
    'Take out the NHS number',
  ]);
  expect(holdsNumber('999-000-0018')).toBe(true);
  expect(holdsNumber('Room 5 999 000 0018')).toBe(true);
  expect(holdsNumber('９９９ ０００ ００１８')).toBe(true);
  expect(holdsNumber('0300 303 5678')).toBe(false);
  expect(holdsNumber('999 000 0019')).toBe(false);
});
