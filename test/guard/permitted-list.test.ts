import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AGAIN, PERMIT, permittedList, plainNumbers, WITHHELD } from '../../src/guard/check.ts';
import { nhsNumberOfKey } from '../../src/patients/nhs-number.ts';
import { someNumbers } from './some-csv.ts';

const written = fc.constantFrom<(number: string) => string>(
  (number) => number,
  (number) => number,
  (number) => number,
  (number) => `${number.slice(0, 3)} ${number.slice(3)}`,
  (number) => `${number} `,
  (number) => [...number].join(' - '),
);
const text = fc.string({ unit: fc.constantFrom('"', ',', '[', 'a', ' '), maxLength: 80 });
const around = fc.record({ before: text, after: text });
const space = fc.constantFrom('', '', '', ' ', '\n ');
const member = fc.tuple(
  fc.constantFrom(...someNumbers),
  written,
  space,
  fc.constantFrom(PERMIT, PERMIT, AGAIN, WITHHELD),
);

test('the list is what JSON would make of those permitted, however they were written', () => {
  const property = fc.property(
    fc.array(member, { minLength: 1, maxLength: 20 }),
    fc.nat(60),
    around,
    (members, room, around) => {
      const texts = members.map(([number, write, before]) => `${before}"${write(number)}"`);
      const bytes = Buffer.from(`{"nhsNumbers":[${texts.join(',')}]}`);
      const read = plainNumbers(bytes, 100, new Int32Array(room).fill(-7));
      if (read === undefined) throw new Error('The list was not read');
      const answers = Uint8Array.from(members, ([, , , answer]) => answer);
      const expected = [...read.keys].map(nhsNumberOfKey).filter((_, place) => answers[place] === PERMIT);
      const { keys, places } = read;
      const { before, after } = around;
      const list = `${before}${JSON.stringify(expected)}${after}`;
      expect(permittedList({ keys, answers }, { bytes, places }, around).toString()).toBe(list);
      expect(permittedList({ keys, answers }).toString()).toBe(JSON.stringify(expected));
    },
  );
  fc.assert(property, { numRuns: 1_000 });
});
