import { describe, expect, it } from 'vitest';
import { pseudonymOfNumber, treat } from '../../src/guard/treatments.ts';
import { INVALID_NUMBER, keyOfNhsNumber, NO_NUMBER } from '../../src/patients/nhs-number.ts';

const key = Buffer.from('one extract’s key');

describe('a date is reduced to', () => {
  it.each([
    ['2024-05-06', '2024-05'],
    ['2024-05-06T23:59:59.999Z', '2024-05'],
    ['2024-12-31T23:30:00+01:00', '2024-12'],
    ['2024-05-06 10:00', '2024-05'],
    ['06/05/2024', '2024-05'],
    ['06/05/2024 10:00:00', '2024-05'],
    ['06-May-2024', '2024-05'],
    ['06-MAY-2024', '2024-05'],
    [' 2024-05-06 ', '2024-05'],
    ['29/02/2024', '2024-02'],
    ['', ''],
  ])('year and month of %j: %j', (text, month) => {
    expect(treat('month', text, key)).toBe(month);
    expect(treat('year', text, key)).toBe(month.slice(0, 4));
  });

  it.each([
    '30/02/2024',
    '29/02/2023',
    '05/13/2024',
    '2024-13-01',
    '2024',
    '2024-05',
    '6 May',
    '06-Mai-2024',
    '20240506',
  ])('nothing, when it is none: %j', (text) => expect(treat('month', text, key)).toBeUndefined());
});

describe('a postcode is reduced to its outward code', () => {
  it.each([
    ['EX1 1AA', 'EX1'],
    ['ex11aa', 'EX1'],
    ['W1A 1AA', 'W1A'],
    ['EC1A1BB', 'EC1A'],
    ['M1  1AE', 'M1'],
    [' CR2 6XH ', 'CR2'],
    ['', ''],
  ])('%j: %j', (text, outward) => expect(treat('outward-code', text, key)).toBe(outward));

  it.each(['EX1', '1AA EX1', 'EX1 1A', 'unknown', 'EX1 1AA, Exeter'])('or to nothing: %j', (text) => {
    expect(treat('outward-code', text, key)).toBeUndefined();
  });
});

describe('a pseudonym', () => {
  it('is the same within an extract, and different in the next', () => {
    const [one, again, other] = [
      treat('pseudonym', 'x', key),
      treat('pseudonym', 'x', key),
      treat('pseudonym', 'x', Buffer.from('k2')),
    ];
    expect(one).toBe(again);
    expect(one).not.toBe(other);
  });

  it('can be read as a number by no program', () => {
    const pseudonyms = Array.from({ length: 500 }, (_, i) => treat('pseudonym', String(i), key) ?? '');
    for (const pseudonym of pseudonyms) expect(pseudonym).toMatch(/^p[0-9a-f]{32}$/);
    expect(new Set(pseudonyms).size).toBe(500);
  });

  it('stands for a number, not for how it is written; for no number there is none', () => {
    expect(pseudonymOfNumber(keyOfNhsNumber('9990000018'), key)).toBe(treat('pseudonym', '9990000018', key));
    expect(pseudonymOfNumber(NO_NUMBER, key)).toBe('');
    expect(pseudonymOfNumber(INVALID_NUMBER, key)).toBeUndefined();
    expect(treat('pseudonym', '  ', key)).toBe('');
  });
});
