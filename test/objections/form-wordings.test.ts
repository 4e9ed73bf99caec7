import { expect, test } from 'vitest';
import { formWordings, wordingOn } from '../../src/objections/form-wordings.ts';

test('each wording has an id and a day of its own, the earliest first', () => {
  const days = formWordings.map(({ from }) => from);
  expect(days).toEqual([...new Set(days)].sort());
  expect(new Set(formWordings.map(({ id }) => id)).size).toBe(formWordings.length);
});

test.each([
  ['2021-05-18', undefined],
  ['2021-05-19', 'nhs-digital-2021'],
  ['2026-10-31', 'nhs-digital-2021'],
  ['2026-11-01', 'registry-2026-11'],
  ['2040-01-01', 'registry-2026-11'],
])('on %s it is %s', (day, id) => expect(wordingOn(day)?.id).toBe(id));

test('the newest is ours, so that there is one to print', () => {
  expect(formWordings.at(-1)?.isOurs).toBe(true);
});
