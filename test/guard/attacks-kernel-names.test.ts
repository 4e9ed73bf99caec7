// What the kernels of a large release do, against what is done row by row: files of both formats in turn, large enough that
// every table and piece comes to its end, with numbers in every guise, under two extracts' keys at the same time.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Field, PersonColumn } from '../../src/extracts/extract.ts';
import { type Plan, type ReleaseFormat, ReleaseMemory } from '../../src/guard/decide-records.ts';
import { openDecider } from '../../src/guard/open-decider.ts';
import { Output } from '../../src/guard/output.ts';
import { scanRelease } from '../../src/guard/scan-release.ts';
import { checkDigit, nhsNumberOfKey } from '../../src/patients/nhs-number.ts';
import { MemorySink } from './memory-sink.ts';
import { bothTypes, directCare, indexOf, keep } from './scan.ts';
import { cut } from './some-csv.ts';
import { canaries, csvOf, index, linesOf, randomFrom, writtenNumber } from './some-large-files.ts';

const month: Field = { name: 'day', treatment: 'month' };
const name: Field = { name: 'nhs_number', treatment: 'pseudonym' };
type Version = { fields: Field[]; personColumns?: PersonColumn[] };
const plain: Version = { fields: keep('nhs_number', 'day', 'note') };
const versions: Version[] = [
  plain,
  { fields: keep('note', 'nhs_number') },
  { fields: [name, month, ...keep('note')] },
  { fields: [...keep('note'), month, name] },
  { fields: [name] },
  { fields: [{ name: 'day', treatment: 'year' }, name, { name: 'note', treatment: 'pseudonym' }] },
  { fields: [name, ...keep('day')], personColumns: [{ name: 'nhs_number', kind: 'nhs-number' }] },
  {
    fields: [name, ...keep('day')],
    personColumns: [
      { name: 'nhs_number', kind: 'nhs-number' },
      { name: 'note', kind: 'local-id' },
    ],
  },
  {
    fields: [name, { name: 'note', treatment: 'pseudonym' }],
    personColumns: [
      { name: 'nhs_number', kind: 'nhs-number' },
      { name: 'note', kind: 'nhs-number' },
    ],
  },
];

type File = { readonly format: ReleaseFormat; readonly bytes: Buffer };

async function scanOf({ format, bytes }: File, plan: Plan, sizes: readonly number[], memory: ReleaseMemory) {
  const [rows, noted] = [new MemorySink(), new MemorySink()];
  const sinks = { rows, notes: noted };
  const chunks = (async function* () {
    for (const chunk of cut(bytes, sizes)) {
      yield chunk;
      if (sizes.length > 1) await undefined;
    }
  })();
  const scanned = await scanRelease(chunks, plan, sinks, { memory, format });
  const { membership: _, ...said } = scanned.ok ? scanned : { ...scanned, membership: undefined };
  return { said, left: scanned.ok && [rows.bytes().toString('latin1'), noted.bytes().toString('latin1')] };
}

/** Files of one release, one after another or at the same time. */
async function release(
  files: readonly File[],
  plan: Plan,
  sizes: readonly number[],
  most: number,
  together = false,
) {
  const memory = new ReleaseMemory(plan, most);
  const scans: Awaited<ReturnType<typeof scanOf>>[] = [];
  if (together) scans.push(...(await Promise.all(files.map((file) => scanOf(file, plan, sizes, memory)))));
  else for (const file of files) scans.push(await scanOf(file, plan, sizes, memory));
  const { membership } = memory.people;
  return {
    scans,
    account: membership.account(Buffer.alloc(16)),
    canaries: [...membership.canariesSeen()].sort(),
  };
}

/** All of it as a text, which is compared many times as fast. */
const factsOf = (found: unknown) =>
  JSON.stringify(found, (_, one: unknown) => (one instanceof Map ? [...one].sort() : one));

const keyOf = (seed: number) => createHmac('sha256', 'a key').update(String(seed)).digest();

