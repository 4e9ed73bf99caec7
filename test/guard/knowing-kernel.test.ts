import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Field } from '../../src/extracts/extract.ts';
import { ChosenRows } from '../../src/guard/chosen-rows.ts';
import { reasons } from '../../src/guard/decide.ts';
import { PeopleDecider } from '../../src/guard/decide-people.ts';
import { type Plan, ReleaseMemory } from '../../src/guard/decide-records.ts';
import { FoundRows } from '../../src/guard/found-rows.ts';
import { KnowingKernel } from '../../src/guard/knowing-kernel.ts';
import { membersOf, reasonNoted } from '../../src/guard/membership.ts';
import { type Scanned, scanRelease } from '../../src/guard/scan-release.ts';
import { SpoolRoom } from '../../src/guard/spool-room.ts';
import { SpooledRelease } from '../../src/guard/spooled-release.ts';
import { withheldOf } from '../../src/guard/withheld-list.ts';
import { checkDigit, keyOfNhsNumber } from '../../src/patients/nhs-number.ts';
import { MemorySink } from './memory-sink.ts';
import { bothTypes, directCare, indexOf, keep } from './scan.ts';
import { columnNames, cut, everybody, someBytes, someManyRows, someNumbers, someSizes } from './some-csv.ts';

const [free, objector, shared, canary, objectingCanary, left] = someNumbers as readonly string[];
const [twice, another] = [100, 101].map((key) => numberFrom(key)) as [string, string];
const permitted = { consents: ['research'], told: [{ notice: 'n', day: 10 }] };
const patients: Parameters<typeof indexOf>[0] = [
  { nhsNumber: free as string, ...permitted },
  { nhsNumber: objector as string, type1: true, ...permitted },
  { nhsNumber: shared as string, ...permitted },
  { nhsNumber: shared as string, type2: true, ...permitted },
  { nhsNumber: canary as string, ...permitted },
  { nhsNumber: objectingCanary as string, type1: true },
  { nhsNumber: left as string, left: true, ...permitted },
  { nhsNumber: twice, person: 'p', left: true, ...permitted },
  { nhsNumber: twice, person: 'p', ...permitted },
  { nhsNumber: another },
];
const canaries = new Set([canary, objectingCanary].map((number) => keyOfNhsNumber(number as string)));
const plan: Plan = {
  ...{ version: { fields: keep('nhs_number', 'note'), nhsNumberColumn: null }, rule: bothTypes },
  ...{ index: indexOf(patients), pseudonymKey: Buffer.alloc(32), watch: { canaries } },
};
const told = { days: 1, by: ['n'], until: 10 };

const textOf = (numbers: readonly (string | undefined)[]) =>
  numbers.map((number) => `${number},x\n`).join('');

/** Scans files of one release, each with a row of each of some people: the first in a chunk of its own, the others together. */
async function scanFiles(plan: Plan, files: readonly (readonly (string | undefined)[])[], manyRows: number) {
  const memory = new ReleaseMemory(plan, manyRows);
  const outputs: string[] = [];
  const scans: unknown[] = [];
  for (const [first, ...others] of files) {
    const [rows, notes] = [new MemorySink(), new MemorySink()];
    const chunks = [`nhs_number,note\n${textOf([first])}`, textOf(others)].map((text) => Buffer.from(text));
    const scanned = await scanRelease(chunks, plan, { rows, notes }, { memory });
    outputs.push(rows.bytes().toString());
    if (scanned.ok) scans.push(scanned.counts, scanned.reasons, notes.bytes().toString('hex'));
  }
  const { membership } = memory.people;
  const { members, withheld } = membership.account(Buffer.alloc(16));
  return { outputs, scans, members, withheld, canaries: membership.canariesSeen() };
}

test.each([
  ['objections', bothTypes, [canary, free, twice, another]],
  ['consent', { ...bothTypes, consentTo: 'research' }, [canary, free, twice]],
  ['telling', { ...bothTypes, told }, [canary, free, twice]],
  ['left', { ...bothTypes, includeLeft: true }, [canary, free, twice, another]],
  ['care', directCare, [objector, shared, canary, free, twice, another]],
])('files of one release, the rest of them with a kernel, come to the same: %s', async (_, rule, leave) => {
  const files = [
    [left, free, objector, canary],
    [shared, free, twice, free, objectingCanary, '9990000010', shared, objector, objector, twice],
    [objector, shared, canary, free, twice, another, another],
  ];
  const ruled = { ...plan, rule };
  const plain = await scanFiles(ruled, files, Number.POSITIVE_INFINITY);
  const last = leave.flatMap((number) => (number === another ? [number, number] : [number]));
  expect(plain.outputs[2]).toBe(`nhs_number,note\n${textOf(last)}`);
  for (const manyRows of [0, 1, 2, 5]) expect(await scanFiles(ruled, files, manyRows)).toEqual(plain);
});

