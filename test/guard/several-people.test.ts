// Rows that name several people, by NHS number and by an id of the practice's own, in several files of one release;
// some of them object late. Held against a guard that is obvious and slow: it asks of each row, and of each person in it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { membersOf } from '../../src/guard/membership.ts';
import { PatientIndex, type PatientRecord } from '../../src/guard/patient-index.ts';
import { lookAgain } from '../../src/guard/second-look.ts';
import { SpoolRoom } from '../../src/guard/spool-room.ts';
import type { SpooledPart } from '../../src/guard/spooled-part.ts';
import { SpooledRelease } from '../../src/guard/spooled-release.ts';
import { withheldOf } from '../../src/guard/withheld-list.ts';
import { bothTypes, keep } from './scan.ts';
import { someNumbers } from './some-csv.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'people-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A patient: `ids` are what the practice's system calls them by, now and then like somebody else. */
type Person = { objected: boolean; left: boolean; ids: string[] };
/** A row: places in the list of patients; 9 is nobody of the list, -1 nothing at all. */
type Row = { mother: number; baby: number; carer: number };

const person: fc.Arbitrary<Omit<Person, 'ids'> & { shares: boolean }> = fc.record({
  objected: fc.boolean(),
  left: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
  shares: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
});
const who = fc.oneof({ arbitrary: fc.nat(5), weight: 12 }, { arbitrary: fc.constantFrom(9, -1), weight: 1 });
const row: fc.Arbitrary<Row> = fc.record({ mother: who, baby: who, carer: who });
const file = fc.record({ isCsv: fc.boolean(), rows: fc.array(row, { maxLength: 12 }) });

const version = {
  fields: keep('mother', 'baby', 'EMIS Number', 'note'),
  nhsNumberColumn: null,
  personColumns: [
    { name: 'mother', kind: 'nhs-number' as const },
    { name: 'baby', kind: 'nhs-number' as const },
    { name: 'EMIS Number', kind: 'local-id' as const },
  ],
};

const numberOf = (place: number) => (place === 9 ? '9990000093' : (someNumbers[place] ?? ''));
const idOf = (place: number) => (place < 0 ? '' : `E${place}`);
const columns = ['mother', 'baby', 'EMIS Number', 'note'];
const cellsOf = ({ mother, baby, carer }: Row, at: number) => [
  numberOf(mother),
  numberOf(baby),
  idOf(carer),
  `row ${at}`,
];
const asCsv = (cells: readonly string[]) => `${cells.join(',')}\n`;
const asJson = (cells: readonly string[]) =>
  `${JSON.stringify(Object.fromEntries(columns.map((name, place) => [name, cells[place]])))}\n`;

/** Whom a row names, or undefined when that is not known of everybody. */
function named({ mother, baby, carer }: Row, people: readonly Person[]): number[] | undefined {
  if ([mother, baby].some((place) => people[place] === undefined)) return undefined;
  const carers = people.flatMap(({ ids }, place) => (ids.includes(idOf(carer)) ? [place] : []));
  return carers.length === 1 ? [...new Set([mother, baby, ...carers])] : undefined;
}

function recordOf({ objected, left, ids }: Person, ordinal: number): PatientRecord {
  return {
    ordinal,
    id: `patient-${ordinal}`,
    nhsNumber: numberOf(ordinal),
    person: null,
    listed: true,
    left,
    restricted: false,
    objected: { type1: objected, type2: false },
    localIds: ids.map((value) => ({ kind: 'emis-number' as const, value: value.toLowerCase() })),
  };
}

test('nobody’s row leaves whose objection is in force, nobody else’s is lost, and the account is the outputs’', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 6, maxLength: 6 }),
      fc.array(file, { minLength: 1, maxLength: 3 }),
      fc.array(fc.array(fc.nat(5), { maxLength: 2 }), { maxLength: 2 }),
      async (given, files, late) => {
        const people: Person[] = given.map(({ shares, ...one }, place) => ({
          ...one,
          ids: shares ? [idOf(place), idOf((place + 1) % 6)] : [idOf(place)],
        }));
        const before = PatientIndex.empty.with(1, people.map(recordOf));
        const plan = { version, rule: bothTypes, index: before, pseudonymKey: Buffer.alloc(32) };
        const release = new SpooledRelease(plan, { folder, room: new SpoolRoom(1e9) }, 1e9, true);
        for (const [place, { isCsv, rows }] of files.entries()) {
          const lines = rows.map((one, at) => (isCsv ? asCsv : asJson)(cellsOf(one, at)));
          const content = Buffer.from(`${isCsv ? `${columns.join()}\n` : ''}${lines.join('')}`);
          const format = isCsv ? 'text/csv' : 'application/x-ndjson';
          expect(await release.take(String(place), format, chunksOf(content))).toEqual({ ok: true });
        }

        for (const [round, objecting] of [[], ...late].entries()) {
          for (const place of objecting) (people[place] as Person).objected = true;
          const now = before.with(2 + round, people.map(recordOf));
          await release.takeOut(lookAgain(bothTypes, release.membership, before, now));

          const left = new Set<number>();
          let out = 0;
          for (const [place, { isCsv, rows }] of files.entries()) {
            let expected = isCsv ? `${columns.join()}\n` : '';
            for (const [at, one] of rows.entries()) {
              const all = named(one, people);
              if (all?.every((who) => !people[who]?.objected && !people[who]?.left) !== true) continue;
              for (const who of all) left.add(who);
              out++;
              expected += (isCsv ? asCsv : asJson)(cellsOf(one, at));
            }
            const part = release.parts[place] as SpooledPart;
            expect((await buffer(part.content())).toString()).toBe(expected);
          }
          const { counts, reasons, membership } = release.result;
          expect(counts.out).toBe(out);
          expect([...reasons.values()].reduce((sum, one) => sum + one, 0)).toBe(counts.withheld);
          const account = membership.account(Buffer.alloc(16));
          expect(new Set(membersOf(account.members))).toEqual(left);
          // Who was withheld from the start stays so for the reason of then.
          for (const { ordinal, reason } of withheldOf(account.withheld))
            expect(reason).toBe(
              given[ordinal]?.left && !given[ordinal]?.objected ? 'left-practice' : 'objected-type-1',
            );
        }
        await release.close();
      },
    ),
    { numRuns: 400 },
  );
});

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 29) yield bytes.subarray(at, at + 29);
}

test('an id that means somebody else meanwhile, or two people, takes the rows out', async () => {
  const people: Person[] = [0, 1, 2].map((place) => ({ objected: false, left: false, ids: [idOf(place)] }));
  const before = PatientIndex.empty.with(1, people.map(recordOf));
  const plan = { version, rule: bothTypes, index: before, pseudonymKey: Buffer.alloc(32) };
  const release = new SpooledRelease(plan, { folder, room: new SpoolRoom(1e9) }, 1e9, false);
  const row = asCsv(cellsOf({ mother: 0, baby: 0, carer: 0 }, 0));
  await release.take('', 'text/csv', chunksOf(Buffer.from(`${columns.join()}\n${row}`)));
  (people[1] as Person).ids.push(idOf(0));
  const now = before.with(2, people.map(recordOf));
  expect([...lookAgain(bothTypes, release.membership, before, now)]).toEqual([[0, 'ambiguous']]);
  (people[0] as Person).ids = [];
  const moved = before.with(2, people.map(recordOf));
  expect([...lookAgain(bothTypes, release.membership, before, moved)]).toEqual([[0, 'ambiguous']]);
  await release.close();
});
