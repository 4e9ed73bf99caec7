import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Field, treatments } from '../../src/extracts/extract.ts';
import { indexOf, scan } from './scan.ts';
import { someNumbers } from './some-csv.ts';

const patients = someNumbers.slice(0, 4);
const index = indexOf(patients.map((nhsNumber, place) => ({ nhsNumber, type1: place === 3 })));

/** Columns of a file in any order, some of which are approved in any order, each with any treatment. */
const definition = fc.integer({ min: 1, max: 6 }).chain((others) => {
  const columns = ['nhs_number', ...Array.from({ length: others }, (_, place) => `col${place}`)];
  const order = fc.shuffledSubarray(columns, { minLength: columns.length });
  const approved = fc
    .shuffledSubarray(columns, { minLength: 1 })
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.constantFrom(...treatments).map((treatment): Field => ({ name, treatment })),
        ),
      ),
    );
  return fc.record({ order, approved });
});
const kinds = ['mark', 'day', 'postcode'] as const;
const rowsOf = fc.array(
  fc.record({ patient: fc.integer({ min: 0, max: 3 }), kind: fc.constantFrom(...kinds) }),
  { maxLength: 6 },
);

/** A value that says of which row and column it is, as text, in the day of a date, or in the second half of a postcode. */
const sampleValue = (kind: (typeof kinds)[number], row: number, column: string): string => {
  const place = Number(column.slice(3));
  if (kind === 'mark') return `secret-${column}-${row}`;
  return kind === 'day' ? `19${20 + place}-0${1 + row}-${11 + place}` : `LS${place} ${row}AB`;
};

test('nothing but approved fields in approved order leaves, and a pseudonym shows no digits of a number', async () => {
  await fc.assert(
    fc.asyncProperty(definition, rowsOf, async ({ order, approved }, rows) => {
      const cells = rows.map(({ patient, kind }, row) =>
        order.map((column) => (column === 'nhs_number' ? patients[patient] : sampleValue(kind, row, column))),
      );
      const input = [order, ...cells].map((line) => `${line.join(',')}\n`).join('');
      const version = { fields: approved, nhsNumberColumn: null };
      const { scanned, output } = await scan(input, { version, index, pseudonymKey: Buffer.from('a key') });
      if (!scanned.ok) throw new Error(scanned.reason);
      const [header, ...left]: string[][] = parse(output, {
        relax_column_count: true,
        skip_empty_lines: false,
      });
      expect(header).toEqual(approved.map(({ name }) => name));
      const permitted = rows.flatMap(({ patient, kind }, row) =>
        patient === 3 ? [] : [{ patient, kind, row }],
      );
      // A row of one empty value is an empty line.
      if (approved.length > 1) expect(left).toHaveLength(permitted.length);
      for (const [place, { patient, kind, row }] of permitted.entries()) {
        if (approved.length === 1) break;
        const expected = approved.map(({ name, treatment }) => {
          const value = name === 'nhs_number' ? (patients[patient] ?? '') : sampleValue(kind, row, name);
          return shape(treatment, kind, name, value);
        });
        for (const [field, one] of expected.entries()) expect(left[place]?.[field] ?? '').toMatch(one);
      }
      const text = output.toString();
      const kept = new Set(approved.filter(({ treatment }) => treatment === 'keep').map(({ name }) => name));
      for (const [, column] of text.matchAll(/secret-(col\d)/g)) expect(kept).toContain(column);
      if (!kept.has('nhs_number'))
        for (const number of patients)
          for (let at = 0; at + 6 <= number.length; at++)
            expect(text).not.toContain(number.slice(at, at + 6));
    }),
    { numRuns: 300 },
  );
});

/** What a treatment may leave of a value, and nothing else. */
function shape(treatment: Field['treatment'], kind: string, name: string, value: string): RegExp {
  const isDay = kind === 'day' && name !== 'nhs_number';
  switch (treatment) {
    case 'keep':
      return new RegExp(`^${value}$`);
    case 'pseudonym':
      return /^p[0-9a-f]{32}$/;
    case 'year':
      return new RegExp(isDay ? `^${value.slice(0, 4)}$` : '^$');
    case 'month':
      return new RegExp(isDay ? `^${value.slice(0, 7)}$` : '^$');
    default:
      return new RegExp(kind === 'postcode' && name !== 'nhs_number' ? `^${value.split(' ')[0]}$` : '^$');
  }
}
