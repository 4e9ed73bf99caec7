import { expect, test } from 'vitest';
import { reasons } from '../../src/guard/decide.ts';
import { PeopleDecider } from '../../src/guard/decide-people.ts';
import { type Plan, ReleaseMemory } from '../../src/guard/decide-records.ts';
import { FoundRows } from '../../src/guard/found-rows.ts';
import { KnowingKernel } from '../../src/guard/knowing-kernel.ts';
import { reasonNoted } from '../../src/guard/membership.ts';
import { scanRelease } from '../../src/guard/scan-release.ts';
import { checkDigit, keyOfNhsNumber } from '../../src/patients/nhs-number.ts';
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

test.each(reasons)('the test with a guard that always says %s sees it with a kernel too', async (reason) => {
  const memory = new ReleaseMemory({ ...plan, watch: { decide: () => reason } }, 0);
  const rows = new MemorySink();
  const text = `nhs_number,note\n${free},x\n`;
  const scanned = await scanRelease([Buffer.from(text)], plan, { rows, notes: new MemorySink() }, { memory });
  expect(rows.bytes().toString()).toBe('nhs_number,note\n');
  expect(scanned.ok && scanned.reasons).toEqual(new Map([[reason, 1]]));
});

/** So many valid numbers whose keys all belong in the last slot of any table of up to 64, one more for a stranger. */
function numbersOfLastSlot(count: number): string[] {
  const numbers: string[] = [];
  for (let key = 999_000_000; numbers.length < count; key++) {
    const nine = String(key);
    const tenth = checkDigit(nine);
    if (Math.imul(key, 0x9e3779b1) >>> 26 === 63 && tenth !== undefined) numbers.push(`${nine}${tenth}`);
  }
  return numbers;
}

test.each([0, 1, 7, 8, 9, 16, 17])('a table of %i patients finds each of them, and nobody else', (size) => {
  const numbers = numbersOfLastSlot(size + 1);
  const stranger = numbers.pop() as string;
  const objects = (place: number) => place % 3 === 1;
  const index = indexOf(numbers.map((nhsNumber, place) => ({ nhsNumber, type1: objects(place) })));
  const kernel = new KnowingKernel(new PeopleDecider(bothTypes, index));
  const found = new FoundRows(kernel);
  const rows = Buffer.from([...numbers, ...numbers, stranger].map((number) => `${number},x\n`).join(''));
  found.find(rows, 0, rows.length, { columns: 2, numberColumn: 0, onlyNumber: true });
  const stay: unknown[] = [];
  const to = found.known(kernel, 0, (decision, count) => stay.push([reasonNoted(decision), count]));
  expect(to).toBe(2 * size);
  const withheld = numbers.filter((_, place) => objects(place)).length;
  expect(stay).toEqual(withheld === 0 ? [] : [['objected-type-1', 2 * withheld]]);
  const places = [...numbers, ...numbers].map((_, row) => row % size).map((place, row) => [place, row]);
  const chosen = places.filter(([place]) => !objects(place as number));
  expect([...kernel.chosen.rows.subarray(0, kernel.chosen.count)]).toEqual(chosen.map(([, row]) => row));
  const notes = chosen.flatMap(([place]) => [place, 13]);
  expect([...kernel.chosen.notes.subarray(0, notes.length)]).toEqual(notes);
});
