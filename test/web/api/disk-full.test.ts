import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { HEADER, rowOf } from '../../guard/scene.ts';
import { startSecondApp } from '../../guard/second-app.ts';
import { commandLine } from '../../support/command-line.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';
import { expectFailed, expectProblem } from './expect-problem.ts';
import { send } from './send.ts';

const MEGABYTE = 1024 * 1024;
/** The database has room in files of this size; the spool of a release of more does not. */
const LARGEST_FILE = 24 * MEGABYTE;

let scene: ApiScene;
beforeAll(async () => {
  scene = await openApiScene({ SPOOLS_MAX: String(2 * MEGABYTE) });
});
afterAll(() => scene.end());

const fileOf = (bytes: number) => {
  const row = rowOf(0, 'x'.repeat(5000));
  return HEADER + row.repeat(Math.ceil(bytes / row.length));
};
const small = HEADER + rowOf(0);

describe('without room for what a release has to spool, nothing leaves, and the answer says what to do', () => {
  test('past what all releases may take together', async () => {
    const large = fileOf(1.2 * MEGABYTE);
    const answer = await scene.release(fileOf(3 * MEGABYTE));
    expectProblem(answer, 'disk-full');
    await expectFailed(scene, answer, 'disk-full');
    // One at a time there is room: what failed, and what is over, gave it back.
    for (let n = 0; n < 3; n++) expect((await scene.release(large)).status).toBe(200);
    const three = await Promise.all([1, 2, 3].map(() => scene.release(large)));
    for (const one of three) expect([200, 507]).toContain(one.status);
    expect((await scene.release(large)).status).toBe(200);
  });

  test('where a file cannot grow, over HTTP and on the command line', async () => {
    const second = await startSecondApp(
      { ...scene.registry.env, SPOOLS_MAX: String(1024 * MEGABYTE) },
      { largestFile: LARGEST_FILE },
    );
    try {
      const headers = { authorization: `Bearer ${scene.key}`, 'content-type': 'text/csv' };
      const url = `${second.address}/api/v1/extracts/research/releases`;
      const answer = await send(url, { method: 'POST', headers, body: fileOf(LARGEST_FILE + MEGABYTE) });
      expectProblem(answer, 'disk-full');
      await expectFailed(scene, answer, 'disk-full');

      const folder = await mkdtemp(join(inject('folder'), 'disk-full-'));
      const [file, out] = [join(folder, 'extract.csv'), join(folder, 'out.csv')];
      await writeFile(file, fileOf(LARGEST_FILE + MEGABYTE));
      const env = { ...scene.registry.env, PUBLIC_URL: second.address, OPT_OUT_REGISTRY_KEY: scene.key };
      const done = await commandLine(env, 'release', '--extract', 'research', '--out', out, file);
      expect(done).toMatchObject({ exit: 4, complaints: [expect.stringContaining('(disk-full)')] });
      expect(await readdir(folder)).toEqual(['extract.csv']);

      expect((await send(url, { method: 'POST', headers, body: small })).status).toBe(200);
    } finally {
      await second.stop();
    }
  });

  test('on a file system that is full', async ({ skip }) => {
    const spool = join(scene.registry.env.DATA_DIR as string, 'spool');
    if (!mountSmall(spool)) skip('only others may mount a file system here');
    const settings = { ...scene.registry.env, SPOOLS_MAX: String(1024 * MEGABYTE) };
    const second = await startSecondApp(settings).catch((error) => {
      execFileSync('umount', [spool]);
      throw error;
    });
    try {
      const headers = { authorization: `Bearer ${scene.key}`, 'content-type': 'text/csv' };
      const url = `${second.address}/api/v1/extracts/research/releases`;
      const answer = await send(url, { method: 'POST', headers, body: fileOf(3 * MEGABYTE) });
      expectProblem(answer, 'disk-full');
      await expectFailed(scene, answer, 'disk-full');
      const { bfree, blocks } = statfsSync(spool);
      expect(bfree).toBe(blocks);
      expect((await send(url, { method: 'POST', headers, body: small })).status).toBe(200);
    } finally {
      await second.stop();
      execFileSync('umount', [spool]);
    }
  });
});

/** Mounts a file system of a megabyte; false where a test may not. */
function mountSmall(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
