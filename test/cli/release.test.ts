import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { everybody, HEADER, rowOf } from '../guard/scene.ts';
import { commandLine } from '../support/command-line.ts';
import '../support/registry.ts';
import { type ApiScene, openApiScene } from '../web/api/api-scene.ts';

let scene: ApiScene;
let folder: string;
let file: string;
let out: string;

beforeAll(async () => {
  scene = await openApiScene();
  await scene.object(1);
});
afterAll(() => scene.end());

beforeEach(async () => {
  folder = await mkdtemp(join(inject('folder'), 'release-'));
  file = join(folder, 'extract.csv');
  out = join(folder, 'out.csv');
  await writeFile(file, everybody);
});

const permitted = HEADER + [0, 2, 3, 4, 5].map((patient) => rowOf(patient)).join('');
const env = () => ({ ...scene.registry.env, PUBLIC_URL: scene.address, OPT_OUT_REGISTRY_KEY: scene.key });
const release = (...more: string[]) => commandLine(env(), 'release', '--extract', 'research', ...more);

test('writes what may leave, for nobody else to read, and nothing beside it', async () => {
  const done = await release('--out', out, file);
  expect(done).toMatchObject({ exit: 0, complaints: [] });
  expect(done.said).toEqual([
    expect.stringMatching(/out\.csv: in=6, out=5, withheld=1; release [0-9a-f-]{36}\.$/),
  ]);
  expect(await readFile(out, 'utf8')).toBe(permitted);
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).sort()).toEqual(['extract.csv', 'out.csv']);
});

test('replaces a file of that name, but not before the answer is whole', async () => {
  await writeFile(out, 'yesterday');
  const refused = await commandLine(env(), 'release', '--extract', 'unknown', '--out', out, file);
  expect(refused).toMatchObject({
    exit: 1,
    complaints: [expect.stringContaining('There is no such extract (no-such-extract).')],
  });
  expect(await readFile(out, 'utf8')).toBe('yesterday');
  expect((await release('--out', out, file)).exit).toBe(0);
  expect(await readFile(out, 'utf8')).toBe(permitted);
});

test('reads standard input and writes standard output', async () => {
  const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;
  const sent = promisify(execFile)(process.execPath, [main, 'release', '--extract', 'research', '-'], {
    env: { ...process.env, ...env() },
  });
  sent.child.stdin?.end(everybody);
  expect(await sent).toEqual({ stdout: permitted, stderr: '' });
});

test('sends objects, one a line, and says which formats there are', async () => {
  const lines = [1, 0].map((patient) => {
    const [nhs_number = '', note = ''] = rowOf(patient).trimEnd().split(',');
    return `${JSON.stringify({ nhs_number, note })}\n`;
  });
  await writeFile(file, lines.join(''));
  expect(await release('--format', 'ndjson', '--out', out, file)).toMatchObject({ exit: 0, complaints: [] });
  expect(await readFile(out, 'utf8')).toBe(lines[1]);
  expect(await release('--format', 'xml', file)).toMatchObject({
    exit: 2,
    complaints: ['--format is one of csv, ndjson, fhir.'],
  });
});

test('sends a large file, which the answer may precede', async () => {
  const large = HEADER + rowOf(0, 'x'.repeat(1000)).repeat(20_000);
  await writeFile(file, large);
  expect((await release('--out', out, file)).exit).toBe(0);
  expect(await readFile(out, 'utf8')).toBe(large);
  await writeFile(file, `no such column\n${large}`);
  expect(await release('--out', out, file)).toMatchObject({
    exit: 1,
    complaints: [expect.stringContaining('(no-nhs-number-column)')],
  });
});

describe('exits with', () => {
  test('2 for wrong usage', async () => {
    expect((await commandLine(env(), 'release', file)).exit).toBe(2);
    expect((await release()).exit).toBe(2);
    expect((await release('--url', 'registry.example', file)).exit).toBe(2);
    const withoutKey = await commandLine(
      { ...env(), OPT_OUT_REGISTRY_KEY: '' },
      'release',
      '--extract',
      'research',
      file,
    );
    expect(withoutKey).toMatchObject({
      exit: 2,
      complaints: [expect.stringContaining('OPT_OUT_REGISTRY_KEY')],
    });
  });

  test('1 for a file that cannot be read or written, and a key that is none', async () => {
    expect((await release(join(folder, 'none.csv'))).exit).toBe(1);
    await mkdir(join(folder, 'a-folder'));
    expect((await release(join(folder, 'a-folder'))).exit).toBe(1);
    expect((await release('--out', join(folder, 'none', 'out.csv'), file)).exit).toBe(1);
    const other = await release('--key', 'oor_none', file);
    expect(other).toMatchObject({ exit: 1, complaints: [expect.stringContaining('(no-key)')] });
  });

  test('3 when a person must act first', async () => {
    await scene.addExtract({ extractId: 'ended', endsOn: '2026-01-02' });
    const key = await scene.makeKey(['ended']);
    const answer = await commandLine(env(), 'release', '--extract', 'ended', '--key', key, file);
    expect(answer).toMatchObject({ exit: 3, complaints: [expect.stringContaining('(out-of-dates)')] });
  });

  test('4 when it is to be tried again later', async () => {
    expect(await release('--url', 'http://127.0.0.1:9', file)).toMatchObject({
      exit: 4,
      complaints: [expect.stringContaining('cannot be reached')],
    });
    for (const [header, wait] of [
      [{}, ''],
      [{ 'Retry-After': '7' }, ' Try again in 7 seconds.'],
    ] as const) {
      const busy = await answering(503, 'busy', header);
      const line = `The registry answered with status 503.${wait}`;
      expect(await release('--url', busy.url, file)).toMatchObject({ exit: 4, complaints: [line] });
      busy.close();
    }
  });

  test.each([
    ['of another digest', { 'Content-Digest': 'sha-256=:AAAA:' }],
    ['without a digest', {}],
    ['cut short', { 'Content-Digest': 'sha-256=:AAAA:', 'Content-Length': '1000' }],
  ])('1, and nothing written, for an answer %s', async (_, headers) => {
    const liar = await answering(200, HEADER, headers);
    const done = await release('--url', liar.url, '--out', out, file);
    expect(done).toMatchObject({ exit: 1, complaints: [expect.stringContaining('The answer is not whole')] });
    expect(await readdir(folder)).toEqual(['extract.csv']);
    liar.close();
  });
});

/** A server that takes whatever is sent and gives one answer. */
async function answering(status: number, body: string, headers: Record<string, string>) {
  const server = createServer((req, res) => {
    req.resume().once('end', () => {
      res.writeHead(status, headers).write(body);
      setTimeout(() => (headers['Content-Length'] ? res.destroy() : res.end()), 20);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}
