import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Treatment, treatments } from '../../src/extracts/extract.ts';
import type { Rule } from '../../src/guard/decide.ts';
import { membersOf, unlistedOf } from '../../src/guard/membership.ts';
import { nhsNumberOfKey } from '../../src/patients/nhs-number.ts';
import { directCare, indexOf, scan } from './scan.ts';
import { type SlowPatient, slowGuard } from './slow-guard.ts';
import {
  columnNames,
  cut,
  everybody,
  longSizes,
  someBytes,
  someManyRows,
  someNumbers,
  somePatients,
  someSizes,
} from './some-csv.ts';

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

test('ten thousand extracts come out as from the slow guard: bytes, counts, reasons, what was emptied, and whose data left', {
  timeout: LONG,
}, async () => {
  const extracts = fc.tuple(someBytes, someSizes, somePatients, someFields, someRule, someColumn);
  await fc.assert(
    fc.asyncProperty(extracts, (extract) => expectSame(...extract)),
    { numRuns: 10_000 },
  );
});

test('so do extracts of many plain rows of few patients, cut anywhere', { timeout: LONG }, async () => {
  const column = fc.constant<string | null>(null);
  const extracts = fc.tuple(someManyRows, longSizes, everybody, someFields, someRule, column);
  await fc.assert(
    fc.asyncProperty(extracts, (extract) => expectSame(...extract)),
    { numRuns: 5_000 },
  );
});

test('so does one such extract with a chunk boundary at every byte', { timeout: LONG }, async () => {
  const fields = [
    { name: 'day', treatment: 'month' as const },
    { name: 'nhs_number', treatment: 'pseudonym' as const },
    { name: 'note', treatment: 'keep' as const },
  ];
  const rule = { withholdsNobody: false, type1: true, type2: true, includeLeft: false };
  const [bytes] = fc.sample(someManyRows, { numRuns: 1, seed: 1 }) as [Buffer];
  const patients = someNumbers.map((nhsNumber, place) => ({
    ...{ nhsNumber, left: false, restricted: false, type2: false },
    type1: place % 3 === 0,
  }));
  for (const kept of [fields, everything]) {
    for (let at = 0; at <= bytes.length; at++)
      await expectSame(bytes, at === 0 ? [] : [at, bytes.length], patients, kept, rule, null);
  }
});

async function expectSame(
  bytes: Buffer,
  sizes: readonly number[],
  patients: SlowPatient[],
  fields: { name: string; treatment: Treatment }[],
  rule: Rule,
  nhsNumberColumn: string | null,
): Promise<void> {
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
  expect(scanned.emptied).toBe(expected.emptied);
  expect(scanned.digests).toEqual({ in: sha256(bytes), out: sha256(output) });
  expect(scanned.bytesOut).toBe(output.length);

  const { members, unlisted } = scanned.membership.account(Buffer.alloc(16));
  const left = [...membersOf(members)].map((ordinal) => nhsNumberOfKey(index.keyOf(ordinal)));
  expect(new Set([...left, ...unlistedOf(unlisted)])).toEqual(expected.left);
  // A note for the header and each row, with the length of each.
  expect(notes.length / 8 - 1).toBe(expected.out);
  let length = 0;
  for (let at = 4; at < notes.length; at += 8) length += notes.readUInt32LE(at);
  expect(length).toBe(output.length);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
