import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import { missingTriggers, triggerStatements } from '../../src/store/append-only.ts';
import { copiedTables, tableOf } from '../../src/store/copy-rows.ts';
import { everybody, guardian, HEADER, manager, rowOf } from '../guard/scene.ts';
import { anEventfulPractice } from '../ledger/eventful-practice.ts';
import { commandLine } from '../support/command-line.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { type ApiScene, openApiScene } from '../web/api/api-scene.ts';
import { send } from '../web/api/send.ts';

const MASTER_KEY = 'the same key under which both registries seal';
let scene: ApiScene;
let key: string;
let folder: string;
let file: string;

beforeAll(async () => {
  scene = await openApiScene({ MASTER_KEY });
  await scene.addExtract({ extractId: 'recall', ground: 'direct-care' });
  await scene.addExtract({ extractId: 'court', ground: 'legal-obligation' });
  await scene.addExtract({ extractId: 'paused', ground: 'legal-obligation' });
  const paused = { practiceId: scene.practiceId, extractId: 'paused', version: 1, why: 'Looked at again' };
  expect(await scene.services.extracts.suspend(paused, guardian)).toEqual({ ok: true });
  key = await scene.makeKey(['research', 'recall', 'court']);
  await scene.object(1);
  const released = await scene.release(everybody);
  await vi.waitUntil(
    async () => (await scene.found(released.headers['release-id'])).status === 'complete',
    5000,
  );
  await anEventfulPractice(scene.services.database);
  await scene.services.publicLog.publishAll();
});
afterAll(() => scene.end());

beforeEach(async () => {
  folder = await mkdtemp(join(inject('folder'), 'backup-'));
  file = join(folder, 'backup.db');
});

const backup = () => commandLine(scene.registry.env, 'backup', file);
const restore = ({ env }: Registry) => commandLine(env, 'restore', file);

/** Every row of every table that a backup holds, as text. */
async function everything({ services: { database } }: Pick<Registry, 'services'>) {
  const rows = new Map<string, string[]>();
  for (const name of copiedTables) {
    const table = tableOf(database.reader, name) as unknown as { findMany(): Promise<object[]> };
    rows.set(name, (await table.findMany()).map((row) => JSON.stringify(row)).sort());
  }
  return rows;
}

/** Runs `work` with an empty registry of the same key, or another. */
async function withEmpty(work: (empty: Registry) => Promise<void>, settings: Record<string, string> = {}) {
  const empty = await openRegistry({ MASTER_KEY, ...settings }, { now: () => scene.clock.now ?? new Date() });
  try {
    await work(empty);
  } finally {
    await empty.close();
  }
}

test('a backup is one file, for nobody else to read; what is put back is every row of it', async () => {
  const before = await everything(scene.registry);
  const done = await backup();
  expect(done).toMatchObject({ exit: 0, complaints: [], said: [/backup\.db: \d+ rows, \d+ bytes\./] });
  expect(await readdir(folder)).toEqual(['backup.db']);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  await withEmpty(async (empty) => {
    expect(await restore(empty)).toMatchObject({ exit: 3, complaints: [] });
    const after = await everything(empty);
    // A restore adds to the ledger, gives it a name and suspends extracts; nothing else is different.
    const changed = ['LedgerHead', 'LedgerLeaf', 'LedgerText', 'SigningKey', 'ExtractVersion', 'Practice'];
    for (const name of copiedTables.filter((one) => !changed.includes(one)))
      expect([name, after.get(name)]).toEqual([name, before.get(name)]);
    expect(before.get('ReleaseAccount')).not.toEqual([]);
    expect(before.get('ObjectionAct')).not.toEqual([]);
    const leaves = before.get('LedgerLeaf') ?? [];
    expect(after.get('LedgerLeaf')).toEqual(expect.arrayContaining(leaves));
    expect(await missingTriggers(empty.services.database)).toEqual([]);
  });
});

test('after it nothing leaves but direct care, until a guardian resumes an extract', async () => {
  await backup();
  await withEmpty(async (empty) => {
    const { said } = await restore(empty);
    expect(said.filter((line) => line.includes('suspended until'))).toEqual([
      expect.stringMatching(/: suspended until a guardian resumes it: court, research\.$/),
    ]);
    const address = await empty.listen();
    const release = (extract: string) =>
      send(`${address}/api/v1/extracts/${extract}/releases`, {
        method: 'POST',
        body: everybody,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
      });
    expect(await release('research')).toMatchObject({ status: 409, json: { code: 'extract-suspended' } });
    expect(await release('court')).toMatchObject({ status: 409, json: { code: 'extract-suspended' } });
    expect(await release('recall')).toMatchObject({ status: 200 });

    const { practiceId } = scene;
    const where = { practiceId, extractId: 'paused' };
    const { suspendedWhy } = await empty.services.database.reader.extractVersion.findFirstOrThrow({ where });
    expect(suspendedWhy).toContain('Put back from a backup');
    const named = { practiceId, extractId: 'research', version: 1 };
    expect(await empty.services.extracts.resume(named, manager)).toMatchObject({ ok: false });
    expect(await empty.services.extracts.resume(named, guardian)).toEqual({ ok: true });
    const permitted = await release('research');
    expect(permitted.text).toBe(HEADER + [0, 2, 3, 4, 5].map((one) => rowOf(one)).join(''));
  });
});

