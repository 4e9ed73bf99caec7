import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Digest } from '../../src/guard/digest.ts';
import { scanRelease } from '../../src/guard/scan-release.ts';
import { Spool, SpoolFull } from '../../src/guard/spool.ts';
import { NoRoom, SpoolRoom } from '../../src/guard/spool-room.ts';
import { takeOut } from '../../src/guard/take-out.ts';
import { bothTypes, directCare, indexOf, keep } from './scan.ts';
import { someNumbers } from './some-csv.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spool-'));
});
afterAll(() => rm(folder, { recursive: true }));

const person = fc.integer({ min: 0, max: someNumbers.length - 1 });
const index = indexOf(someNumbers.map((nhsNumber) => ({ nhsNumber })));

const room = () => new SpoolRoom(1e9);
const people = (count: number) => Array.from({ length: count }, (_, ordinal) => ordinal);
const objected = (ordinals: readonly number[]) =>
  new Map(ordinals.map((ordinal) => [ordinal, 'objected-type-1' as const]));

async function spooled(people: readonly number[], noteLength: number) {
  const lines = people.map((who, i) => `${someNumbers[who]},${'x'.repeat((i * noteLength) % 700)}\n`);
  const [rows, notes] = [await Spool.open(folder, 1e9, room()), await Spool.open(folder, 1e9, room())];
  const version = { fields: keep('nhs_number', 'note'), nhsNumberColumn: null };
  const plan = { version, rule: bothTypes, index, pseudonymKey: Buffer.alloc(1) };
  await scanRelease([Buffer.from(`nhs_number,note\n${lines.join('')}`)], plan, { rows, notes });
  return { rows, notes, lines };
}

describe('taking patients out of a spool', () => {
  it('leaves the header and everybody else’s rows, as often as it is done', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { maxLength: 60 }),
        fc.nat(500),
        fc.array(fc.uniqueArray(person), { maxLength: 3 }),
        async (people, noteLength, rounds) => {
          const { rows, notes, lines } = await spooled(people, noteLength);
          const gone = new Set<number>();
          for (const round of rounds) {
            const taken = await takeOut(rows, notes, objected(round));
            const goes = people.filter((who) => round.includes(who) && !gone.has(who)).length;
            expect(taken.reasons.get('objected-type-1') ?? 0).toBe(goes);
            for (const who of round) gone.add(who);
            expect(taken.left).toEqual(new Set(people.filter((who) => !gone.has(who))));
            const left = `nhs_number,note\n${lines.filter((_, i) => !gone.has(people[i] as number)).join('')}`;
            expect((await buffer(rows.content())).toString()).toBe(left);
            expect(rows.length).toBe(left.length);
            expect(taken.digest).toBe(createHash('sha256').update(left).digest('hex'));
          }
          await Promise.all([rows.close(), notes.close()]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('works on more than fits into memory at once', async () => {
    const people = Array.from({ length: 30_000 }, (_, i) => i % someNumbers.length);
    const { rows, notes, lines } = await spooled(people, 37);
    const taken = await takeOut(rows, notes, objected([2]));
    expect(taken.reasons).toEqual(new Map([['objected-type-1', 5_000]]));
    const left = lines.filter((_, i) => people[i] !== 2).join('');
    expect((await buffer(rows.content())).toString()).toBe(`nhs_number,note\n${left}`);
    await Promise.all([rows.close(), notes.close()]);
  });

  it('never takes out who is not on the list', async () => {
    const [rows, notes] = [await Spool.open(folder, 1e9, room()), await Spool.open(folder, 1e9, room())];
    const version = { fields: keep('nhs_number'), nhsNumberColumn: null };
    const plan = { version, rule: directCare, index, pseudonymKey: Buffer.alloc(1) };
    await scanRelease([Buffer.from('nhs_number\n9990000093\n')], plan, { rows, notes });
    await takeOut(rows, notes, objected(people(6)));
    expect((await buffer(rows.content())).toString()).toBe('nhs_number\n9990000093\n');
    await Promise.all([rows.close(), notes.close()]);
  });

  it('keeps no memory of what a broken disk let it digest', async () => {
    for (let n = 0; n < 20; n++) {
      const { rows, notes } = await spooled([0, 1, 0], 0);
      // As a disk would that has lost the end.
      await rows.truncate(40);
      await expect(takeOut(rows, notes, objected([1]))).rejects.toThrow('shorter');
      await Promise.all([rows.close(), notes.close()]);
    }
    const digest = new Digest();
    await digest.update(Buffer.alloc(3 * 1024 * 1024));
    expect(Reflect.get(digest, 'thread')).toBeDefined();
    digest.drop();
  });
});

describe('a spool', () => {
  it('has no name on the disk', async () => {
    const spool = await Spool.open(join(folder, 'new'), 100, room());
    await spool.write(Buffer.from('x'));
    expect(await readdir(join(folder, 'new'))).toEqual([]);
    await spool.close();
  });

  it('takes no more than its most', async () => {
    const spool = await Spool.open(folder, 10, room());
    await spool.write(Buffer.alloc(10));
    await expect(spool.write(Buffer.alloc(1))).rejects.toThrow(SpoolFull);
    await spool.close();
  });

  it('shares its room with the others, and gives it back', async () => {
    const shared = new SpoolRoom(10);
    const [one, other] = [await Spool.open(folder, 1e9, shared), await Spool.open(folder, 1e9, shared)];
    await one.write(Buffer.alloc(8));
    await expect(other.write(Buffer.alloc(3))).rejects.toThrow(NoRoom);
    await one.truncate(7);
    await other.write(Buffer.alloc(3));
    await one.close();
    await other.write(Buffer.alloc(7));
    await other.close();
  });
});
