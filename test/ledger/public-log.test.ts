import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jobs } from '../../src/jobs.ts';
import { openCheckpoint } from '../../src/ledger/checkpoint.ts';
import { commitmentOf } from '../../src/ledger/entry.ts';
import { Frontier } from '../../src/ledger/frontier.ts';
import { leafHash, rootOf } from '../../src/ledger/merkle.ts';
import { readVerifier } from '../../src/ledger/signed-note.ts';
import { runIfDue } from '../../src/schedule.ts';
import type { Transaction } from '../../src/store/database.ts';
import { changePractice } from '../../src/store/practice-change.ts';
import { commandLine } from '../support/command-line.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPractice, receptionist } from './history.ts';
import { behindTheBack, type TableName, whileTampered } from './tamper.ts';

const clock = { now: new Date('2026-11-20T12:00:00Z') };
let registry: Registry;
let address: string;
let practiceId: string;
let verifier: string;
let folder: string;

const verify = (...elsewhere: string[]) => registry.services.ledger.verify(practiceId, elsewhere);
const log = () => `${address}/log/A10001`;
const run = (...argv: string[]) => commandLine(registry.env, ...argv);
const get = (path: string) =>
  request(address)
    .get(`/log/A10001/${path}`)
    .buffer(true)
    .parse((res, done) => {
      const pieces: Buffer[] = [];
      res.on('data', (piece: Buffer) => pieces.push(piece));
      res.on('end', () => done(null, Buffer.concat(pieces)));
    });

const append = (count: number) =>
  changePractice(registry.services.database, practiceId, async (change) => {
    for (let n = 0; n < count; n += 1) change.append('access-digest', receptionist, { n }, clock.now);
  });

/** Lets the schedule do what is due at an instant. */
async function at(instant: string) {
  clock.now = new Date(instant);
  const job = jobs(registry.services).find(({ name }) => name === 'publish checkpoints');
  if (job) await runIfDue(job, clock.now, registry.services.log);
  return registry.services.publicLog.latest(practiceId);
}

beforeAll(async () => {
  registry = await openRegistry({}, { now: () => clock.now });
  practiceId = await aPractice(registry.services.database, 'A10001');
  address = await registry.listen();
  folder = registry.config.dataDir;
  [{ verifier } = { verifier: '' }] = await registry.services.publicLog.verifiers(practiceId);
});

afterAll(() => registry.close());

test('a practice has a signed checkpoint from the day on which it was added', async () => {
  const { text } = await request(address).get('/log/A10001/checkpoint').expect(200);
  const opened = openCheckpoint(text, [readVerifier(verifier) ?? expect.fail('no verifier')]);
  expect(opened).toMatchObject({ ok: true, checkpoint: { origin: 'registry.example/log/A10001', size: 1 } });
  expect(await run('watch', log(), '--key', verifier, '--state', join(folder, 'watch'))).toMatchObject({
    exit: 0,
  });
});

test('what happens is published once a day, from four in the morning, and not before', async () => {
  await append(298);
  expect((await at('2026-11-20T23:59:00Z'))?.size).toBe(1);
  expect((await at('2026-11-21T03:59:00Z'))?.size).toBe(1);
  expect(await at('2026-11-21T04:00:00Z')).toMatchObject({ size: 320, day: '2026-11-21' });
  await append(1);
  expect((await at('2026-11-21T15:00:00Z'))?.size).toBe(320);
  // Nothing of what is not published yet can be had.
  await get('tile/0/001.p/65').expect(404);
  expect(await verify()).toMatchObject({ ok: true });
});

test('files: the kind, how long they may be kept, no cookie, for the pages of anybody', async () => {
  const checkpoint = await get('checkpoint').expect(200);
  expect(checkpoint.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'access-control-allow-origin': '*',
  });
  for (const [path, length] of [
    ['tile/0/000', 8192],
    ['tile/0/001.p/64', 64 * 32],
    ['tile/1/000.p/1', 32],
    ['tile/entries/000', 256 * 34],
    ['tile/entries/001.p/64', 64 * 34],
  ] as const) {
    const { body, headers } = await get(path).expect(200);
    expect(body, path).toHaveLength(length);
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['set-cookie']).toBeUndefined();
  }
  const entries = (await get('tile/entries/000').expect(200)).body as Buffer;
  const hashes = (await get('tile/0/000').expect(200)).body as Buffer;
  expect(hashes.subarray(32, 64)).toEqual(leafHash(entries.subarray(36, 68)));
  for (const path of [
    'tile/0/003',
    'tile/1/000',
    'tile/1/000.p/2',
    'tile/2/000.p/1',
    'tile/0/000/',
    'tile/0/0',
  ])
    await get(path).expect(404);
  await request(address).get('/log/Z99999/checkpoint').expect(404);
});

