import { afterAll, beforeAll, expect, test } from 'vitest';
import { decidedSince } from '../../src/store/decided-since.ts';
import { openScene, type Scene, START } from '../guard/scene.ts';
import '../support/registry.ts';

/** Of whom is asked, and somebody else. */
const [ASKED, LISTED, ANOTHER] = [3, 9, 4];
const bitmap = Buffer.from([1 << ASKED]);
const list = Buffer.from([0, 0, 0, LISTED]);
const nobody = Buffer.alloc(0);

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  scene.registry.leaveBroken('Releases are put into the database that the ledger does not know');
  const { database, practiceId, job } = { ...scene.services, ...scene };
  // In an order that is none of theirs: 601 is a prime, so that each comes once.
  const rows = Array.from({ length: all.length }, (_, n) => all[(n * 601) % all.length] as Made);
  await database.write(async (tx) => {
    for (let from = 0; from < rows.length; from += 500) {
      const some = rows.slice(from, from + 500);
      await tx.release.createMany({
        data: some.map(({ id, status, minute, index }) => ({
          ...{ id, status, practiceId, extractId: 'research', version: 1, kind: 'check', keyId: job.keyId },
          ...{ format: 'application/json', startedAt: START, leaseUntil: START },
          ...{ decidedAt: minute === null ? null : at(minute), decidedIndex: index },
        })),
      });
      await tx.releaseAccount.createMany({
        data: some.map(({ id, members, memberOrdinals }) => ({
          ...{ releaseId: id, practiceId, members, memberOrdinals },
          ...{ unlisted: nobody, withheld: nobody, salt: Buffer.alloc(16), digest: '' },
        })),
      });
    }
  });
});
afterAll(() => scene.end());

type Made = {
  readonly id: string;
  readonly status: string;
  readonly minute: number | null;
  readonly index: number | null;
  readonly members: Buffer<ArrayBuffer>;
  readonly memberOrdinals: Buffer<ArrayBuffer> | null;
};

const at = (minute: number) => new Date(START.getTime() + minute * 60_000);

const some = (count: number, different: Partial<Made> & { minute: number | null }, first: number): Made[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ id: `${different.minute}-${first + n}`, status: 'complete', index: first + n },
    ...{ members: n % 2 === 0 ? bitmap : nobody, memberOrdinals: n % 2 === 0 ? null : list },
    ...different,
  }));

// More than two pages of one instant; and after it, by a clock that was put back, what the ledger has in front of it.
const all: readonly Made[] = [
  ...some(20, { minute: 1 }, 5000),
  ...some(1203, { minute: 2 }, 2000),
  ...some(499, { minute: 3 }, 1000),
  ...some(1, { minute: 4 }, 10),
  ...some(600, { minute: 5, id: '', members: Buffer.from([1 << ANOTHER]), memberOrdinals: nobody }, 3500),
  ...some(1, { minute: 6 }, 11),
  ...some(3, { minute: 2, status: 'failed' }, 4300),
  ...some(3, { minute: 2, status: 'interrupted' }, 4400),
  ...some(3, { minute: null, status: 'started', index: null }, 4500),
].map((one, place) => ({ ...one, id: one.id || `${one.minute}-other-${place}` }));

async function found(minute: number, ordinals: readonly number[]) {
  const { database } = scene.services;
  const ids: string[] = [];
  const left: number[][] = [];
  for await (const one of decidedSince(database.reader, scene.practiceId, at(minute), ordinals)) {
    ids.push(one.id);
    left.push([...one.left]);
    expect(one.decidedAt.getTime()).toBeGreaterThanOrEqual(at(minute).getTime());
  }
  return { ids, left };
}

/** What is to be found, each once, by when it was decided and then by its entry. */
const wanted = (minute: number, isIn: (made: Made) => boolean) =>
  all
    .filter((made) => made.status !== 'failed' && (made.minute ?? 0) >= minute && isIn(made))
    .sort((a, b) => (a.minute ?? 0) - (b.minute ?? 0) || (a.index ?? 0) - (b.index ?? 0))
    .map(({ id }) => id);

test.each([1, 2, 3, 4, 5, 6, 7])(
  'of many decided at one instant none is missed and none comes twice: from %i',
  async (minute) => {
    const { ids } = await found(minute, [ASKED, LISTED]);
    expect(ids).toEqual(wanted(minute, ({ members }) => members[0] !== 1 << ANOTHER));
  },
);

test('each says who of those asked about left, however its account keeps them', async () => {
  const { ids, left } = await found(2, [LISTED, 100_000, ASKED]);
  const byId = new Map(all.map((made) => [made.id, made]));
  expect(left).toEqual(ids.map((id) => [byId.get(id)?.members === bitmap ? ASKED : LISTED]));
});

test('releases of another practice, and those in which nobody of them left, are none of these', async () => {
  const { database } = scene.services;
  expect((await found(1, [0, 100_000])).ids).toEqual([]);
  expect((await found(1, [])).ids).toEqual([]);
  for await (const one of decidedSince(database.reader, 'another', at(0), [ASKED])) throw new Error(one.id);
});
