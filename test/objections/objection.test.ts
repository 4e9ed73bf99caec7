import { describe, expect, test } from 'vitest';
import { type ObjectionAct, type Standing, standing } from '../../src/objections/objection.ts';
import { as, keyed, of } from './say.ts';

type Row = [rule: string, acts: ObjectionAct[], expected: Partial<Omit<Standing, 'states'>>];

const today = '2026-11-20';
const toDecide = { needsDecision: true };

const latestWins: Row[] = [
  ['nothing was ever said', [], { inForce: false, since: null, decidingActId: null }],
  [
    'an objection works',
    keyed(['record', '2016-03-01']),
    { inForce: true, since: '2016-03-01', decidingActId: 'a0' },
  ],
  ['of any age', keyed(['record', '1999-12-31']), { inForce: true, since: '1999-12-31' }],
  [
    'a later withdrawal lifts it',
    keyed(['record', '2016-03-01'], ['withdraw', '2018-05-25']),
    { inForce: false, since: '2018-05-25', decidingActId: 'a1' },
  ],
  [
    'a withdrawal that was received before it does not, though keyed after',
    keyed(['record', '2018-05-25'], ['withdraw', '2016-03-01']),
    { inForce: true, since: '2018-05-25' },
  ],
  [
    'withdrawn, then renewed',
    keyed(['record', '2016-03-01'], ['withdraw', '2018-05-25'], ['record', '2019-01-02']),
    { inForce: true, since: '2019-01-02', decidingActId: 'a2' },
  ],
  [
    'objected 2016, confirmed today, a withdrawal of 2020 keyed late: it stands',
    keyed(['record', '2016-03-01'], ['confirm', today], ['withdraw', '2020-06-01']),
    { inForce: true, since: today, decidingActId: 'a1', needsSettling: false },
  ],
  [
    'a confirmation after a withdrawal is an objection again',
    keyed(['record', '2016-03-01'], ['withdraw', '2018-05-25'], ['confirm', '2018-05-26']),
    { inForce: true, since: '2018-05-26' },
  ],
  [
    'a withdrawal alone lifts nothing and is no objection',
    keyed(['withdraw', '2018-05-25']),
    { inForce: false, since: '2018-05-25', decidingActId: 'a0' },
  ],
];

const sameDay: Row[] = [
  [
    'objection and withdrawal of one day: it stands, to be settled',
    keyed(['record', today], ['withdraw', today]),
    { inForce: true, since: today, decidingActId: 'a0', needsSettling: true, daysToSettle: [today] },
  ],
  [
    'the same, keyed the other way round',
    keyed(['withdraw', today], ['record', today]),
    { inForce: true, decidingActId: 'a1', needsSettling: true },
  ],
  [
    'settled as withdrawal: lifted',
    keyed(['record', today], ['withdraw', today], ['settle', today, as('withdrawal')]),
    { inForce: false, since: today, decidingActId: 'a1', needsSettling: false },
  ],
  [
    'settled as objection: stands',
    keyed(['record', today], ['withdraw', today], ['settle', today, as('objection')]),
    { inForce: true, needsSettling: false },
  ],
  [
    'settling holds for what was there; an objection of that day keyed after it stands',
    keyed(['record', today], ['withdraw', today], ['settle', today, as('withdrawal')], ['confirm', today]),
    { inForce: true, decidingActId: 'a3', needsSettling: true },
  ],
  [
    'and a withdrawal keyed after it has to be settled',
    keyed(['record', today], ['withdraw', today], ['settle', today, as('objection')], ['withdraw', today]),
    { inForce: true, needsSettling: true },
  ],
  [
    'the last settling counts',
    keyed(
      ['record', today],
      ['withdraw', today],
      ['settle', today, as('withdrawal')],
      ['settle', today, as('objection')],
    ),
    { inForce: true, needsSettling: false },
  ],
  [
    'settling one day says nothing of another',
    keyed(['record', '2016-03-01'], ['withdraw', '2016-03-01'], ['settle', today, as('withdrawal')]),
    { inForce: true, needsSettling: true, daysToSettle: ['2016-03-01'] },
  ],
  [
    'settled as a withdrawal that was never made: stands',
    keyed(['record', today], ['settle', today, as('withdrawal')]),
    { inForce: true },
  ],
  [
    'settled with a word nobody knows: stands',
    keyed(['record', today], ['withdraw', today], ['settle', today, { settledAs: 'perhaps' }]),
    { inForce: true, needsSettling: true },
  ],
  [
    'a conflict on an earlier day no longer matters',
    keyed(['record', '2016-03-01'], ['withdraw', '2016-03-01'], ['withdraw', today]),
    { inForce: false, needsSettling: false },
  ],
];