test('a file of another format goes on with what a kernel noted, and a kernel with what was noted in it', async () => {
  const objects = [objector, free, another, twice, free, left].map((number) =>
    JSON.stringify({ nhs_number: number, note: 'x' }),
  );
  const files = [
    ['text/csv', `nhs_number,note\n${textOf([free, canary, twice])}`],
    ['application/x-ndjson', `${objects.join('\n')}\n`],
    ['text/csv', `nhs_number,note\n${textOf([left, another, objector, shared, twice, another])}`],
  ] as const;
  const release = async (manyRows: number) => {
    const memory = new ReleaseMemory(plan, manyRows);
    const found: unknown[] = [];
    for (const [format, text] of files) {
      const [rows, notes] = [new MemorySink(), new MemorySink()];
      const scanned = await scanRelease([Buffer.from(text)], plan, { rows, notes }, { format, memory });
      found.push(rows.bytes().toString(), notes.bytes().toString('hex'), scanned.ok && scanned.reasons);
    }
    return [...found, memory.people.membership.account(Buffer.alloc(16))];
  };
  const plain = await release(Number.POSITIVE_INFINITY);
  expect(plain[6]).toBe(`nhs_number,note\n${textOf([another, twice, another])}`);
  expect(await release(0)).toEqual(plain);
});

