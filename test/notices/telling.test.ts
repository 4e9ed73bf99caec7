import { expect, test } from 'vitest';
import { type ToldAct, toldSince } from '../../src/notices/telling.ts';

/** One attempt a word: `a letter sent 2026-01-05`. */
function acts(...words: string[]): ToldAct[] {
  return words.map((word, ledgerIndex) => {
    const [attemptId = '', how = '', outcome = '', on = ''] = word.split(' ');
    return {
      id: `${ledgerIndex}`,
      patientId: 'p',
      noticeId: 'n',
      version: 1,
      attemptId,
      how,
      outcome,
      on,
      ledgerIndex,
    };
  });
}

// One row a rule: what counts as told (product.md), and since when.
test.each<[string, string | undefined, ...string[]]>([
  ['nothing was tried', undefined],
  ['an addressed letter counts when it was sent', '2026-01-05', 'a letter sent 2026-01-05'],
  ['so does a registration pack', '2026-01-05', 'a registration-pack sent 2026-01-05'],
  [
    'a letter that came back never told anybody',
    undefined,
    'a letter sent 2026-01-05',
    'a letter returned 2026-01-20',
  ],
  ['whichever was keyed first', undefined, 'a letter returned 2026-01-20', 'a letter sent 2026-01-05'],
  [
    'nor when it is keyed as delivered after',
    undefined,
    'a letter sent 2026-01-05',
    'a letter returned 2026-01-20',
    'a letter delivered 2026-01-21',
  ],
  ['a text that was only sent does not count', undefined, 'a text sent 2026-01-05'],
  [
    'it counts from the day it was delivered',
    '2026-01-06',
    'a text sent 2026-01-05',
    'a text delivered 2026-01-06',
  ],
  ['one that bounced does not', undefined, 'a text sent 2026-01-05', 'a text bounced 2026-01-05'],
  ['an email is like a text', '2026-01-06', 'a email sent 2026-01-05', 'a email delivered 2026-01-06'],
  ['so is a message in the NHS App', undefined, 'a nhs-app sent 2026-01-05'],
  ['at the desk it is being spoken to', '2026-01-05', 'a at-the-desk spoken-to 2026-01-05'],
  ['a letter is not a talk', undefined, 'a letter spoken-to 2026-01-05'],
  [
    'a second attempt counts where the first failed',
    '2026-03-01',
    'a text sent 2026-01-05',
    'a text bounced 2026-01-05',
    'b letter sent 2026-03-01',
  ],
  [
    'the earliest that reached them counts',
    '2026-01-05',
    'b letter sent 2026-03-01',
    'a letter sent 2026-01-05',
  ],
  [
    'a door drop counts for nobody',
    undefined,
    'a door-drop sent 2026-01-05',
    'b poster delivered 2026-01-05',
  ],
  ['an outcome nobody knows counts for nobody', undefined, 'a letter posted 2026-01-05'],
])('%s', (_rule, since, ...words) => {
  expect(toldSince(acts(...words))).toBe(since);
});