const undated: Row[] = [
  ['an undated objection stands', keyed(['record', null]), { inForce: true, since: null, undated: true }],
  [
    'whatever withdrawals there are, and waits for a manager',
    keyed(['record', null], ['withdraw', today]),
    { inForce: true, undated: true, needsSettling: true, daysToSettle: [null], decidingActId: 'a0' },
  ],
  [
    'settled as withdrawal: lifted',
    keyed(['record', null], ['withdraw', today], ['settle', null, as('withdrawal')]),
    { inForce: false, since: today, undated: false, needsSettling: false },
  ],
  [
    'settled as objection: stands, and is not asked again',
    keyed(['record', null], ['withdraw', today], ['settle', null, as('objection')]),
    { inForce: true, undated: true, needsSettling: false },
  ],
  [
    'unless a further withdrawal comes',
    keyed(
      ['record', null],
      ['withdraw', '2020-01-01'],
      ['settle', null, as('objection')],
      ['withdraw', today],
    ),
    { inForce: true, needsSettling: true },
  ],
  [
    'settling a day does not settle it',
    keyed(['record', null], ['withdraw', today], ['settle', today, as('withdrawal')]),
    { inForce: true, undated: true, needsSettling: true },
  ],
  [
    'a dated objection beside it decides',
    keyed(['record', null], ['record', '2016-03-01']),
    { inForce: true, since: '2016-03-01', undated: true, needsSettling: false },
  ],
  [
    'both have to be settled, each by itself',
    keyed(['record', null], ['record', today], ['withdraw', today]),
    { inForce: true, daysToSettle: [today, null] },
  ],
  [
    'a date that is no day counts as none',
    keyed(['record', '2016-02-30'], ['withdraw', today]),
    { inForce: true },
  ],
  [
    'nor does a withdrawal with such a date lift',
    keyed(['record', '2016-02-01'], ['withdraw', '9999-99-99']),
    { inForce: true },
  ],
  [
    'nor one without',
    keyed(['record', '2016-02-01'], ['withdraw', null]),
    { inForce: true, needsSettling: false },
  ],
];

const errors: Row[] = [
  [
    'marked in error by one person: stands, waits for a second',
    keyed(['record', today], ['ask-error', null, of('a0')]),
    { inForce: true, errorsToConfirm: ['a0'] },
  ],
  [
    'confirmed: it never was',
    keyed(['record', today], ['ask-error', null, of('a0')], ['confirm-error', null, of('a0')]),
    { inForce: false, since: null, decidingActId: null, errorsToConfirm: [] },
  ],
  [
    'refused: stands',
    keyed(['record', today], ['ask-error', null, of('a0')], ['refuse-error', null, of('a0')]),
    { inForce: true, errorsToConfirm: [] },
  ],
  [
    'refused, then confirmed without being asked again: stands',
    keyed(
      ['record', today],
      ['ask-error', null, of('a0')],
      ['refuse-error', null, of('a0')],
      ['confirm-error', null, of('a0')],
    ),
    { inForce: true },
  ],
  [
    'refused, asked again and confirmed',
    keyed(
      ['record', today],
      ['ask-error', null, of('a0')],
      ['refuse-error', null, of('a0')],
      ['ask-error', null, of('a0')],
      ['confirm-error', null, of('a0')],
    ),
    { inForce: false },
  ],
  [
    'confirmed though nobody asked: stands',
    keyed(['record', today], ['confirm-error', null, of('a0')]),
    { inForce: true },
  ],
  [
    'only the act meant is in error: a confirmation still objects',
    keyed(
      ['record', '2016-03-01'],
      ['confirm', today],
      ['ask-error', null, of('a0')],
      ['confirm-error', null, of('a0')],
    ),
    { inForce: true, since: today },
  ],
  [
    'a withdrawal marked in error lifts nothing, at once',
    keyed(['record', '2016-03-01'], ['withdraw', today], ['ask-error', null, of('a1')]),
    { inForce: true, since: '2016-03-01', errorsToConfirm: [] },
  ],
  [
    'so does a settling',
    keyed(
      ['record', today],
      ['withdraw', today],
      ['settle', today, as('withdrawal')],
      ['ask-error', null, of('a2')],
    ),
    { inForce: true, needsSettling: true },
  ],
  [
    'a settling that keeps an objection needs the second person: without it an earlier one would lift it',
    keyed(
      ['record', today],
      ['withdraw', today],
      ['settle', today, as('withdrawal')],
      ['confirm', today],
      ['settle', today, as('objection')],
      ['ask-error', null, of('a3')],
      ['confirm-error', null, of('a3')],
      ['ask-error', null, of('a4')],
    ),
    { inForce: true, errorsToConfirm: ['a4'] },
  ],
  [
    'when the withdrawal that was settled turns out an error, the objection is back',
    keyed(
      ['record', today],
      ['withdraw', today],
      ['settle', today, as('withdrawal')],
      ['ask-error', null, of('a1')],
    ),
    { inForce: true, needsSettling: false },
  ],
  [
    'the same without a date',
    keyed(
      ['record', null],
      ['withdraw', today],
      ['settle', null, as('withdrawal')],
      ['ask-error', null, of('a1')],
    ),
    { inForce: true, needsSettling: false },
  ],
  [
    'in error of an act that does not exist',
    keyed(['record', today], ['ask-error', null, of('zz')]),
    { inForce: true },
  ],
];

