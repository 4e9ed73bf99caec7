import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isConsentInForce, objectionWords, type Word } from '../../src/consents/consent.ts';

const word = (on: string, ledgerIndex: number): Word => ({ on, ledgerIndex });

test.each([
  ['nobody consented', [], [], false],
  ['somebody did', [word('2020-05-06', 5)], [], true],
  ['and withdrew later', [word('2020-05-06', 5)], [word('2021-01-01', 6)], false],
  ['what came before was withdrawn', [word('2020-05-06', 5)], [word('2019-01-01', 6)], true],
  ['on one day, the consent keyed last', [word('2020-05-06', 7)], [word('2020-05-06', 6)], true],
  ['on one day, the objection keyed last', [word('2020-05-06', 5)], [word('2020-05-06', 6)], false],
  [
    'asked again after the objection',
    [word('2020-05-06', 5), word('2022-02-02', 8)],
    [word('2021-01-01', 6)],
    true,
  ],
  ['an old form keyed after the objection', [word('2020-05-06', 8)], [word('2021-01-01', 6)], false],
  [
    'one of two objections came later',
    [word('2020-05-06', 5)],
    [word('2019-01-01', 2), word('2020-05-07', 3)],
    false,
  ],
])('%s', (_, given, against, expected) => expect(isConsentInForce(given, against)).toBe(expected));

const someWord = fc.record({
  on: fc.constantFrom('2020-01-01', '2020-01-02', '2020-01-03'),
  ledgerIndex: fc.nat(9),
});

/** Written to be obvious: the story is told word by word in its order, and the last word that changes it holds. */
function slowly(given: readonly Word[], against: readonly Word[]): boolean {
  const story = [
    ...given.map((one) => ({ ...one, says: true })),
    ...against.map((one) => ({ ...one, says: false })),
  ];
  // Of one day and index, what speaks against it is told last: doubt means withhold.
  const orderOf = ({ on, ledgerIndex, says }: (typeof story)[number]) =>
    `${on} ${ledgerIndex} ${says ? 0 : 1}`;
  story.sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  let consents = false;
  for (const { says } of story) consents = says;
  return consents;
}

test('is what the story comes to, told word by word', () => {
  fc.assert(
    fc.property(
      fc.array(someWord, { maxLength: 6 }),
      fc.array(someWord, { maxLength: 6 }),
      (given, against) => {
        expect(isConsentInForce(given, against)).toBe(slowly(given, against));
      },
    ),
    { numRuns: 5000 },
  );
});

const act = (kind: string, ledgerIndex: number, different: object = {}) => ({
  id: `act-${ledgerIndex}`,
  ledgerIndex,
  kind,
  receivedOn: '2020-05-06',
  recordedAt: new Date('2024-01-02T23:30:00Z'),
  ...different,
});

test('objections speak against a consent, also one withdrawn since; not what never was one', () => {
  expect(objectionWords([act('record', 3)])).toEqual([word('2020-05-06', 3)]);
  expect(objectionWords([act('record', 3), act('withdraw', 4, { receivedOn: '2021-01-01' })])).toEqual([
    word('2020-05-06', 3),
  ]);
  // Without a usable date: the day on which it was recorded.
  expect(objectionWords([act('record', 3, { receivedOn: null })])).toEqual([word('2024-01-02', 3)]);
  expect(
    objectionWords([
      act('record', 3),
      act('ask-error', 4, { targetActId: 'act-3' }),
      act('confirm-error', 5, { targetActId: 'act-3' }),
    ]),
  ).toEqual([]);
  expect(objectionWords([act('a kind of tomorrow', 3)])).toEqual([word('2020-05-06', 3)]);
});
