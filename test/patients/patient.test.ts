import { expect, test } from 'vitest';
import { nameKey, shownName } from '../../src/patients/patient.ts';

test.each([
  ['Smith', 'SMITH'],
  ["O'Keefe", 'OKEEFE'],
  ['Smith-Jones', 'SMITHJONES'],
  ['de la Cruz', 'DELACRUZ'],
  ['Núñez', 'NUNEZ'],
  ['Zoë', 'ZOE'],
  ['Strauß', 'STRAUSS'],
  ['Jørgensen', 'JORGENSEN'],
  ['Łukasz', 'LUKASZ'],
  ['Æsa Þóra', 'AESATHORA'],
  ['Medhurst46', 'MEDHURST'],
  ['李', '李'],
  [' ’- ', ''],
])('the name %s is searched as %s', (name, key) => {
  expect(nameKey(name)).toBe(key);
});

test('a name is shown as NHS systems show it', () => {
  expect(shownName({ title: 'Mr', givenName: 'John', familyName: 'McDonald' })).toBe('MCDONALD, John (Mr)');
  expect(shownName({ title: null, givenName: 'Zoë Ann', familyName: 'Ó Briain' })).toBe('Ó BRIAIN, Zoë Ann');
});
