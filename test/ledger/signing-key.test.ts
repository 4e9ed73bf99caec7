import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../src/services.ts';
import { changePractice } from '../../src/store/practice-change.ts';
import { commandLine } from '../support/command-line.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPractice, receptionist, tick } from './history.ts';
import { behindTheBack, whileTampered } from './tamper.ts';

const clock = { now: new Date('2026-11-25T12:00:00Z') };
let registry: Registry;
let practiceId: string;

const verify = () => registry.services.ledger.verify(practiceId);
const headOf = () =>
  registry.services.database.reader.ledgerHead.findUniqueOrThrow({ where: { practiceId } });
const append = () =>
  changePractice(registry.services.database, practiceId, async (change) =>
    change.append('access-digest', receptionist, {}, tick()),
  );

beforeAll(async () => {
  registry = await openRegistry({}, { now: () => clock.now });
  practiceId = await aPractice(registry.services.database, 'A10001');
});

afterAll(() => registry.close());

test('a change of key is an entry, and what each key signed stays good', async () => {
  const { publicLog } = registry.services;
  await append();
  await publicLog.publish(practiceId, '2026-11-26', clock.now);
  const [old] = await publicLog.verifiers(practiceId);
  const state = join(registry.config.dataDir, 'watch');
  const address = `${await registry.listen()}/log/A10001`;
  const watch = (key: string) => commandLine(registry.env, 'watch', address, '--state', state, '--key', key);
  expect(await watch(old?.verifier ?? '')).toMatchObject({ exit: 0 });

  const changed = await commandLine(registry.env, 'ledger', 'key', '--practice', 'A10001', '--change');
  const [made] = await publicLog.verifiers(practiceId);
  expect(changed).toMatchObject({ exit: 0, said: [expect.anything(), made?.verifier] });
  expect(made?.verifier).not.toBe(old?.verifier);
  await append();
  await publicLog.publish(practiceId, '2026-11-27', clock.now);

  expect(await verify()).toMatchObject({ ok: true, checked: { entries: 64, checkpoints: 3 } });
  expect(await watch(old?.verifier ?? '')).toMatchObject({ exit: 1, complaints: [/changed its key/] });
  expect(await watch(`${old?.verifier} ${made?.verifier}`)).toMatchObject({ exit: 0 });
  const { text } = await request(address.replace('/log/A10001', '')).get('/log/A10001').expect(200);
  for (const { verifier } of await publicLog.verifiers(practiceId))
    expect(text).toContain(verifier.slice(-20));
});

test('a key that nobody wrote down signs nothing', async () => {
  const { database } = registry.services;
  const found = await whileTampered(database, verify, ['LedgerHead', 'SigningKey'], async (tx) => {
    const { size, root } = await headOf();
    const other = database.signing.make('registry.example/log/A10001');
    await tx.signingKey.create({ data: { ...other, practiceId, madeAt: clock.now, madeAtIndex: 99 } });
    const signature = await database.signing.sign(tx, other.verifier, { size, root });
    await tx.ledgerHead.update({ where: { practiceId }, data: { signature, signedBy: other.verifier } });
  });
  expect(found).toEqual({
    ok: false,
    index: 99,
    what: 'a signing key refers to it, and there is no such entry',
  });
});

test('a practice from before is given a key at the next start, once', async () => {
  const { database, config } = registry.services;
  await behindTheBack(database, async (tx) => {
    await tx.practice.create({
      data: {
        id: 'old',
        ods: 'B10001',
        name: 'Old',
        origin: 'registry.example/log/B10001',
        createdAt: clock.now,
      },
    });
    const { root, frontier } = { root: Buffer.alloc(0), frontier: Buffer.alloc(0) };
    await tx.ledgerHead.create({ data: { practiceId: 'old', size: 0, root, frontier, nextOrdinal: 0 } });
  });
  await changePractice(database, 'old', async (change) =>
    change.append(
      'practice-added',
      receptionist,
      { origin: 'registry.example/log/B10001', madeUp: false },
      tick(),
    ),
  );
  for (let start = 0; start < 2; start += 1) await (await services(config, { now: () => clock.now })).close();
  expect(await registry.services.publicLog.verifiers('old')).toHaveLength(1);
  expect(await registry.services.publicLog.latest('old')).toBeNull();
  await registry.services.publicLog.publish('old', '2026-11-28', clock.now);
  expect(await registry.services.ledger.verify('old')).toMatchObject({
    ok: true,
    checked: { entries: 32, checkpoints: 1, registers: 1 },
  });
});

test('under another master key it does not start, and says why', async () => {
  const { config } = registry.services;
  const file = join(config.dataDir, 'master.key');
  const kept = await readFile(file);
  await writeFile(file, 'another master key, which is long enough too');
  await expect(services(config)).rejects.toThrow(/MASTER_KEY is not the one/);
  await writeFile(file, kept);
});

test('a signature that the key did not make is not ready', async () => {
  const { database, readiness } = registry.services;
  const ready = async () => (await readiness()).find(({ part }) => part === 'signing-key')?.ok;
  expect(await ready()).toBe(true);
  const { signature } = await headOf();
  const set = (bytes: Uint8Array) =>
    database.write((tx) =>
      tx.ledgerHead.update({ where: { practiceId }, data: { signature: Buffer.from(bytes) } }),
    );
  await set(Buffer.alloc(64));
  expect(await ready()).toBe(false);
  expect(await verify()).toMatchObject({
    ok: false,
    what: 'the head is not signed by the key of the practice',
  });
  await set(signature ?? Buffer.alloc(0));
});
