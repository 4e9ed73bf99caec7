import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everybody, HEADER, rowOf } from '../../guard/scene.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';

let scene: ApiScene;

beforeAll(async () => {
  scene = await openApiScene();
  await scene.object(1, 'type-1');
  await scene.object(4, 'type-2');
  await scene.addExtract({
    extractId: 'minimum',
    fields: [
      { name: 'note', treatment: 'keep' },
      { name: 'day', treatment: 'month' },
      { name: 'nhs_number', treatment: 'pseudonym' },
    ],
  });
});

afterAll(() => scene.end());

const permitted = HEADER + [0, 2, 3, 5].map((patient) => rowOf(patient)).join('');
const sha256 = (text: string, encoding: 'hex' | 'base64') =>
  createHash('sha256').update(text).digest(encoding);

test('only permitted rows come back, with what they come to in the headers', async () => {
  const answer = await scene.release(everybody);
  expect(answer.status).toBe(200);
  expect(answer.text).toBe(permitted);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-length': String(permitted.length),
    'content-digest': `sha-256=:${sha256(permitted, 'base64')}:`,
    'release-counts': 'in=6, out=4, withheld=2',
    'cache-control': 'no-store',
  });
  expect(answer.headers).not.toHaveProperty('set-cookie');
  expect(answer.headers).not.toHaveProperty('content-encoding');

  const found = await scene.found(answer.headers['release-id']);
  expect(found).toEqual({
    id: answer.headers['release-id'],
    extract: 'research',
    version: 1,
    kind: 'release',
    status: 'complete',
    reason: null,
    startedAt: scene.services.now().toISOString(),
    endedAt: scene.services.now().toISOString(),
    format: 'text/csv',
    counts: { in: 6, out: 4, withheld: 2 },
    digests: { in: sha256(everybody, 'hex'), out: sha256(permitted, 'hex') },
    ledger: { size: expect.any(Number), root: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
});

test('somebody who objects is not in the next', async () => {
  await scene.object(5);
  expect((await scene.release(HEADER + rowOf(5) + rowOf(0))).text).toBe(HEADER + rowOf(0));
  await scene.withdraw(5);
  expect((await scene.release(HEADER + rowOf(5))).text).toBe(HEADER + rowOf(5));
});

test('values leave as the extract says, in its order', async () => {
  const key = await scene.makeKey(['minimum']);
  const csv = `nhs_number,extra,day,note\n${rowOf(0).split(',')[0]},secret,2024-05-06,"a ""note"""\n`;
  const { status, text } = await scene.release(csv, { authorization: `Bearer ${key}` }, 'minimum');
  expect(status).toBe(200);
  expect(text).toMatch(/^note,day,nhs_number\n"a ""note""",2024-05,[^,\n]+\n$/);
  expect(text).not.toContain('999000');
});

test.each([
  ['a byte order mark and mixed line ends', `\ufeff${HEADER.trim()}\r\n${rowOf(0)}${rowOf(2).trim()}\r\n`],
  ['a line break inside a cell', `${HEADER}${rowOf(0, '"one\r\ntwo\n"')}`],
  ['no line end at the end', HEADER + rowOf(0).trim()],
  ['a header and nothing else', HEADER],
  ['a spaced and a quoted number', `${HEADER}999 000 0018,x\n"9990000018",y\n`],
])('all of it leaves, byte for byte, when everybody in it is permitted: %s', async (_, csv) => {
  const answer = await scene.release(csv);
  expect([answer.status, answer.text]).toEqual([200, csv]);
});

test.each([
  ['ragged rows', `${HEADER}9990000018\n9990000018,x,y\n${rowOf(0)}`, 'in=3, out=1, withheld=2'],
  ['numbers that are none', `${HEADER}9.99E+09,x\n9990000017,x\n,x\nabc,x\n`, 'in=4, out=0, withheld=4'],
  [
    'a NUL, a stray quote',
    `${HEADER}${rowOf(0, 'x\u0000')}${rowOf(0, 'a"b')}${rowOf(0)}`,
    'in=3, out=1, withheld=2',
  ],
  ['empty lines', `${HEADER}\n\r\n${rowOf(0)}\n`, 'in=1, out=1, withheld=0'],
  ['somebody who is not on the list', `${HEADER}9434765919,x\n`, 'in=1, out=0, withheld=1'],
])('what cannot be decided is withheld and counted: %s', async (_, csv, counts) => {
  const answer = await scene.release(csv);
  expect([answer.status, answer.headers['release-counts']]).toEqual([200, counts]);
});

describe('packed with gzip', () => {
  const gzip = { 'content-encoding': 'gzip' };

  test('it is unpacked, also in several members, and answered as it is', async () => {
    const [first, second] = [everybody.slice(0, 40), everybody.slice(40)].map((part) => gzipSync(part));
    const packed = Buffer.concat([first as Buffer, second as Buffer]);
    const answer = await scene.release(packed, gzip);
    expect(answer.text).toBe(permitted);
    const { digests } = await scene.found(answer.headers['release-id']);
    expect(digests).toMatchObject({ in: sha256(everybody, 'hex') });
  });

  test.each([
    ['cut off', gzipSync(everybody).subarray(0, -5)],
    ['followed by something else', Buffer.concat([gzipSync(everybody), Buffer.from('more')])],
    [
      'followed by zeros and more rows',
      Buffer.concat([gzipSync(HEADER), Buffer.alloc(4), gzipSync(rowOf(0))]),
    ],
    ['no gzip at all', Buffer.from(everybody)],
    ['empty', Buffer.alloc(0)],
  ])('it is refused when it is %s', async (_, packed) => {
    const answer = await scene.release(packed, gzip);
    expect([answer.status, answer.json.code]).toEqual([422, 'gzip-broken']);
    expect(await scene.found(answer.headers['release-id'])).toMatchObject({
      status: 'failed',
      reason: 'gzip-broken',
    });
  });

  test('it is refused when it unpacks to more than 1,000 times its size', async () => {
    const row = rowOf(0, 'x'.repeat(1_000_000));
    const answer = await scene.release(gzipSync(HEADER + row.repeat(120), { level: 9 }), gzip);
    expect([answer.status, answer.json.code]).toEqual([422, 'gzip-ratio']);
  });
});

const run = promisify(execFile);

describe('with the clients that jobs are written with', () => {
  test('curl sends a file and takes the answer', async () => {
    const { stdout } = await run('curl', [
      ...[
        '-sS',
        '--fail-with-body',
        '-H',
        `Authorization: Bearer ${scene.key}`,
        '-H',
        'Content-Type: text/csv',
      ],
      ...['--data-binary', everybody, `${scene.address}/api/v1/extracts/research/releases`],
    ]);
    expect(stdout).toBe(permitted);
  });

  test('Python’s http.client sends a file and takes the answer', async () => {
    const program = `
import http.client, sys
connection = http.client.HTTPConnection(sys.argv[1])
connection.request('POST', '/api/v1/extracts/research/releases', sys.argv[3].encode(),
                   {'Authorization': 'Bearer ' + sys.argv[2], 'Content-Type': 'text/csv'})
answer = connection.getresponse()
sys.stdout.write(answer.read().decode())
sys.exit(0 if answer.status == 200 else 1)`;
    const { host } = new URL(scene.address);
    const { stdout } = await run('python3', ['-c', program, host, scene.key, everybody]);
    expect(stdout).toBe(permitted);
  });
});
