import { describe, expect, test } from 'vitest';
import {
  onRecord,
  requesterChoices,
  typesInForce,
  wasYoungPerson,
} from '../../../../src/web/pages/objections/request-choices.ts';
import { keyed } from '../../../objections/say.ts';

const TODAY = '2026-11-20';

describe('who can ask', () => {
  const rows: [born: string, requesters: string[]][] = [
    ['1970-02-03', ['patient', 'attorney-health', 'attorney-property', 'deputy', 'nobody-to-decide']],
    [
      '2003-01-01',
      [
        'patient',
        'parental-responsibility',
        'attorney-health',
        'attorney-property',
        'deputy',
        'nobody-to-decide',
        'child-and-parent-disagree',
      ],
    ],
    ['2020-01-01', ['patient', 'parental-responsibility', 'deputy', 'child-and-parent-disagree']],
    ['2026-11-20', ['patient', 'parental-responsibility', 'deputy', 'child-and-parent-disagree']],
  ];
  test.each(rows)('for somebody born on %s', (born, requesters) => {
    expect(requesterChoices(born, TODAY).map(({ value }) => value)).toEqual(requesters);
  });

  test.each([
    ['1970-01-01', false],
    ['1996-01-01', true],
    ['2012-01-01', true],
    ['2020-01-01', false],
  ])('whether somebody born on %s may have been 13 to 17: %s', (born, was) => {
    expect(wasYoungPerson(born, TODAY)).toBe(was);
  });
});

describe('what is on record is said plainly', () => {
  test.each([
    [[], 'No objection of this type on record.'],
    [keyed(['record', '2016-03-01']), 'In force, received on 1 March 2016.'],
    [keyed(['record', null]), 'In force, received on a day that is not known.'],
    [
      keyed(['record', '2016-03-01'], ['withdraw', '2018-01-01']),
      'Not in force: withdrawn, received on 1 January 2018.',
    ],
    [
      keyed(
        ['record', '2016-03-01'],
        ['ask-error', null, { targetActId: 'a0' }],
        ['confirm-error', null, { targetActId: 'a0' }],
      ),
      'No objection of this type on record.',
    ],
  ])('%#', (acts, words) => expect(onRecord(acts)).toBe(words));
});

test('only what is in force can be withdrawn', () => {
  const histories = new Map([
    ['type-1', keyed(['record', '2016-03-01'], ['withdraw', '2018-01-01'])],
    ['type-2', keyed(['record', '2016-03-01'])],
  ] as const);
  expect(typesInForce(histories).map(({ value }) => value)).toEqual(['type-2']);
});
