import { describe, expect, test } from 'vitest';
import type { ObjectionRequest } from '../../../../src/objections/request.ts';
import {
  type About,
  objectionMistakes,
  withdrawalMistakes,
} from '../../../../src/web/pages/objections/likely-mistakes.ts';
import { keyed } from '../../../objections/say.ts';

const request: ObjectionRequest = {
  practiceId: 'p',
  patientId: 'a',
  types: ['type-1'],
  requester: 'patient',
  receivedVia: 'phone',
  receivedOn: '2026-11-20',
};
const about = (asked: Partial<ObjectionRequest>, rest: Partial<About> = {}): About => ({
  request: { ...request, ...asked },
  dateOfBirth: '1970-02-03',
  today: '2026-11-20',
  histories: [[]],
  notes: [],
  ...rest,
});

describe('before an objection is saved', () => {
  const rows: [what: string, about: About, asked: RegExp | undefined][] = [
    ['nothing is unusual', about({}), undefined],
    ['received a year ago to the day', about({ receivedOn: '2025-11-20' }), undefined],
    ['received longer ago', about({ receivedOn: '2025-11-19' }), /more than a year ago/],
    ['a child of 12 alone', about({}, { dateOfBirth: '2013-11-21' }), /Caldicott Guardian will decide/],
    ['on the 13th birthday', about({}, { dateOfBirth: '2013-11-20' }), undefined],
    [
      'a parent for a child',
      about({ requester: 'parental-responsibility' }, { dateOfBirth: '2020-01-01' }),
      undefined,
    ],
    ['type 2 now', about({ types: ['type-2'] }), /no national effect/],
    ['who has left', about({}, { notes: ['Left the practice'] }), /patient list says.*Left the practice/],
    [
      'a later withdrawal on record',
      about({}, { histories: [keyed(['record', '2020-01-01'], ['withdraw', '2026-11-21'])] }),
      /will not be in force/,
    ],
    [
      'an earlier withdrawal on record',
      about({}, { histories: [keyed(['record', '2020-01-01'], ['withdraw', '2021-01-01'])] }),
      undefined,
    ],
    ['in force already', about({}, { histories: [keyed(['record', '2020-01-01'])] }), undefined],
  ];
  test.each(rows)('%s', (_what, given, asked) => {
    const mistakes = objectionMistakes(given);
    if (asked === undefined) expect(mistakes).toEqual([]);
    else expect(mistakes).toEqual([expect.stringMatching(asked)]);
  });
});

describe('before a withdrawal is saved', () => {
  const inForce = (receivedOn: string) => about({}, { histories: [keyed(['record', receivedOn])] });

  test('it is always asked what it does', () => {
    expect(withdrawalMistakes(inForce('2020-01-01'))).toEqual([
      expect.stringMatching(/can leave in extracts/),
    ]);
  });

  test.each([
    ['2026-11-20', /same day.*manager settles/],
    ['2026-11-21', /will not lift it/],
  ])('an objection received on %s', (day, words) => {
    expect(withdrawalMistakes(inForce(day))).toContainEqual(expect.stringMatching(words));
  });
});
