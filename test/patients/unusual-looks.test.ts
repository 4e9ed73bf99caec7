import { expect, test } from 'vitest';
import { atLondonTime } from '../../src/day.ts';
import type { Access } from '../../src/patients/access-log.ts';
import { isOutOfHours } from '../../src/patients/practice-hours.ts';
import { AGAIN, type Known, MANY, staffNameKeys, unusualLooks } from '../../src/patients/unusual-looks.ts';

/** A Friday in winter. */
const DAY = '2026-11-20';
type Seen = readonly [patientId: string, time: string, what?: string, day?: string, staffId?: string];
const looksOf = (seen: readonly Seen[]): Access[] =>
  seen.map(([patientId, time, what = 'patient-page', day = DAY, staffId = 'ann'], place) => ({
    ...{ seq: place + 1, staffId, patientId, what },
    at: atLondonTime(day, time),
  }));
const person = (name: string, restricted = false) => ({ ...staffNameKeys(name), restricted });
const known = (worked: readonly string[] = []): Known => ({
  staff: new Map([
    ['ann', staffNameKeys('Dr Ann Smith')],
    ['bob', staffNameKeys('Bob Jones')],
  ]),
  patients: new Map([
    ['herself', person('Ann Smith')],
    ['brother', person('Tom SMITH')],
    ['other', person('Eve Brown')],
    ['hidden', person('Zoe Gray', true)],
  ]),
  worked: new Set(worked),
});
const many = (count: number, each: number, what = 'patient-page'): Seen[] =>
  Array.from({ length: count }, (_, place) => {
    const minute = place * each;
    const time = `${10 + Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
    return [`p${place}`, time, what];
  });
const visits = (count: number, patientId = 'other', days = 1): Seen[] =>
  Array.from({ length: count }, (_, place) => {
    const day = days === 1 || place === count - 1 ? DAY : '2026-11-16';
    return [
      patientId,
      `${10 + Math.floor(place / 4)}:${String((place % 4) * 15).padStart(2, '0')}`,
      'patient-page',
      day,
    ];
  });

test.each<[words: string, seen: readonly Seen[], rules: readonly string[], worked?: readonly string[]]>([
  ['somebody else, in the day', [['other', '10:00']], []],
  ['one’s own name', [['herself', '10:00']], ['own-name herself 1']],
  [
    'one’s own name, where work was done too',
    [['herself', '10:00']],
    ['own-name herself 1'],
    ['ann herself'],
  ],
  [
    'the same surname, twice',
    [
      ['brother', '10:00'],
      ['brother', '10:05'],
    ],
    ['same-surname brother 2'],
  ],
  ['another’s surname', [['brother', '10:00', 'patient-page', DAY, 'bob']], []],
  ['one’s own name among results, which nobody chose', [['herself', '10:00', 'search-result']], []],
  ['a restricted record', [['hidden', '10:00', 'consents']], ['restricted hidden 1']],
  ['a restricted record on a list of work', [['hidden', '10:00', 'work-list']], []],
  ['yesterday is another day', [['herself', '10:00', 'patient-page', '2026-11-19']], []],
  [
    'as many patients in an hour as are too many',
    many(MANY.patients, 3),
    [`many-patients null ${MANY.patients}`],
  ],
  ['one fewer', many(MANY.patients - 1, 3), []],
  ['as many in more than an hour', many(MANY.patients, 4), []],
  ['as many on lists', many(MANY.patients, 1, 'work-list'), []],
  ['as many, with work done for one', many(MANY.patients, 1), [], ['ann p3']],
  ['visits without a word written down', visits(AGAIN.visits), [`again-and-again other ${AGAIN.visits}`]],
  [
    'visits over the days of a week',
    visits(AGAIN.visits, 'other', 2),
    [`again-and-again other ${AGAIN.visits}`],
  ],
  ['one visit fewer', visits(AGAIN.visits - 1), []],
  ['visits with a word written down', visits(AGAIN.visits), [], ['ann other']],
  ['pages of one visit', many(9, 1).map(([, time]) => ['other', time] as const), []],
  [
    'before the doors open',
    [
      ['other', '07:29'],
      ['other', '07:30'],
    ],
    ['out-of-hours null 1'],
  ],
  [
    'after they close, any look',
    [
      ['other', '18:59'],
      ['other', '19:00', 'search-result'],
    ],
    ['out-of-hours null 1'],
  ],
])('%s', (_, seen, rules, worked) => {
  const found = unusualLooks(DAY, looksOf(seen), known(worked));
  expect(found.map(({ rule, patientId, count }) => `${rule} ${patientId} ${count}`)).toEqual(rules);
});

test('what is found says of whom, when, and up to which look', () => {
  expect(
    unusualLooks(
      DAY,
      looksOf([
        ['brother', '10:00'],
        ['other', '10:01'],
        ['brother', '10:05'],
      ]),
      known(),
    ),
  ).toEqual([
    {
      ...{ rule: 'same-surname', staffId: 'ann', patientId: 'brother', day: DAY, count: 2, toSeq: 3 },
      ...{ firstAt: atLondonTime(DAY, '10:00'), lastAt: atLondonTime(DAY, '10:05') },
    },
  ]);
});

test.each([
  ['2026-11-20', '08:00', false],
  ['2026-11-21', '10:00', true],
  ['2026-11-22', '10:00', true],
  ['2026-12-25', '10:00', true],
  // Summer time: seven in the evening in London is six by the clock of the world.
  ['2026-07-01', '18:59', false],
  ['2026-07-01', '19:00', true],
])('%s at %s is out of hours: %s', (day, time, out) =>
  expect(isOutOfHours(atLondonTime(day, time))).toBe(out),
);

test.each([
  ['Dr Ann Smith', 'ANN', 'SMITH'],
  ['Zoë O’Neill', 'ZOE', 'ONEILL'],
  ['Madonna', '', 'MADONNA'],
  ['', '', ''],
])('the name of the account %j', (name, givenNameKey, familyNameKey) =>
  expect(staffNameKeys(name)).toEqual({ givenNameKey, familyNameKey }),
);