const releases = fc.array(
  fc.record({
    objectors: fc.uniqueArray(fc.nat(patients.length - 1)),
    rule: fc.constantFrom(bothTypes, directCare, { ...bothTypes, includeLeft: true }),
    rows: fc.array(fc.constantFrom(free, objector, shared, canary, left, twice, another, '9990000010')),
    isOver: fc.boolean(),
    isWatched: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

test('whichever releases are over, the next comes to what it would by itself, and they to what they came to', async () => {
  const records = patients.map((given, ordinal) => ({
    ...{ ordinal, id: `patient-${ordinal}`, person: null, listed: true, left: false, restricted: false },
    ...given,
  }));
  const property = fc.asyncProperty(releases, async (all) => {
    const first = indexOf(patients);
    const begun: { readonly memory: ReleaseMemory; readonly account: unknown }[] = [];
    for (const { objectors, rule, rows, isOver, isWatched } of all) {
      const index = first.with(
        2,
        records.map((record) => ({
          ...record,
          objected: { type1: objectors.includes(record.ordinal), type2: false },
        })),
      );
      const ruled = { ...plan, rule, index, watch: isWatched ? { canaries } : {} };
      const file = Buffer.from(`nhs_number,note\n${textOf(rows)}`);
      const release = async (memory: ReleaseMemory) => {
        const sinks = { rows: new MemorySink(), notes: new MemorySink() };
        const scanned = await scanRelease([file.subarray(0, 20), file.subarray(20)], ruled, sinks, {
          memory,
        });
        if (!scanned.ok) throw new Error(scanned.reason);
        const { membership, ...said } = scanned;
        const account = membership.account(Buffer.alloc(16));
        return { said, account, left: sinks.rows.bytes().toString(), seen: membership.canariesSeen() };
      };
      const memory = new ReleaseMemory(ruled, 0);
      const came = await release(memory);
      expect(came).toEqual(await release(new ReleaseMemory(ruled, Number.POSITIVE_INFINITY)));
      begun.push({ memory, account: came.account });
      if (isOver) await memory.end();
      for (const { memory, account } of begun)
        expect(memory.people.membership.account(Buffer.alloc(16))).toEqual(account);
    }
  });
  await fc.assert(property, { numRuns: 100 });
});

test('a kernel is had by one release at a time, and by the next when that is over', async () => {
  const kernelOf = (memory: ReleaseMemory) => memory.kernelAfter(0) as Promise<KnowingKernel>;
  const own = { ...plan, index: indexOf(patients) };
  const [first, second, third, fourth] = [0, 0, 0, 0].map(() => new ReleaseMemory(own, 0)) as [
    ReleaseMemory,
    ReleaseMemory,
    ReleaseMemory,
    ReleaseMemory,
  ];
  const kernel = await kernelOf(first);
  expect((await kernelOf(second)) === kernel).toBe(false);
  await first.end();
  await first.end();
  expect(() => first.kernelAfter(0)).toThrow('over');
  const [one, other] = await Promise.all([kernelOf(third), kernelOf(fourth)]);
  expect([one === kernel, other === kernel].sort()).toEqual([false, true]);
  // One that has written names has those of one extract.
  const named = one === kernel ? third : fourth;
  kernel.nameBy(Buffer.alloc(32, 7));
  await named.end();
  expect((await kernelOf(new ReleaseMemory(own, 0))) === kernel).toBe(false);
});

test('of releases that were at work at once, the next has the memory of the last that ended', async () => {
  const own = { ...plan, index: indexOf(patients) };
  const [first, second, third] = [0, 0, 0].map(() => new ReleaseMemory(own, 0)) as [
    ReleaseMemory,
    ReleaseMemory,
    ReleaseMemory,
  ];
  const kernels = [await first.kernelAfter(0), await second.kernelAfter(0)];
  await first.end();
  await second.end();
  expect((await third.kernelAfter(0)) === kernels[1]).toBe(true);
});

test('with somebody more, who has no number, a practice has a kernel of its own length', async () => {
  const first = indexOf(patients);
  const more = { id: 'more', person: null, listed: true, left: false, restricted: false };
  const record = {
    ...more,
    ordinal: patients.length,
    nhsNumber: '',
    objected: { type1: false, type2: false },
  };
  const longer = first.with(2, [record]);
  expect(longer.numbers === first.numbers).toBe(true);
  for (const index of [first, longer, first]) {
    const memory = new ReleaseMemory({ ...plan, index }, 0);
    const kernel = await memory.kernelAfter(0);
    expect(kernel && kernel.names - kernel.decided).toBe(index.size);
    await memory.end();
  }
});

test('a release gives its place on the disk back, also when there is no memory left for what it noted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'spool-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = Buffer.from(`nhs_number,note\n${textOf(Array(33_000).fill(free))}`);
  const room = new SpoolRoom(file.length * 2);
  const release = new SpooledRelease(plan, { folder, room }, 1e9, false);
  async function* pieces() {
    yield file;
    yield Buffer.from(textOf([free]));
  }
  expect(await release.take('', 'text/csv', pieces())).toEqual({ ok: true });
  expect(release.hasKernel).toBe(true);
  // As when a process has reached its limit.
  release.membership.moveTo = () => {
    throw new RangeError('Array buffer allocation failed');
  };
  await expect(release.close()).rejects.toThrow('allocation');
  room.take(file.length * 2);
});

const reduced: Field[] = [...keep('note', 'nhs_number'), { name: 'day', treatment: 'month' }];

test('any files, cut anywhere, come to the same with a kernel from any row on', async () => {
  const property = fc.asyncProperty(
    ...([everybody, fc.oneof(someManyRows, someBytes), someSizes, fc.nat(12)] as const),
    ...([fc.boolean(), fc.boolean()] as const),
    async (patients, file, sizes, manyRows, isReduced, isCare) => {
      const version = { fields: isReduced ? reduced : keep(...columnNames), nhsNumberColumn: null };
      const tried = { ...plan, version, index: indexOf(patients), rule: isCare ? directCare : bothTypes };
      const release = async (most: number) => {
        const memory = new ReleaseMemory(tried, most);
        const found: unknown[] = [];
        for (const chunks of [cut(file, sizes), [file]]) {
          const [rows, notes] = [new MemorySink(), new MemorySink()];
          const scanned = await scanRelease(chunks, tried, { rows, notes }, { memory });
          // Of a file with a fault nothing leaves.
          const { membership: _, ...said } = scanned.ok ? scanned : { ...scanned, membership: null };
          found.push(said, scanned.ok && [rows.bytes().toString('latin1'), notes.bytes().toString('hex')]);
        }
        const { membership } = memory.people;
        return [found, membership.account(Buffer.alloc(16)), membership.canariesSeen()];
      };
      expect(await release(manyRows)).toEqual(await release(Number.POSITIVE_INFINITY));
    },
  );
  await fc.assert(property, { numRuns: 400 });
});

/** Lines about somebody, mostly like the last and with a number that can be read; and some that are otherwise. */
const someLine = fc.oneof(
  {
    arbitrary: fc.constantFrom(...someNumbers).map((number) => `{"nhs_number":"${number}","note":"x"}`),
    weight: 12,
  },
  {
    arbitrary: fc.constantFrom(...someNumbers).map((number) => `{"note":1,"nhs_number":"${number}"}`),
    weight: 3,
  },
  fc.constantFrom(
    ...[
      '{"nhs_number":"999 000 0018","note":"a longer one"}',
      '{"nhs_number":"9990000010","note":"x"}',
      '',
      '{}',
    ],
    ...[
      '{"nhs_number":"4010232137","note":"x"}',
      '{"nhs_number":"","note":"x"}',
      '{"nhs_number":9990000018,"note":"x"}',
    ],
    ...[
      '{"nhs_number":"9990000018","note":{"nhs_number":"9990000026"}}',
      '{"nhs_number":"9990000018","note":"\\u0041"}',
    ],
    ...[
      '{"nhs_number":"9990000018","nhs_number":"9990000026"}',
      '{"nhs_number":null,"note":"x"}',
      'no object',
      '[1]',
    ],
  ),
);
const someLines = fc
  .tuple(fc.array(someLine, { minLength: 20, maxLength: 80 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, isWhole]) => Buffer.from(`${lines.join(end)}${isWhole ? end : ''}`));

test('any lines, cut anywhere, come to the same with a kernel from any line on', async () => {
  const property = fc.asyncProperty(
    ...([everybody, someLines, someSizes, fc.nat(12), fc.boolean(), fc.boolean()] as const),
    async (patients, file, sizes, manyRows, isReduced, isCare) => {
      const fields = isReduced ? keep('note', 'nhs_number') : [];
      const version = { fields, nhsNumberColumn: null };
      const tried = { ...plan, version, index: indexOf(patients), rule: isCare ? directCare : bothTypes };
      const release = async (most: number) => {
        const memory = new ReleaseMemory(tried, most);
        const found: unknown[] = [];
        for (const chunks of [cut(file, sizes), [file], cut(file, [700])]) {
          const [rows, notes] = [new MemorySink(), new MemorySink()];
          const sinks = { rows, notes };
          const scanned = await scanRelease(chunks, tried, sinks, { memory, format: 'application/x-ndjson' });
          const { membership: _, ...said } = scanned.ok ? scanned : { ...scanned, membership: null };
          found.push(said, scanned.ok && [rows.bytes().toString('latin1'), notes.bytes().toString('hex')]);
        }
        const { membership } = memory.people;
        return [found, membership.account(Buffer.alloc(16)), membership.canariesSeen()];
      };
      expect(await release(manyRows)).toEqual(await release(Number.POSITIVE_INFINITY));
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

test('the account is of everybody, however far behind the kernel’s own memory they are noted', async () => {
  const size = 2000;
  const numbers = Array.from({ length: 30_000 }, (_, key) => numberFrom(key))
    .filter((number) => number !== '')
    .slice(0, size);
  const index = indexOf(numbers.map((nhsNumber, n) => ({ nhsNumber, type1: n % 7 === 3 })));
  // Each hundredth of them, from the last: of a short file, whose bytes fill little of the kernel's memory.
  const file = numbers.filter((_, n) => n % 100 === 99).reverse();
  const plain = await scanFiles({ ...plan, index }, [file], Number.POSITIVE_INFINITY);
  const known = await scanFiles({ ...plan, index }, [file], 0);
  const { members, withheld } = known;
  const wanted = Array.from({ length: size }, (_, n) => n).filter((n) => n % 100 === 99);
  expect([...membersOf(members)]).toEqual(wanted.filter((n) => n % 7 !== 3));
  expect([...withheldOf(withheld)].map(({ ordinal }) => ordinal)).toEqual(wanted.filter((n) => n % 7 === 3));
  expect(known).toEqual(plain);
});

test('who is watched is seen, whether a kernel knows them or not', async () => {
  for (const manyRows of [0, Number.POSITIVE_INFINITY]) {
    const seen = await scanFiles(plan, [[free, objectingCanary, canary, canary, objectingCanary]], manyRows);
    expect([...seen.canaries].sort()).toEqual(
      [...canaries].sort().map((key) => [key, key === keyOfNhsNumber(canary as string)]),
    );
  }
});

test.each(reasons)('what a broken guard decides, here always %s, is what a kernel knows', async (reason) => {
  const broken = { ...plan, watch: { decide: () => reason } };
  const { outputs, scans } = await scanFiles(broken, [[free, twice, another, free]], 0);
  expect(outputs).toEqual(['nhs_number,note\n']);
  expect(scans[1]).toEqual(new Map([[reason, 4]]));
});

function numberFrom(key: number): string {
  const nine = String(key).padStart(9, '0');
  const tenth = checkDigit(nine);
  return tenth === undefined ? '' : `${nine}${tenth}`;
}

/** So many valid numbers whose keys all belong in the last slot of any table of up to 64, one more for a stranger. */
function numbersOfLastSlot(count: number): string[] {
  const numbers: string[] = [];
  for (let key = 999_000_000; numbers.length < count; key++) {
    const number = numberFrom(key);
    if (Math.imul(key, 0x9e3779b1) >>> 26 === 63 && number !== '') numbers.push(number);
  }
  return numbers;
}

test.each([0, 1, 7, 8, 9, 16, 17])(
  'a table of %i patients finds each of them, and nobody else',
  async (size) => {
    const numbers = numbersOfLastSlot(size + 1);
    const stranger = numbers.pop() as string;
    const objects = (place: number) => place % 3 === 1;
    const index = indexOf(numbers.map((nhsNumber, place) => ({ nhsNumber, type1: objects(place) })));
    const kernel = await KnowingKernel.of(new PeopleDecider(bothTypes, index));
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
    // By a kernel or one by one: those that follow each other, the first of them and one more than the last.
    const rowsChosen = chosen.map(([, row]) => row as number);
    const firsts = rowsChosen.filter((row) => !rowsChosen.includes(row - 1));
    const ends = rowsChosen.map((row) => row + 1).filter((end) => !rowsChosen.includes(end));
    const runs = firsts.flatMap((row, n) => [row, ends[n]]);
    const oneByOne = new ChosenRows();
    oneByOne.clear(rowsChosen.length);
    for (const row of rowsChosen) oneByOne.add(row, 0, 13);
    for (const { runs: said, runCount } of [kernel.chosen, oneByOne])
      expect([...said.subarray(0, 2 * runCount)]).toEqual(runs);
    for (let from = 0; from < 2 * size; from++) {
      found.known(kernel, from, () => undefined);
      const [first, end] = kernel.chosen.runs;
      const rest = rowsChosen.filter((row) => row >= from);
      expect(kernel.chosen.runCount > 0 ? first : undefined).toBe(rest[0]);
      if (rest.length > 0) expect(end).toBe(ends.find((one) => one > (rest[0] as number)));
    }
  },
);

test.each(['text/csv', 'application/x-ndjson'] as const)(
  'of a hundred thousand patients each is in the account, who left and who did not: %s',
  async (format) => {
    const numbers: string[] = [];
    for (let key = 400_000_000; numbers.length < 100_000; key++) {
      const number = numberFrom(key);
      if (number !== '') numbers.push(number);
    }
    const objects = (ordinal: number) => ordinal % 30 === 7;
    const isAbsent = (ordinal: number) => ordinal % 11 === 3;
    const index = indexOf(numbers.map((nhsNumber, ordinal) => ({ nhsNumber, type2: objects(ordinal) })));
    const present = numbers.flatMap((number, ordinal) => (isAbsent(ordinal) ? [] : [number]));
    const [before, after] = format === 'text/csv' ? ['', ',x\n'] : ['{"nhs_number":"', '","note":"x"}\n'];
    const header = format === 'text/csv' ? 'nhs_number,note\n' : '';
    const file = Buffer.from(header + present.map((number) => before + number + after).join(''));
    const [rows, notes] = [new MemorySink(), new MemorySink()];
    const tried = { ...plan, index, watch: {} };
    const scanned = await scanRelease(cut(file, [65_536]), tried, { rows, notes }, { format });
    const { members, withheld } = (scanned as Scanned).membership.account(Buffer.alloc(16));
    const all = numbers.map((_, ordinal) => ordinal).filter((ordinal) => !isAbsent(ordinal));
    expect([...membersOf(members)]).toEqual(all.filter((ordinal) => !objects(ordinal)));
    expect([...withheldOf(withheld)].map(({ ordinal }) => ordinal)).toEqual(all.filter(objects));
    const left = all.filter((ordinal) => !objects(ordinal));
    const output = header + left.map((ordinal) => before + numbers[ordinal] + after).join('');
    expect(rows.bytes().toString() === output).toBe(true);
  },
);
