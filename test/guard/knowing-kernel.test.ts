import { expect, test } from 'vitest';
import { type Plan, ReleaseMemory } from '../../src/guard/decide-records.ts';
import { scanRelease } from '../../src/guard/scan-release.ts';
import { keyOfNhsNumber } from '../../src/patients/nhs-number.ts';
import { MemorySink } from './memory-sink.ts';
import { bothTypes, indexOf, keep } from './scan.ts';
import { someNumbers } from './some-csv.ts';

const [free, objector, shared, canary, objectingCanary, left] = someNumbers as readonly string[];
const patients = [
  { nhsNumber: free as string },
  { nhsNumber: objector as string, type1: true },
  { nhsNumber: shared as string },
  { nhsNumber: shared as string, type2: true },
  { nhsNumber: canary as string },
  { nhsNumber: objectingCanary as string, type1: true },
  { nhsNumber: left as string, left: true },
];
const canaries = new Set([canary, objectingCanary].map((number) => keyOfNhsNumber(number as string)));
const plan: Plan = {
  ...{ version: { fields: keep('nhs_number', 'note'), nhsNumberColumn: null }, rule: bothTypes },
  ...{ index: indexOf(patients), pseudonymKey: Buffer.alloc(32), watch: { canaries } },
};

/** Scans files of one release, each with a row of each of some people. */
async function scanFiles(files: readonly (readonly (string | undefined)[])[], manyRows: number) {
  const memory = new ReleaseMemory(plan, manyRows);
  const outputs: string[] = [];
  const reasons: unknown[] = [];
  for (const numbers of files) {
    const rows = new MemorySink();
    const lines = ['nhs_number,note\n', ...numbers.map((number) => `${number},x\n`)];
    const chunks = lines.map((line) => Buffer.from(line));
    const scanned = await scanRelease(chunks, plan, { rows, notes: new MemorySink() }, { memory });
    outputs.push(rows.bytes().toString());
    reasons.push(scanned.ok && scanned.reasons);
  }
  const { membership } = memory.people;
  const { members, withheld } = membership.account(Buffer.alloc(16));
  return { outputs, reasons, members, withheld, canaries: membership.canariesSeen() };
}

test('files of one release, the rest of them with a kernel from some row on, come to the same', async () => {
  const files = [
    [left, free, objector, canary],
    [shared, free, free, objectingCanary, objector],
    [objector, shared, canary, free],
  ];
  const plain = await scanFiles(files, Number.POSITIVE_INFINITY);
  expect(plain.outputs[2]).toBe(`nhs_number,note\n${canary},x\n${free},x\n`);
  expect(plain.canaries).toEqual(
    new Map([...canaries].map((key) => [key, key === keyOfNhsNumber(canary as string)])),
  );
  for (const manyRows of [0, 1, 2, 5]) expect(await scanFiles(files, manyRows)).toEqual(plain);
});

test('the test with a broken guard sees what it decides with a kernel too', async () => {
  const memory = new ReleaseMemory({ ...plan, watch: { decide: () => 'restricted' } }, 0);
  const rows = new MemorySink();
  const text = `nhs_number,note\n${free},x\n`;
  await scanRelease([Buffer.from(text)], plan, { rows, notes: new MemorySink() }, { memory });
  expect(rows.bytes().toString()).toBe('nhs_number,note\n');
});