test('the log goes on under another name, which its entry ties to the old head', async () => {
  await backup();
  const head = await scene.services.database.reader.ledgerHead.findUniqueOrThrow({
    where: { practiceId: scene.practiceId },
  });
  await withEmpty(async (empty) => {
    await restore(empty);
    const { reader } = empty.services.database;
    const practice = await reader.practice.findUniqueOrThrow({ where: { id: scene.practiceId } });
    const { text } = await reader.ledgerText.findFirstOrThrow({
      where: { practiceId: practice.id, index: head.size },
    });
    const { origin: before } = await scene.services.database.reader.practice.findUniqueOrThrow({
      where: { id: practice.id },
    });
    const name = practice.origin.slice(`${before}/`.length);
    expect(practice.origin).toBe(`${before}/${name}`);
    expect(name).toMatch(/^20\d{15}$/);
    const root = Buffer.from(head.root).toString('base64');
    expect(JSON.parse(text)).toMatchObject({
      act: 'practice-restored',
      data: { origin: practice.origin, before: { origin: before, root, size: head.size } },
    });
    expect(await empty.services.ledger.verify(practice.id)).toMatchObject({ ok: true });

    // A restore of the restored: the time of the first is not in the name any more.
    const again = join(folder, 'again.db');
    expect(await commandLine(empty.env, 'backup', again)).toMatchObject({ exit: 0 });
    await withEmpty(async (second) => {
      const { said } = await commandLine(second.env, 'restore', again);
      expect(said).toContainEqual(expect.stringMatching(/goes on as [^ ]*\/log\/[^/]+\/20\d{15}\.$/));
      expect(said.join()).not.toContain(name);
    });
  });
});

test('a backup that is put back twice makes two logs, and each has its own name', async () => {
  await backup();
  const origins = new Set<string>();
  for (let time = 0; time < 2; time += 1)
    await withEmpty(async (empty) => {
      await restore(empty);
      const { reader } = empty.services.database;
      origins.add((await reader.practice.findUniqueOrThrow({ where: { id: scene.practiceId } })).origin);
    });
  expect(origins.size).toBe(2);
});

test('a practice under another name than its entries give it does not verify', async () => {
  await backup();
  await withEmpty(async (empty) => {
    await restore(empty);
    const { database, ledger } = empty.services;
    await database.write((tx) =>
      tx.practice.update({ where: { id: scene.practiceId }, data: { origin: 'another.example/log/X' } }),
    );
    expect(await ledger.verify(scene.practiceId)).toMatchObject({ ok: false, what: /origin/ });
    empty.leaveBroken('the practice has another origin');
  });
});

test('it is of one moment, however much is recorded meanwhile', async () => {
  let stop = false;
  const recording = (async () => {
    for (let patient = 0; !stop; patient += 1) {
      await scene.object(patient % 6, 'type-2');
      await setImmediate();
    }
  })();
  const done = await backup();
  stop = true;
  await recording;
  expect(done.exit).toBe(0);
  await withEmpty(async (empty) => {
    expect(await restore(empty)).toMatchObject({ exit: 3 });
  });
});

test('nothing is ever written over, and what a restore that broke off left behind is cleared', async () => {
  await backup();
  expect(await commandLine(scene.registry.env, 'restore', file)).toMatchObject({
    exit: 1,
    complaints: [/empty one in DATABASE_URL/],
  });
  await withEmpty(async (empty) => {
    const { database } = empty.services;
    await database.write(async (tx) => {
      for (const sql of triggerStatements(database.kind).off) await tx.$executeRawUnsafe(sql);
      await tx.ledgerLeaf.create({
        data: { practiceId: scene.practiceId, index: 0, commitment: Buffer.alloc(32) },
      });
    });
    expect(await restore(empty)).toMatchObject({ exit: 3, complaints: [] });
  });
});

test.each([
  ['no database', async () => writeFile(file, 'not a backup'), /no backup of this registry/],
  ['of another key', backup, /another MASTER_KEY/],
])('a file that is %s is refused, and nothing is done', async (_what, make, why) => {
  await make();
  await withEmpty(
    async (empty) => {
      expect(await restore(empty)).toMatchObject({ exit: 1, said: [], complaints: [why] });
      expect(await empty.services.staff.practices()).toEqual([]);
      expect(await missingTriggers(empty.services.database)).toEqual([]);
    },
    { MASTER_KEY: 'another key altogether, under which nothing was sealed' },
  );
});
