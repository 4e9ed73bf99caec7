import { expect, test } from 'vitest';
import { lastSaid } from '../../../src/objections/coded-report/last-said.ts';
import type { CodedEntry } from '../../../src/objections/coded-report/read-coded-report.ts';

const BORN = '1970-02-03';
const TODAY = '2026-11-20';

type Written = readonly [meaning: CodedEntry['meaning'], on: string | null, enteredOn?: string];
const entry =
  (type: CodedEntry['type']) =>
  ([meaning, on, enteredOn]: Written, place: number): CodedEntry => ({
    ...{ type, meaning, on, enteredOn: enteredOn ?? null, row: place + 2 },
    patient: { nhsNumber: '9990000018', localIds: [] },
  });
const D = 'dissent';
const W = 'withdrawn';

test.each<[words: string, written: readonly Written[], meaning: string, on: string | null]>([
  ['one objection', [[D, '2016-01-01']], D, '2016-01-01'],
  [
    'a later withdrawal',
    [
      [D, '2016-01-01'],
      [W, '2018-01-01'],
    ],
    W,
    '2018-01-01',
  ],
  [
    'an earlier withdrawal',
    [
      [W, '2016-01-01'],
      [D, '2018-01-01'],
    ],
    D,
    '2018-01-01',
  ],
  [
    'both on one day: the objection',
    [
      [D, '2018-01-01'],
      [W, '2018-01-01'],
    ],
    D,
    '2018-01-01',
  ],
  ['a withdrawal alone is no objection', [[W, '2018-01-01']], W, '2018-01-01'],
  [
    'a withdrawal without a day lifts nothing',
    [
      [D, '2016-01-01'],
      [W, null],
    ],
    D,
    '2016-01-01',
  ],
  [
    'an objection without a day stands',
    [
      [D, null],
      [W, '2018-01-01'],
    ],
    D,
    null,
  ],
  [
    'a day that is known comes before none',
    [
      [D, null],
      [D, '2016-01-01'],
    ],
    D,
    '2016-01-01',
  ],
  [
    'three that would go round in a circle',
    [
      [D, '2016-01-01'],
      [W, '2018-01-01'],
      [D, null],
    ],
    D,
    null,
  ],
  ['the future is no day', [[D, '2026-11-21']], D, null],
  [
    'a withdrawal of the future lifts nothing',
    [
      [D, '2016-01-01'],
      [W, '2026-11-21'],
    ],
    D,
    '2016-01-01',
  ],
  ['before birth is no day', [[D, '1970-02-02']], D, null],
  [
    'what was keyed later does not count',
    [
      [D, '2016-01-01', '2026-01-01'],
      [W, '2018-01-01'],
    ],
    W,
    '2018-01-01',
  ],
])('%s', (_, written, meaning, on) => {
  for (const inOrder of [written, [...written].reverse()])
    expect(lastSaid(inOrder.map(entry('type-1')), BORN, TODAY)).toMatchObject({ meaning, on, isLate: false });
});

test.each<[words: string, written: Written, isLate: boolean]>([
  ['its last day', [D, '2018-10-11'], false],
  ['the day after', [D, '2018-10-12'], true],
  ['an old entry keyed late counts by its own day', [D, '2016-01-01', '2020-01-01'], false],
  ['without a day, by the day on which it was keyed', [D, null, '2018-10-11'], false],
  ['keyed after it', [D, null, '2018-10-12'], true],
  ['nobody can say when', [D, null], true],
  ['a withdrawal is not late', [W, '2020-01-01'], false],
])('type 2, %s', (_, written, isLate) =>
  expect(lastSaid([entry('type-2')(written, 0)], BORN, TODAY)).toMatchObject({ isLate }),
);

test('nothing says nothing', () => expect(lastSaid([], BORN, TODAY)).toBeNull());
