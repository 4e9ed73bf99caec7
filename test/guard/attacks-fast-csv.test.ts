// Attacks on the reading of many rows at a time: files made so that rows, cells and line ends fall on the ends of what is
// looked at together, or fill it; releases that take turns with it; and objections that come when it is done.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Field } from '../../src/extracts/extract.ts';
import { ChosenRows } from '../../src/guard/chosen-rows.ts';
import { MOST_AT_ONCE, whatLeaves } from '../../src/guard/csv-kernel.ts';
import type { Rule } from '../../src/guard/decide.ts';
import { type Plan, ReleaseMemory } from '../../src/guard/decide-records.ts';
import { FoundRows } from '../../src/guard/found-rows.ts';
import { membersOf, unlistedOf } from '../../src/guard/membership.ts';
import { Output } from '../../src/guard/output.ts';
import { scanRelease } from '../../src/guard/scan-release.ts';
import { lookAgain } from '../../src/guard/second-look.ts';
import { SpoolRoom } from '../../src/guard/spool-room.ts';
import { SpooledRelease } from '../../src/guard/spooled-release.ts';
import { treat } from '../../src/guard/treatments.ts';
import { nhsNumberOfKey } from '../../src/patients/nhs-number.ts';
import { MemorySink } from './memory-sink.ts';
import { bothTypes, directCare, indexOf, keep, scan } from './scan.ts';
import { type SlowPatient, slowGuard } from './slow-guard.ts';
import { cut } from './some-csv.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attacks-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Numbers that begin with zeros, with one, and with nine. */
const numbers = [1, 17, 12_345_600, 98_765_430, 111_111_110, 123_456_780, 999_000_000, 999_999_980].flatMap(
  (from) => [...validFrom(from, 12)],
);
const strangers = [...validFrom(500_000_000, 3)];
const plainPatient = { type1: false, type2: false, left: false, restricted: false };
/** Of every kind; the last number belongs to two people. */
const patients: SlowPatient[] = [...numbers, numbers.at(-1) as string].map((nhsNumber, place) => ({
  ...{ ...plainPatient, nhsNumber, type1: place % 6 === 1, type2: place === 3 },
  ...{ left: place === 8, restricted: place === 10 },
}));
/** Whose rows leave, until they object. */
const late = [numbers[0], numbers[6], numbers[15]] as string[];
const pseudonymKey = Buffer.from('a key that only this test knows');

function* validFrom(least: number, count: number): Generator<string> {
  for (let key = least, left = count; left > 0; key++) {
    try {
      yield nhsNumberOfKey(key);
      left--;
    } catch {
      // its check digit would be ten
    }
  }
}

/** Numbers from 0 up to 1, the same ones for a seed. */
function chances(seed: number) {
  let state = seed;
  const chance = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { chance, oneOf: <T>(things: readonly T[]) => things[Math.floor(chance() * things.length)] as T };
}
type Chances = ReturnType<typeof chances>;

/** What is nearly a number, or one that is not written plainly. */
const written = (number: string) => [
  `"${number}"`,
  `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`,
  `${number}\r`,
  `"${number.slice(0, 8)}"`,
  `${number.slice(0, 9)}${(Number(number[9]) + 1) % 10}`,
  `${number.slice(0, 9)}:`,
  `/${number.slice(1)}`,
  `９${number.slice(1, 8)}`,
  number.slice(1),
  `0${number}`,
  '0000000000',
  '1111111111',
  '9999999999',
  '',
];

function numberCell({ chance, oneOf }: Chances): string {
  if (chance() < 0.94) return oneOf(numbers);
  return chance() < 0.3 ? oneOf(strangers) : oneOf(written(oneOf(numbers)));
}

const days = [
  ...['2024-05-06', '2023-02-28', '1999-12-30', '0000-01-01', '2024-12-01', '2024-10-10', '2025-03-29', ''],
  ...['2024-05-31', '2024-02-29', '2023-02-29', '2024-02-30', '2024-04-31', '2024-13-01', '2024-00-01'],
  ...['2024-05-00', '2024-05-32', '2024/05/06', '2024-05/06', '2024.05-06', '20240-5-06', '06/05/2024'],
  ...['"2024-05-06"', ' 2024-05-06', '2024-05-0x', '2024-05-06T10:00', 'née Mayer', '2024-05-6\u00a0'],
];