test('the pages say the key and the checkpoint, and set no cookie', async () => {
  for (const path of ['/log/A10001', '/log/A10001/poster', '/log/A10001/poster?week=2026-11-18']) {
    const { text, headers } = await request(address).get(path).expect(200);
    expect(text).toContain(verifier.replaceAll('+', '&#43;').slice(0, 20));
    expect(headers['set-cookie']).toBeUndefined();
  }
});

describe('publish DIR', () => {
  const published = () => join(folder, 'site', 'log', 'A10001');

  test('writes the same files, and the next day only what is new', async () => {
    expect(await run('publish', join(folder, 'site'))).toMatchObject({
      exit: 0,
      said: [/320 entries, 5 new files/, /its register, .*index\.html/],
    });
    const { body } = await get('tile/0/001.p/64');
    expect(await readFile(join(published(), 'tile/0/001.p/64'))).toEqual(body);
    expect(await readFile(join(published(), 'checkpoint'))).toEqual((await get('checkpoint')).body);
    expect(await readdir(join(published(), 'tile/entries'))).toEqual(['000', '001.p']);
    await at('2026-11-22T04:00:30Z');
    expect(await run('publish', join(folder, 'site'))).toMatchObject({
      said: [/352 entries, 2 new files/, /its register/],
    });
  });

  test('writes the register as the app shows it, to stand alone', async () => {
    const register = join(folder, 'site', 'register', 'A10001');
    const of = (name: string) => readFile(join(register, name), 'utf8');
    const [page, served] = [await of('index.html'), await request(address).get('/register/A10001.json')];
    expect(await of('register.json')).toBe(served.text);
    expect(await of('register.tlog-proof')).toContain('c2sp.org/tlog-proof@v1');
    expect(page).not.toMatch(/<script|href="\/|src=/);
    const links = [...page.matchAll(/href="([^"#]+)"/g)].map(([, link = '']) => link);
    expect(links).toContain('app.css');
    for (const link of links) expect(await readFile(join(register, link), 'utf8'), link).not.toBe('');
  });

  test('refuses to write over what it does not continue', async () => {
    const file = join(published(), 'checkpoint');
    const kept = await readFile(file, 'utf8');
    await writeFile(file, kept.replace('\n352\n', '\n353\n'));
    expect(await run('publish', join(folder, 'site'))).toMatchObject({ exit: 3 });
    await writeFile(file, kept);
  });
});

describe('what was done behind the back of the app', () => {
  type Case = [what: string, tables: TableName[], work: (tx: Transaction) => Promise<unknown>, found: object];
  const where = () => ({ practiceId });
  const everything: TableName[] = [
    'LedgerHead',
    'LedgerLeaf',
    'LedgerText',
    'LedgerTile',
    'PublishedCheckpoint',
    'PublishedRegister',
  ];
  /** The database of the day before, when the ledger had 320 entries, signed. */
  const yesterday = async (tx: Transaction) => {
    const [, older] = await tx.publishedCheckpoint.findMany({ where: where(), orderBy: { day: 'asc' } });
    const opened = openCheckpoint(older?.note ?? '', [readVerifier(verifier) ?? expect.fail('no verifier')]);
    if (!opened.ok) throw new Error(opened.reason);
    const { size, root } = opened.checkpoint;
    const later = { ...where(), index: { gte: size } };
    await tx.ledgerLeaf.deleteMany({ where: later });
    await tx.ledgerText.deleteMany({ where: later });
    await tx.publishedRegister.deleteMany({ where: { ...where(), ledgerIndex: { gte: size } } });
    const frontier = Frontier.empty();
    for (const { commitment } of await tx.ledgerLeaf.findMany({ where: where(), orderBy: { index: 'asc' } }))
      frontier.append(commitment);
    const signature = Buffer.from(older?.note.trimEnd().split(' ').at(-1) ?? '', 'base64').subarray(4);
    const head = {
      size,
      root: Buffer.from(root),
      frontier: frontier.toBytes(),
      signature: Buffer.from(signature),
    };
    await tx.ledgerHead.update({ where: where(), data: head });
  };

  test.each<Case>([
    [
      'an entry that was published is written anew, with all hashes',
      everything,
      (tx) => forge(tx, 5),
      { index: 319, what: 'the checkpoint published on 2026-11-21 does not agree with the entries' },
    ],
    [
      'the checkpoints too, but nobody else has the key',
      everything,
      async (tx) => {
        await forge(tx, 5);
        await tx.publishedCheckpoint.deleteMany({ where: where() });
      },
      { index: 319, what: 'the published checkpoint that it speaks of is missing' },
    ],
    [
      'the database of yesterday is put in place of today’s',
      everything,
      yesterday,
      { index: 320, what: 'the checkpoint published on 2026-11-22 counts 352 entries, there are 320' },
    ],
    [
      'a signature is taken from another checkpoint',
      ['PublishedCheckpoint'],
      async (tx) => {
        const [, one, other] = await tx.publishedCheckpoint.findMany({
          where: where(),
          orderBy: { day: 'asc' },
        });
        const note = `${one?.note.split('\u2014')[0]}\u2014${other?.note.split('\u2014')[1]}`;
        await tx.publishedCheckpoint.updateMany({
          where: { ...where(), day: one?.day ?? '' },
          data: { note },
        });
      },
      { index: 319, what: 'the checkpoint published on 2026-11-21 has a wrong signature' },
    ],
    [
      'a published checkpoint is dropped',
      ['PublishedCheckpoint'],
      (tx) => tx.publishedCheckpoint.deleteMany({ where: { ...where(), day: '2026-11-21' } }),
      { index: 319, what: 'the published checkpoint that it speaks of is missing' },
    ],
    [
      'the key is another',
      ['SigningKey'],
      (tx) => {
        const other = registry.services.database.signing.make('registry.example/log/A10001');
        return tx.signingKey.updateMany({ where: where(), data: { ...other } });
      },
      { index: 0, what: 'the signing key that it names is not the one that is kept' },
    ],
    [
      'a public tile is another',
      ['LedgerTile'],
      (tx) => tx.ledgerTile.updateMany({ where: { ...where(), index: 0 }, data: { hash: Buffer.alloc(32) } }),
      { index: 255, what: 'the public tile 1 0 is not what its leaves come to' },
    ],
    [
      'a public tile is dropped',
      ['LedgerTile'],
      (tx) => tx.ledgerTile.deleteMany({ where: { ...where(), index: 0 } }),
      { index: 255, what: 'the public tile 1 0 is missing' },
    ],
  ])('%s', async (_, tables, work, found) => {
    const { database } = registry.services;
    expect(await whileTampered(database, verify, tables, work)).toEqual({ ok: false, ...found });
    expect(await verify()).toMatchObject({ ok: true });
  });

  test('an old database with all that was published since taken out is found by the file beside the database, and by whoever kept one', async () => {
    const { database, publicLog } = registry.services;
    const { note = '' } = (await publicLog.latest(practiceId)) ?? {};
    const replay = async (tx: Transaction) => {
      await yesterday(tx);
      await tx.publishedCheckpoint.deleteMany({ where: { ...where(), day: '2026-11-22' } });
    };
    expect(await whileTampered(database, verify, everything, replay)).toEqual({
      ok: false,
      index: 320,
      what: 'the checkpoint kept outside of the database counts 352 entries, there are 320',
    });
    expect(await verify(note)).toMatchObject({ ok: true });
    const forged = note.replace(/.(?=.{8}\n$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect(await verify(forged)).toMatchObject({
      ok: false,
      index: 351,
      what: expect.stringMatching(/kept outside/),
    });
  });
});

/** Serves what a registry would, but for what `instead` says. */
async function liar(instead: (path: string) => string | undefined): Promise<{ url: string; server: Server }> {
  const server = createServer(async (req, res) => {
    const given = instead(req.url ?? '');
    const real = await fetch(log() + req.url);
    res
      .writeHead(given === undefined ? real.status : 200)
      .end(given ?? Buffer.from(await real.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('watch URL', () => {
  const watch = (url: string) => run('watch', url, '--key', verifier, '--state', join(folder, 'watch'));

  test('keeps what is well, and says how much is new', async () => {
    expect(await watch(`${log()}/`)).toMatchObject({ exit: 0, said: [/352 entries, 351 new; all is well/] });
    expect(await watch(log())).toMatchObject({ exit: 0, said: [/352 entries, 0 new/] });
  });

  test('cries when the log has stood still for more than three days, or as many as are given', async () => {
    const since = join(folder, 'watch', 'same-since');
    expect(Date.parse((await readFile(since, 'utf8')).trim())).toBeGreaterThan(Date.now() - 600_000);
    await writeFile(since, new Date(Date.now() - 3.1 * 86_400_000).toISOString());
    expect(await watch(log())).toMatchObject({ exit: 1, complaints: [/STANDS STILL/] });
    const patient = ['--key', verifier, '--state', join(folder, 'watch'), '--days', '4'];
    expect(await run('watch', log(), ...patient)).toMatchObject({ exit: 0 });
    expect(await run('watch', log(), ...patient, '--days', 'few')).toMatchObject({ exit: 2 });
    await writeFile(since, new Date().toISOString());
  });

  test.each([
    ['shrinks', (path: string, first: string) => (path === '/checkpoint' ? first : undefined), /SHRUNK/],
    [
      'signs nothing',
      (path: string) => (path === '/checkpoint' ? 'registry.example/log/A10001\n1\nAA==\n\n' : undefined),
      /is none/,
    ],
    [
      'gives tiles of something else',
      (path: string) => (path.startsWith('/tile/0/001') ? 'x'.repeat(96 * 32) : undefined),
      /tiles/,
    ],
  ])('cries when the log %s', async (_, lie, words) => {
    const [first] = await registry.services.publicLog.all(practiceId);
    const { url, server } = await liar((path) => lie(path, first?.note ?? ''));
    const { exit, complaints } = await watch(url);
    server.close();
    expect({ exit, complaints }).toEqual({ exit: 1, complaints: [expect.stringMatching(/^ALARM/)] });
    expect(complaints[0]).toMatch(words);
    expect(await watch(log())).toMatchObject({ exit: 0 });
  });

  test('cries when the log forks, though it is signed with the same key', async () => {
    registry.leaveBroken('an entry is written anew, with everything that follows');
    const { database } = registry.services;
    const before = await registry.services.publicLog.latest(practiceId);
    await writeFile(join(folder, 'kept'), before?.note ?? '');
    await behindTheBack(database, (tx) => forge(tx, 5));
    await append(1);
    // The registry itself does not publish it; somebody who changed the registry as well would.
    expect((await at('2026-11-23T05:00:00Z'))?.size).toBe(352);
    await registry.services.publicLog.publish(practiceId, '2026-11-23', clock.now);
    expect(await watch(log())).toMatchObject({ exit: 1, complaints: [/FORKED/] });
    expect(await run('publish', join(folder, 'site'))).toMatchObject({ exit: 3 });
    const since = await run('ledger', 'verify', '--since', join(folder, 'kept'));
    expect(since).toMatchObject({ exit: 1 });
  });

  test('exits 4 when the log cannot be reached, and 2 for a key that is none', async () => {
    expect(await watch('http://127.0.0.1:1/log/A10001')).toMatchObject({ exit: 4 });
    expect(await run('watch', log(), '--key', 'hello')).toMatchObject({ exit: 2 });
  });
});

/** Writes an entry anew with a leaf that fits, and all hashes after it, as somebody would who has the whole database. */
async function forge(tx: Transaction, index: number): Promise<void> {
  const where = { practiceId_index: { practiceId, index } };
  const { salt, text } = await tx.ledgerText.findUniqueOrThrow({ where });
  const other = text.replace('"n":', '"n":1');
  const commitment = Buffer.from(commitmentOf(salt, other));
  await tx.ledgerText.update({ where, data: { text: other } });
  await tx.ledgerLeaf.update({ where, data: { commitment } });
  const frontier = Frontier.empty();
  for (const leaf of await tx.ledgerLeaf.findMany({ where: { practiceId }, orderBy: { index: 'asc' } }))
    frontier.append(leaf.commitment);
  const leaves = await tx.ledgerLeaf.findMany({
    where: { practiceId, index: { lt: 256 } },
    orderBy: { index: 'asc' },
  });
  const hash = Buffer.from(rootOf(leaves.map((leaf) => leafHash(leaf.commitment))));
  await tx.ledgerTile.updateMany({ where: { practiceId, index: 0 }, data: { hash } });
  await tx.ledgerHead.update({
    where: { practiceId },
    data: { root: Buffer.from(frontier.root()), frontier: frontier.toBytes() },
  });
}
