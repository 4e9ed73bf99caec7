import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bothTypes, indexOf, keep, scan } from './scan.ts';
import { cut, someNumbers, someSizes } from './some-csv.ts';

const quoteIt = (text: string) => `"${text.replaceAll('"', '""')}"`;
const note = fc.oneof(
  fc.stringMatching(/^[a-z ]{0,6}$/),
  fc
    .array(fc.constantFrom('"', ',', '\n', '\r\n', 'x', ...someNumbers), { maxLength: 5 })
    .map((parts) => quoteIt(parts.join(''))),
);
const person = fc.integer({ min: 0, max: someNumbers.length - 1 });
const written = fc.constantFrom<(number: string) => string>(
  (number) => number,
  quoteIt,
  (number) => `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`,
  (number) => `"\u00a0${number} "`,
);
const row = fc.record({ person, written, note, end: fc.constantFrom('\n', '\r\n') });

test('no row of an objector leaves, and nobody else’s is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 12 }),
      fc.uniqueArray(person, { maxLength: 4 }),
      someSizes,
      async (rows, objectors, sizes) => {
        const lines = rows.map((one) => ({
          ...one,
          text: `${one.note},${one.written(someNumbers[one.person] as string)}${one.end}`,
        }));
        const header = 'note,nhs_number\n';
        const text = header + lines.map((line) => line.text).join('');
        const index = indexOf(
          someNumbers.map((nhsNumber, i) => ({ nhsNumber, type1: objectors.includes(i) })),
        );
        const version = { fields: keep('note', 'nhs_number'), nhsNumberColumn: null };
        const { output } = await scan(cut(Buffer.from(text), sizes), { version, rule: bothTypes, index });
        const expected = lines.filter((line) => !objectors.includes(line.person)).map((line) => line.text);
        expect(output.toString()).toBe(header + expected.join(''));
      },
    ),
    { numRuns: 2_000 },
  );
});
