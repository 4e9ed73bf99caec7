import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChosenRows } from '../../src/guard/chosen-rows.ts';
import { CsvKernel, whatLeaves } from '../../src/guard/csv-kernel.ts';
import { PeopleDecider } from '../../src/guard/decide-people.ts';
import { FoundRows } from '../../src/guard/found-rows.ts';
import { KnowingKernel } from '../../src/guard/knowing-kernel.ts';
import { Output } from '../../src/guard/output.ts';
import { checkDigit, nhsNumberOfKey } from '../../src/patients/nhs-number.ts';
import { MemorySink } from './memory-sink.ts';
import { bothTypes, indexOf } from './scan.ts';

const someKey = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes));
const someNumber = fc
  .integer({ min: 0, max: 999_999_999 })
  .filter((key) => checkDigit(String(key).padStart(9, '0')) !== undefined && key % 111_111_111 !== 0)
  .map(nhsNumberOfKey);

/** HMAC-SHA256 as node:crypto has it. */
const slowName = (number: string, key: Buffer) =>
  `p${createHmac('sha256', key).update(number).digest('hex').slice(0, 32)}`;

/** What a kernel writes for these numbers, in the order of their rows. */
async function namesOf(numbers: readonly string[], key: Buffer, kernel: CsvKernel | KnowingKernel) {
  const bytes = Buffer.from(numbers.map((number) => `${number}\n`).join(''));
  const found = new FoundRows(kernel);
  found.find(bytes, 0, bytes.length, { columns: 1, numberColumn: 0, onlyNumber: false });
  const chosen = 'chosen' in kernel ? kernel.chosen : new ChosenRows();
  if ('chosen' in kernel) expect(found.known(kernel, 0, () => undefined)).toBe(numbers.length);
  else {
    chosen.clear(numbers.length);
    for (let row = 0; row < found.count; row++) chosen.add(row, 0, 0);
  }
  const sink = new MemorySink();
  const output = new Output(sink);
  expect(found.project(Int32Array.of(0, whatLeaves.pseudonym), chosen, key, 0, output)).toBe(numbers.length);
  await output.flush();
  return sink.bytes().toString().trim().split('\n');
}

/** A kernel that knows these patients, all of whom may leave. */
async function knowing(numbers: readonly string[]): Promise<KnowingKernel> {
  const index = indexOf(numbers.map((nhsNumber) => ({ nhsNumber })));
  return KnowingKernel.of(new PeopleDecider(bothTypes, index));
}

test('a kernel names a number as node:crypto does, whatever the key, each time', async () => {
  const property = fc.asyncProperty(
    fc.uniqueArray(someNumber, { minLength: 1, maxLength: 20 }),
    fc.array(someKey, { minLength: 1, maxLength: 3 }),
    async (numbers, keys) => {
      for (const key of keys) {
        const names = numbers.map((number) => slowName(number, key));
        expect(await namesOf(numbers, key, CsvKernel.shared)).toEqual(names);
        const kernel = await knowing(numbers);
        for (const order of [numbers, [...numbers].reverse(), [...numbers, ...numbers]])
          expect(await namesOf(order, key, kernel)).toEqual(order.map((number) => slowName(number, key)));
      }
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

test('a key that is longer than a block names nobody', async () => {
  await expect(namesOf(['9990000018'], Buffer.alloc(65), CsvKernel.shared)).rejects.toThrow('64 bytes');
});

test('a kernel that keeps names makes none with the key of another extract', async () => {
  const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const kernel = await knowing(['9990000018']);
  expect(await namesOf(['9990000018'], one, kernel)).toEqual([slowName('9990000018', one)]);
  await expect(namesOf(['9990000018'], other, kernel)).rejects.toThrow('one key');
  expect(await namesOf(['9990000018'], one, kernel)).toEqual([slowName('9990000018', one)]);
});
