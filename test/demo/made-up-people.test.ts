import { expect, test } from 'vitest';
import { madeUpEvents } from '../../src/demo/made-up-events.ts';
import { madeUpNhsNumber } from '../../src/demo/made-up-numbers.ts';
import { madeUpPatient } from '../../src/demo/made-up-patient.ts';
import { parseNhsNumber } from '../../src/patients/nhs-number.ts';
import { somePatients } from '../support/factories.ts';

test('numbers are valid, different, and from the range that is never issued', () => {
  const numbers = Array.from({ length: 80_000 }, (_, n) => madeUpNhsNumber(n));
  expect(new Set(numbers).size).toBe(80_000);
  expect(numbers.filter((number) => !parseNhsNumber(number).ok)).toEqual([]);
  expect(numbers[0]).toBe('9990000018');
  expect(numbers.filter((number) => !/^9990\d{6}$/.test(number))).toEqual([]);
  expect(() => madeUpNhsNumber(100_000)).toThrow('made-up NHS numbers');
});

test('person number n is the same whenever asked', () => {
  expect(madeUpPatient(17)).toEqual(madeUpPatient(17));
  expect(madeUpPatient(0)).toMatchInlineSnapshot(`
    {
      "address": "150 Mill Lane, Trialbury",
      "dateOfBirth": "1981-10-27",
      "dateOfDeath": "",
      "familyName": "Hall",
      "gender": "male",
      "givenName": "Dylan",
      "nhsNumber": "9990000018",
      "postcode": "ZX5 7WS",
      "title": "Mr",
    }
  `);
});

test('ages, genders and addresses are like those of a practice in England', () => {
  const people = somePatients(9_500);
  const share = (test: (person: (typeof people)[number]) => boolean) =>
    Math.round((people.filter(test).length / people.length) * 100);
  expect(share(({ dateOfBirth }) => dateOfBirth > '2008-11-01')).toBeGreaterThanOrEqual(18);
  expect(share(({ dateOfBirth }) => dateOfBirth > '2008-11-01')).toBeLessThanOrEqual(23);
  expect(share(({ dateOfBirth }) => dateOfBirth < '1961-11-01')).toBeGreaterThanOrEqual(15);
  expect(share(({ gender }) => gender === 'female')).toBeGreaterThanOrEqual(48);
  expect(people.filter(({ dateOfBirth }) => !/^(19|20)\d\d-\d\d-\d\d$/.test(dateOfBirth))).toEqual([]);
  expect(people.filter(({ postcode }) => !/^ZX[1-9] [1-9][A-Z]{2}$/.test(postcode))).toEqual([]);
  expect(people.filter(({ dateOfBirth }) => dateOfBirth > '2026-11-01')).toEqual([]);
});

test('events are the same for the same person, and some notes are awkward', () => {
  expect(madeUpEvents('9990000018')).toEqual(madeUpEvents('9990000018'));
  const notes = Array.from({ length: 200 }, (_, n) => madeUpEvents(madeUpNhsNumber(n)))
    .flat()
    .map(({ note }) => note);
  expect(notes.some((note) => note.includes('\n'))).toBe(true);
  expect(notes.some((note) => note.includes('"'))).toBe(true);
});