test('large files of both formats, of two releases with a key each at the same time, come to the same as row by row', {
  timeout: 120_000,
}, async () => {
  let [left, stayed] = [0, 0];
  const property = fc.asyncProperty(
    ...([
      fc.integer(),
      fc.constantFrom(...versions),
      fc.constantFrom(bothTypes, bothTypes, directCare),
      fc.constantFrom(3, 30, 3000),
    ] as const),
    ...([
      fc.constantFrom([], [65_536], [65_536, 1, 7], [200_000], [1000, 61], [30_011, 3]),
      fc.constantFrom(0, 0, 1, 700),
      fc.boolean(),
    ] as const),
    async (seed, version, rule, odd, sizes, most, together) => {
      const random = randomFrom(seed);
      const files = Array.from({ length: 1 + random(4) }, (): File => {
        const rows = [20, 500, 3000, 9000][random(odd === 3 ? 2 : 4)] as number;
        return random(2) === 0
          ? { format: 'text/csv', bytes: csvOf(random, rows, odd) }
          : { format: 'application/x-ndjson', bytes: linesOf(random, rows, odd, odd === 3 ? 9000 : 250_000) };
      });
      const plans = [1, 2].map(
        (key): Plan => ({
          version: { nhsNumberColumn: null, ...version },
          ...{ rule, index, pseudonymKey: keyOf(seed + key), watch: random(2) === 0 ? { canaries } : {} },
        }),
      );
      const fast = await Promise.all(plans.map((plan) => release(files, plan, sizes, most, together)));
      for (const [place, plan] of plans.entries()) {
        const slow = await release(files, plan, [], Number.POSITIVE_INFINITY);
        if (factsOf(fast[place]) !== factsOf(slow)) expect(fast[place]).toEqual(slow);
        for (const { said } of slow.scans)
          if (said.ok) [left, stayed] = [left + said.counts.out, stayed + said.counts.withheld];
      }
    },
  );
  // Where chance has most of them stay, some thousands leave all the same.
  await fc.assert(property, { numRuns: 20, examples: [[7, plain, bothTypes, 3000, [65_536], 0, false]] });
  expect(left).toBeGreaterThan(1000);
  expect(stayed).toBeGreaterThan(1000);
});

const header = 'nhs_number\n';
const named = (key: Buffer, some: readonly string[]) =>
  some.map((number) => `p${createHmac('sha256', key).update(number).digest('hex').slice(0, 32)}\n`).join('');

test('of rows of nothing but a number, which come to three times their length, each gets its own name', async () => {
  const some: string[] = [];
  for (let key = 500_000_000; some.length < 14_000; key++)
    if (checkDigit(String(key)) !== undefined) some.push(nhsNumberOfKey(key));
  const objects = (place: number) => place % 1000 === 7;
  const plan: Plan = {
    version: { fields: [name], nhsNumberColumn: null },
    ...{ rule: bothTypes, pseudonymKey: keyOf(1) },
    index: indexOf(some.map((nhsNumber, place) => ({ nhsNumber, type2: objects(place) }))),
  };
  const bytes = Buffer.from(
    header +
      some
        .map((number) => `${number}\n`)
        .join('')
        .repeat(2),
  );
  const left = named(
    plan.pseudonymKey,
    some.filter((_, place) => !objects(place)),
  ).repeat(2);
  for (const most of [0, 20_000, Number.POSITIVE_INFINITY]) {
    const memory = new ReleaseMemory(plan, most);
    const scanned = await scanOf({ format: 'text/csv', bytes }, plan, [], memory);
    expect(scanned.left && scanned.left[0] === header + left).toBe(true);
  }
});

/** Decides lines in chunks that are larger than those of a release. */
async function decided(chunks: readonly Buffer[], plan: Plan, most: number) {
  const [rows, noted] = [new MemorySink(), new MemorySink()];
  const outputs = { rows: new Output(rows), notes: new Output(noted) };
  const memory = new ReleaseMemory(plan, most);
  const decider = openDecider('application/x-ndjson', plan, memory, outputs);
  for (const chunk of chunks) expect(decider.take(chunk)).toBeUndefined();
  expect(decider.finish()).toBeUndefined();
  await outputs.rows.flush();
  await outputs.notes.flush();
  const { rowsIn, rowsOut, reasons } = decider;
  const account = memory.people.membership.account(Buffer.alloc(16));
  return factsOf([rowsIn, rowsOut, reasons, rows.bytes().toString(), noted.bytes().toString('hex'), account]);
}

test('more lines in a chunk than the kernel finds at once are decided as one by one', async () => {
  const version = { fields: keep('nhs_number'), nhsNumberColumn: null };
  const plan: Plan = { version, rule: bothTypes, index, pseudonymKey: keyOf(1) };
  const random = randomFrom(7);
  const line = () => (random(500) === 0 ? '\n' : `{"nhs_number":"${writtenNumber(random, 2000)}"}\n`);
  const bytes = Buffer.from(Array.from({ length: 20_000 }, line).join(''));
  const slow = await decided(cut(bytes, [9000]), plan, Number.POSITIVE_INFINITY);
  for (const size of [190_000, 130_001, 65_536])
    expect((await decided(cut(bytes, [size]), plan, 0)) === slow).toBe(true);
});