/** A file: its columns, in which a name that is none of those below stands for a note. */
type Shape = { columns: readonly string[]; fields: Field[]; ends?: readonly string[]; rule?: Rule };

const number = { name: 'nhs_number', treatment: 'pseudonym' as const };
const [month, year] = [
  { name: 'day', treatment: 'month' as const },
  { name: 'day', treatment: 'year' as const },
];
const both = ['\n', '\r\n'];
const shapes: Shape[] = [
  { columns: ['nhs_number', 'note'], fields: keep('nhs_number', 'note'), ends: both },
  { columns: ['note', 'nhs_number'], fields: keep('note', 'nhs_number'), ends: both },
  { columns: ['note', 'nhs_number', 'day'], fields: keep('note', 'nhs_number', 'day') },
  { columns: ['nhs_number'], fields: keep('nhs_number'), ends: ['\n', '\r\n', '\n\n', '\n\r\n'] },
  { columns: ['nhs_number'], fields: [number], ends: ['\n', '\r\n', '\n\n'] },
  { columns: ['nhs_number', 'day', 'note'], fields: [month, number], ends: both },
  { columns: ['note', 'day', 'nhs_number'], fields: [number, ...keep('note'), year], ends: both },
  { columns: ['note', 'nhs_number', 'day'], fields: [...keep('note', 'nhs_number'), month], ends: ['\r\n'] },
  { columns: ['x', 'nhs_number', 'x', 'day', 'note'], fields: [...keep('note'), number], ends: both },
  {
    columns: ['day', 'nhs_number', 'note'],
    fields: [month, { name: 'nhs_number', treatment: 'year' }, ...keep('note')],
  },
  { columns: ['nhs_number', 'note', 'day'], fields: [number, month, ...keep('note')], rule: directCare },
  { columns: ['note', 'nhs_number'], fields: keep('note', 'nhs_number'), rule: directCare, ends: both },
];

/** A note of so many bytes. */
function note({ chance, oneOf }: Chances, room: number | undefined): string {
  if (room !== undefined) return 'x'.repeat(Math.max(room, 0));
  if (chance() < 0.7) return 'a note of some length'.slice(Math.floor(chance() * 21));
  return oneOf(['', '"a\nb"', '"said ""so"", ended\r\n"', 'naïve 漢字 😀', 'a\rb', '\r', '"\r"']);
}

/** Some 200 kB: rows that end at, before or behind a multiple of 64 kB from another, and some that are about so long. */
function fileOf({ columns, ends = ['\n'], rule }: Shape, seed: number): Buffer {
  const chosen = chances(seed);
  const { chance, oneOf } = chosen;
  const parts = [`${chance() < 0.3 ? '\ufeff' : ''}${columns.join(',')}${oneOf(ends)}`];
  let length = Buffer.byteLength(parts.join(''));
  let aim = length + MOST_AT_ONCE;
  const canAim = columns.includes('note');
  while (length < 200_000) {
    const end = oneOf(ends);
    const isAimed = canAim && aim - length < 500;
    const isLong = canAim && chance() < 0.0006;
    const cells = columns.map((name) => {
      if (name === 'nhs_number') return numberCell(chosen);
      return name === 'day' ? oneOf(days) : name === 'x' ? oneOf(['', 'y']) : undefined;
    });
    const others = Buffer.byteLength(cells.join(',')) + end.length;
    const whole = (isLong ? MOST_AT_ONCE : isAimed ? aim - length : others) + Math.floor(chance() * 5) - 2;
    const room = isLong || isAimed ? whole - others : undefined;
    const row = cells.map((cell) => cell ?? note(chosen, room)).join(',') + end;
    const hasTrouble = rule !== directCare && chance() < 0.002;
    parts.push(row, hasTrouble ? oneOf([',\n', 'a"b\n', '\0,\n', '"a"b\r\n']) : '');
    length += Buffer.byteLength(parts.slice(-2).join(''));
    if (room !== undefined) aim = length + MOST_AT_ONCE;
  }
  return Buffer.from(chance() < 0.5 ? parts.join('').replace(/[\r\n]+$/, '') : parts.join(''));
}

