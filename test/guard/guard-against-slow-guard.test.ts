import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { treatments } from '../../src/extracts/extract.ts';
import { membersOf, unlistedOf } from '../../src/guard/membership.ts';
import { nhsNumberOfKey } from '../../src/patients/nhs-number.ts';
import { directCare, indexOf, scan } from './scan.ts';
import { slowGuard } from './slow-guard.ts';
import { columnNames, cut, someBytes, somePatients, someSizes } from './some-csv.ts';

const field = fc.record({ name: fc.constantFrom(...columnNames), treatment: fc.constantFrom(...treatments) });
const everything = columnNames.map((name) => ({ name, treatment: 'keep' as const }));
const someFields = fc.oneof(
  fc.constant(everything),
  fc.uniqueArray(field, { selector: ({ name }) => name, minLength: 1, maxLength: 4 }),
);
const someRule = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      withholdsNobody: fc.constant(false),
      type1: fc.boolean(),
      type2: fc.boolean(),
      includeLeft: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant(directCare) },
);
const someColumn = fc.constantFrom(null, null, 'nhs_number', 'note');
const pseudonymKey = Buffer.from('a key that only this test knows');

/** Milliseconds: ten seconds on a machine that does nothing else. */
const LONG = 300_000;

test('ten thousand extracts come out as from the slow guard: bytes, counts, reasons, and whose data left', {
  timeout: LONG,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      someBytes,
      someSizes,
      somePatients,
      someFields,
      someRule,
      someColumn,
      async (bytes, sizes, patients, fields, rule, nhsNumberColumn) => {
        const expected = slowGuard(bytes, { fields, nhsNumberColumn, ...rule, patients, pseudonymKey });
        const index = indexOf(patients);
        const plan = { version: { fields, nhsNumberColumn }, rule, index, pseudonymKey };
        const { scanned, output, notes } = await scan(cut(bytes, sizes), plan);
        if (!expected.ok || !scanned.ok) {
          expect(scanned.ok ? 'ok' : scanned.reason).toBe(expected.ok ? 'ok' : expected.reason);
          return;
        }
        expect(output.toString('latin1')).toBe(expected.output.toString('latin1'));
        expect(scanned.counts).toEqual({
          in: expected.in,
          out: expected.out,
          withheld: expected.in - expected.out,
        });
        expect(Object.fromEntries(scanned.reasons)).toEqual(expected.reasons);
        expect(scanned.digests).toEqual({ in: sha256(bytes), out: sha256(output) });
        expect(scanned.bytesOut).toBe(output.length);

        const { members, unlisted } = scanned.membership.account(Buffer.alloc(16));
        const left = [...membersOf(members)].map((ordinal) => nhsNumberOfKey(index.keyOf(ordinal)));
        expect(new Set([...left, ...unlistedOf(unlisted)])).toEqual(expected.left);
        expect(notes.length / 8 - 1).toBe(expected.out);
      },
    ),
    { numRuns: 10_000 },
  );
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