const guardian: Row[] = [
  [
    'works before the guardian decided',
    keyed(['record', today, toDecide]),
    { inForce: true, decisionsToMake: ['a0'], needsDecision: true },
  ],
  [
    'upheld: stands',
    keyed(['record', today, toDecide], ['decide', null, of('a0', { upheld: true })]),
    { inForce: true, needsDecision: false },
  ],
  [
    'not upheld: does not count',
    keyed(['record', today, toDecide], ['decide', null, of('a0', { upheld: false })]),
    { inForce: false, decidingActId: null, needsDecision: false },
  ],
  [
    'but what was said before it does',
    keyed(
      ['record', '2016-03-01'],
      ['confirm', today, toDecide],
      ['decide', null, of('a1', { upheld: false })],
    ),
    { inForce: true, since: '2016-03-01' },
  ],
  [
    'the last decision counts',
    keyed(
      ['record', today, toDecide],
      ['decide', null, of('a0', { upheld: false })],
      ['decide', null, of('a0', { upheld: true })],
    ),
    { inForce: true },
  ],
  [
    'a decision without an answer upholds',
    keyed(['record', today, toDecide], ['decide', null, of('a0', { upheld: null })]),
    { inForce: true },
  ],
  [
    'the guardian does not decide on what a patient said for themselves',
    keyed(['record', today], ['decide', null, of('a0', { upheld: false })]),
    { inForce: true },
  ],
];

const doubt: Row[] = [
  ['an act of a kind nobody knows objects', keyed(['dissent', today]), { inForce: true, undated: true }],
  [
    'and no withdrawal lifts it alone',
    keyed(['dissent', '2016-03-01'], ['withdraw', today]),
    { inForce: true, needsSettling: true },
  ],
];

const rules = { latestWins, sameDay, undated, errors, guardian, doubt };

describe.each(Object.entries(rules))('%s', (_, rows) => {
  test.each(rows)('%s', (_rule, acts, expected) => {
    expect(standing(acts)).toMatchObject(expected);
    expect(standing(acts.toReversed())).toEqual(standing(acts));
  });
});

describe('polarity', () => {
  test('objections and withdrawals swapped give the opposite answer', () => {
    const swap: Record<string, string> = { record: 'withdraw', withdraw: 'record' };
    for (const [, acts, { inForce }] of latestWins.filter(([, some]) => some.length > 0)) {
      const plain = acts.filter((act) => act.kind in swap);
      if (plain.length < acts.length) continue;
      const swapped = plain.map((act) => ({ ...act, kind: swap[act.kind] ?? '' }));
      expect(standing(swapped).inForce).toBe(!inForce);
    }
  });
});

describe('what has become of each act', () => {
  const states = (acts: ObjectionAct[]) => [...standing(acts).states.values()];

  test.each<[string, ObjectionAct[], string[]]>([
    [
      'objected, withdrew, objected',
      keyed(['record', '2016-03-01'], ['withdraw', '2018-05-25'], ['record', today]),
      ['withdrawn', 'superseded', 'stands'],
    ],
    [
      'a late withdrawal of the past',
      keyed(['record', '2016-03-01'], ['confirm', today], ['withdraw', '2020-06-01']),
      ['withdrawn', 'stands', 'superseded'],
    ],
    ['not settled', keyed(['record', today], ['withdraw', today]), ['stands', 'unsettled']],
    [
      'settled as withdrawal',
      keyed(['record', today], ['withdraw', today], ['settle', today, as('withdrawal')]),
      ['withdrawn', 'stands', 'stands'],
    ],
    [
      'settled as objection',
      keyed(['record', today], ['withdraw', today], ['settle', today, as('objection')]),
      ['stands', 'superseded', 'stands'],
    ],
    ['undated, not settled', keyed(['record', null], ['withdraw', today]), ['stands', 'unsettled']],
    [
      'undated, settled as withdrawal',
      keyed(['record', null], ['withdraw', today], ['settle', null, as('withdrawal')]),
      ['withdrawn', 'stands', 'stands'],
    ],
    [
      'in error, not upheld',
      keyed(
        ['record', today],
        ['confirm', today, toDecide],
        ['ask-error', null, of('a0')],
        ['confirm-error', null, of('a0')],
        ['decide', null, of('a1', { upheld: false })],
      ),
      ['in-error', 'not-upheld', 'stands', 'stands', 'stands'],
    ],
  ])('%s', (_, acts, expected) => {
    expect(states(acts)).toEqual(expected);
  });
});