/** Gives chunks as they come, while other releases do the same. */
async function* slowly(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) {
    yield chunk;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Releases a file, has some of its patients object, and expects both times what the slow guard says. */
async function expectLikeSlow(
  bytes: Buffer,
  { fields, rule = bothTypes }: Pick<Shape, 'fields' | 'rule'>,
  chunks: readonly Buffer[],
): Promise<void> {
  const before = indexOf(patients);
  const version = { fields, nhsNumberColumn: null };
  const spools = { folder, room: new SpoolRoom(1e9) };
  const release = new SpooledRelease({ version, rule, index: before, pseudonymKey }, spools, 1e9, false);
  expect(await release.take('', 'text/csv', slowly(chunks))).toEqual({ ok: true });
  const objected = patients.map((one) => (late.includes(one.nhsNumber) ? { ...one, type1: true } : one));
  const now = indexOf(objected);
  for (const [list, index] of [
    [patients, before],
    [objected, now],
  ] as const) {
    if (index === now) await release.takeOut(lookAgain(rule, release.membership, before, now));
    const expected = slowGuard(bytes, { ...version, ...rule, patients: list, pseudonymKey });
    if (!expected.ok) throw new Error(expected.reason);
    const output = await buffer((release.parts[0] as (typeof release.parts)[number]).content());
    expect(firstDifference(output, expected.output)).toBe(undefined);
    const { counts, reasons, emptied, membership } = release.result;
    expect(counts).toMatchObject({ in: expected.in, out: expected.out });
    expect(Object.fromEntries(reasons)).toEqual(expected.reasons);
    if (index === before) expect(emptied).toBe(expected.emptied);
    const { members, unlisted } = membership.account(Buffer.alloc(16));
    const left = [...membersOf(members)].map((ordinal) => nhsNumberOfKey(index.keyOf(ordinal)));
    expect(new Set([...left, ...unlistedOf(unlisted)])).toEqual(expected.left);
  }
  await release.close();
}

/** Where two outputs part, and what is there; files are too long to be shown. */
function firstDifference(one: Buffer, other: Buffer) {
  if (one.equals(other)) return undefined;
  const at = one.findIndex((byte, place) => byte !== other[place]);
  return {
    at,
    ...{ one: one.toString('utf8', at - 40, at + 40), other: other.toString('utf8', at - 40, at + 40) },
  };
}

const MB = 1024 * 1024;

/** Chunks of up to 64 kB that end where a row does: only so is as much as that looked at together. */
function atRowEnds(bytes: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const whole = bytes.lastIndexOf(0x0a, at + MOST_AT_ONCE - 1) + 1;
    const end = whole > at && at + MOST_AT_ONCE < bytes.length ? whole : at + MOST_AT_ONCE;
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}

const otherSizes = [[MB], [MOST_AT_ONCE + 1, 997], [8191, 0, 3]];

test.each(shapes.map((shape, place) => ({ shape, place, name: shape.columns.join() })))(
  'files of $name whose rows end about 64 kB, two in turn, come out as from the slow guard',
  async ({ shape, place }) => {
    const [one, other] = [fileOf(shape, 10 * place), fileOf(shape, 10 * place + 1)];
    await Promise.all([
      expectLikeSlow(one, shape, atRowEnds(one)),
      expectLikeSlow(other, shape, cut(other, otherSizes[place % otherSizes.length] as number[])),
    ]);
  },
);

test.each(shapes.filter(({ rule }) => rule === directCare))(
  'on direct care of $columns, the line of the first row that cannot be read is known behind many',
  async (shape) => {
    const text = `${fileOf(shape, 1)}\n`;
    const { scanned } = await scan(`${text}"a"b\n`, {
      version: { fields: shape.fields, nhsNumberColumn: null },
      rule: directCare,
      index: indexOf(patients),
    });
    expect(scanned).toEqual({ ok: false, reason: 'row-cannot-be-read', line: text.split('\n').length });
  },
);

const many = <T>(count: number, of: (place: number) => T) => Array.from({ length: count }, (_, n) => of(n));
const permitted = (place: number) => numbers[(place * 7) % 3 === 1 ? 0 : 6] as string;
const keyOf = (text: string) => Number(text.slice(0, 9));
const whoever = (place: number) => numbers[place % numbers.length] as string;

describe('a file that fills what is looked at together comes out as from the slow guard:', () => {
  const emptyLines = `nhs_number\n${many(12, (n) => `${permitted(n)}\n${'\n'.repeat(30_000)}`).join('')}`;
  const names = many(200, (n) => `c${n}`);
  const wideRow = (row: number) => {
    const cells = names.map((_, n) => (n % 9 === row % 9 ? '' : `${n % 10}`)).join();
    return `${cells},${whoever(row)},${row % 7 === 0 ? '2024-05-31' : '2024-05-06'}\r\n`;
  };
  test.each<[what: string, file: string, fields: Field[]]>([
    ['of empty lines only, but for a few rows', emptyLines, keep('nhs_number')],
    ['the same, of which a name leaves', emptyLines, [number]],
    [
      'of numbers only, for each of which a longer name leaves',
      `nhs_number\n${many(24_000, (n) => `${permitted(n)}\n`).join('')}`,
      [number],
    ],
    [
      'of numbers only, each of which leaves as often as its column has names',
      `nhs_number\n${many(1_500, (n) => `${permitted(n)}\n`).join('')}`,
      keep(
        ...many(64, (n) =>
          [...'nhs_number'].map((one, at) => ((n >> at) & 1 ? one.toUpperCase() : one)).join(''),
        ),
      ),
    ],
    [
      'of 32,000 columns without anything in them',
      `nhs_number${',x'.repeat(32_000)}\n${many(6, (n) => `${permitted(n)}${','.repeat(32_000)}\n`).join('')}`,
      [number],
    ],
    [
      'of two hundred columns that leave the other way round',
      `${names.join()},nhs_number,day\r\n${many(500, wideRow).join('')}`,
      [month, number, ...keep(...[...names].reverse())],
    ],
  ])('%s', async (_, file, fields) => {
    const bytes = Buffer.from(file);
    await expectLikeSlow(bytes, { fields }, atRowEnds(bytes));
  });
});

describe('what fills the memory of the kernel', () => {
  const pseudonymKey = Buffer.alloc(32, 7);
  /** Finds all rows of some bytes, and writes what a plan says of some of them. */
  async function written(text: string, columns: number, rows: readonly number[], plan: readonly number[]) {
    const found = new FoundRows();
    const bytes = Buffer.from(text);
    found.find(bytes, 0, bytes.length, { columns, numberColumn: 0, onlyNumber: false });
    const chosen = new ChosenRows();
    chosen.clear(rows.length);
    for (const row of rows) chosen.add(row, found.key(row), 0);
    const sink = new MemorySink();
    const output = new Output(sink);
    expect(found.project(Int32Array.from(plan), chosen, pseudonymKey, 0, output)).toBe(rows.length);
    await output.flush();
    return { count: found.count, output: sink.bytes().toString() };
  }

  const behindEmptyLines = `${'\n'.repeat(MOST_AT_ONCE - 11)}${numbers[0]}\n`;

  test.each([true, false])(
    'may be as many rows as bytes (no more is asked for than the number: %s)',
    (onlyNumber) => {
      const found = new FoundRows();
      found.find(Buffer.from(behindEmptyLines), 0, MOST_AT_ONCE, { columns: 1, numberColumn: 0, onlyNumber });
      const last = MOST_AT_ONCE - 11;
      expect([found.count, found.lines]).toEqual([last + 1, last + 1]);
      expect(many(last, (row) => found.end(row)).every((end, row) => end === row + 1)).toBe(true);
      expect(found.key(last)).toBe(keyOf(numbers[0] as string));
      expect([found.cellStart(last, 0), found.cellEnd(last, 0)]).toEqual([last, MOST_AT_ONCE - 1]);
    },
  );

  test('is nobody’s any more when another has used it: then nothing is written', () => {
    const [one, other] = [new FoundRows(), new FoundRows()];
    const bytes = Buffer.from(`${numbers[0]}\n`);
    const shape = { columns: 1, numberColumn: 0, onlyNumber: false };
    for (const found of [one, other]) found.find(bytes, 0, bytes.length, shape);
    const [chosen, output] = [new ChosenRows(), new Output(new MemorySink())];
    chosen.clear(1);
    chosen.add(0, one.key(0), 0);
    const write = (found: FoundRows) =>
      found.project(Int32Array.of(0, whatLeaves.keep), chosen, pseudonymKey, 0, output);
    expect(() => write(one)).toThrow('no longer in memory');
    expect([output.length, write(other), output.length]).toEqual([0, 1, bytes.length]);
  });

  test('may be a row behind as many that are empty', async () => {
    const plan = many(600, () => [0, whatLeaves.keep]).flat();
    const { output } = await written(behindEmptyLines, 1, [MOST_AT_ONCE - 11], plan);
    expect(output).toBe(`${many(600, () => numbers[0]).join()}\n`);
  });

  test('may be a longer name for every number', async () => {
    const all = many(Math.floor(MOST_AT_ONCE / 11), (n) => n);
    const text = all.map((n) => `${whoever(n)}\n`).join('');
    const { output } = await written(text, 1, all, [0, whatLeaves.pseudonym]);
    expect(output).toBe(all.map((n) => `${treat('pseudonym', whoever(n), pseudonymKey)}\n`).join(''));
  });

  test('may be the cells of rows that consist of nothing else, all of which leave', async () => {
    const text = `${numbers[0]}${','.repeat(32_000)}\n`;
    const plan = many(32_001, (n) => [32_000 - n, whatLeaves.keep]).flat();
    const { count, output } = await written(text.repeat(2), 32_001, [0, 1], plan);
    expect([count, output]).toEqual([2, `${','.repeat(32_000)}${numbers[0]}\n`.repeat(2)]);
  });
});

test('whom a file with two people to a row decided on is decided so in one with one, and their made-up patients are noted', async () => {
  const [a, b, objector, unseen] = [0, 6, 1, 12].map((place) => numbers[place]) as [
    string,
    string,
    string,
    string,
  ];
  const watched = [a, objector, unseen].map(keyOf);
  const index = indexOf(patients);
  const watch = { canaries: new Set(watched) };
  const personColumns = [
    { name: 'mother', kind: 'nhs-number' as const },
    { name: 'nhs_number', kind: 'nhs-number' as const },
  ];
  const plan: Plan = {
    version: { fields: keep('mother', 'nhs_number'), nhsNumberColumn: null, personColumns },
    ...{ rule: bothTypes, index, pseudonymKey, watch },
  };
  const memory = new ReleaseMemory(plan);
  const send = async (text: string, version: Plan['version']) => {
    const rows = new MemorySink();
    const sinks = { rows, notes: new MemorySink() };
    await scanRelease([Buffer.from(text)], { ...plan, version }, sinks, { memory });
    return rows.bytes().toString();
  };
  // `unseen` is withheld for the objector's sake: that is no reason to withhold them where they stand alone.
  const two = `mother,nhs_number\n${a},${b}\n${b},${objector}\n${unseen},${objector}\n`;
  expect(await send(two, plan.version)).toBe(`mother,nhs_number\n${a},${b}\n`);
  expect(memory.people.membership.canariesSeen()).toEqual(
    new Map(watched.map((key) => [key, key === keyOf(a)])),
  );
  const one = (text: string) => `nhs_number,note\n${text}`;
  const rows = [a, objector, b, unseen, objector, a, unseen].map((who, n) => ({
    who,
    row: `${who},row ${n}\n`,
  }));
  const left = rows.filter(({ who }) => who !== objector).map(({ row }) => row);
  const single = { fields: keep('nhs_number', 'note'), nhsNumberColumn: null };
  expect(await send(one(rows.map(({ row }) => row).join('')), single)).toBe(one(left.join('')));
  expect(memory.people.membership.canariesSeen()).toEqual(
    new Map(watched.map((key) => [key, key !== keyOf(objector)])),
  );
});

test('a local id that is written like the NHS number of somebody who may leave is no NHS number', async () => {
  const [a, b] = [numbers[0], numbers[6]] as [string, string];
  const local = (value: string) => [{ kind: 'emis-number' as const, value }];
  const index = indexOf([
    { nhsNumber: a, localIds: local('1') },
    { nhsNumber: b, type1: true, localIds: local(a) },
  ]);
  const personColumns = [{ name: 'EMIS Number', kind: 'local-id' as const }];
  for (const fields of [keep('EMIS Number', 'note'), keep('note')]) {
    const version = { fields, nhsNumberColumn: null, personColumns };
    const { output } = await scan(`EMIS Number,note\n1,A\n${a},B\n1,A\n`, { version, index });
    expect(output.toString().split('\n').slice(1).join()).toBe(fields.length === 1 ? 'A,A,' : '1,A,1,A,');
  }
});
