import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { membersOf } from '../../../src/guard/membership.ts';
import { everybody, HEADER, manager, rowOf } from '../../guard/scene.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';
import { holdLedger } from './hold-ledger.ts';
import { openWire, releaseHead } from './wire.ts';

/** How long a client may make no progress here, in milliseconds. */
const STALL = 3000;
let scene: ApiScene;

beforeAll(async () => {
  scene = await openApiScene({ CLIENT_STALL_SECONDS: String(STALL / 1000) });
});

afterAll(() => scene.end());

/** Far more than the buffers between server and client hold. */
const large = HEADER + rowOf(0, 'x'.repeat(10_000)).repeat(3000) + rowOf(2);

const newest = () =>
  scene.services.database.reader.release.findFirst({
    where: { practiceId: scene.practiceId },
    orderBy: { startedIndex: 'desc' },
  });

/** The newest release, as soon as there is another than before and it is as the test waits for it. */
async function release(before: string | undefined, is: (status: string) => boolean) {
  for (;;) {
    const row = await newest();
    if (row !== null && row.id !== before && is(row.status)) return row;
    await pause(50);
  }
}
const ended = () => release(last, (status) => status !== 'started');

/** The release before that of the test. */
let last: string | undefined;
beforeEach(async () => {
  last = (await newest())?.id;
});

async function patientsWhoLeft(releaseId: string) {
  const account = await scene.services.database.reader.releaseAccount.findUnique({ where: { releaseId } });
  return account === null ? null : [...membersOf(account.members)];
}

describe('while the file arrives', () => {
  /** A client that has sent a part of its file, for a release that has begun. */
  const begin = async (key = scene.key) => {
    const wire = openWire(scene.address);
    wire.write(releaseHead(key, 1_000_000) + HEADER + rowOf(0));
    await release(last, () => true);
    return wire;
  };

  test('a client that stops sending is told so, and nothing leaves', async () => {
    const wire = await begin();
    const answer = await wire.closed();
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"client-stopped"');
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
    const row = await ended();
    expect(row).toMatchObject({ status: 'failed', reason: 'client-stopped' });
    expect(answer).toContain(`Release-Id: ${row.id}`);
    expect(await patientsWhoLeft(row.id)).toBeNull();
  });

  test('one that is slow, but goes on, may take longer than that in all', async () => {
    const wire = openWire(scene.address);
    const rows = [0, 1, 2, 3].map((patient) => rowOf(patient));
    wire.write(
      releaseHead(scene.key, HEADER.length + rows.join('').length, 'Connection: close\r\n') + HEADER,
    );
    for (const row of rows) {
      await pause(STALL / 3);
      wire.write(row);
    }
    expect(await wire.closed()).toContain('Release-Counts: in=4, out=4, withheld=0');
  });

  test('one that hangs up has released nothing', async () => {
    const wire = await begin();
    wire.socket.destroy();
    const row = await ended();
    expect(row).toMatchObject({ status: 'failed', reason: 'client-gone' });
    expect(await patientsWhoLeft(row.id)).toBeNull();
  });

  test('nor has one that hangs up when all of its file is there, before it was decided', async () => {
    const wire = openWire(scene.address);
    wire.write(releaseHead(scene.key, everybody.length) + HEADER);
    await release(last, () => true);
    const goOn = holdLedger(scene);
    wire.write(everybody.slice(HEADER.length));
    // Whoever asks later is answered when the app has seen what came before.
    await scene.ask('GET', '/extracts');
    wire.socket.destroy();
    await scene.ask('GET', '/extracts');
    await goOn();
    const row = await ended();
    expect(row).toMatchObject({ status: 'failed', reason: 'client-gone', decidedAt: null });
    expect(await patientsWhoLeft(row.id)).toBeNull();
  });

  test('a key that is revoked stops it, though the client sends no more', async () => {
    const key = await scene.makeKey(['research']);
    const wire = await begin(key);
    const { id = '' } = (await scene.services.keys.findUsable(key)) ?? {};
    await scene.services.keys.revoke({ practiceId: scene.practiceId, id }, manager);
    expect(await wire.until('"code":"no-key"')).toMatch(/^HTTP\/1\.1 401 /);
    wire.socket.destroy();
    const row = await ended();
    expect(row).toMatchObject({ status: 'failed', reason: 'no-key' });
    expect(await patientsWhoLeft(row.id)).toBeNull();
  });
});

describe('while the answer is sent', () => {
  /** A client that has read the head of its answer, and then reads no further. */
  async function halfway(key = scene.key) {
    const wire = openWire(scene.address);
    wire.write(releaseHead(key, large.length));
    wire.write(large);
    await wire.until('\r\n\r\n');
    wire.socket.pause();
    return wire;
  }

  test('a client that hangs up leaves an interrupted release: everything permitted counts as having left', async () => {
    const wire = await halfway();
    wire.socket.destroy();
    const row = await ended();
    expect(row).toMatchObject({ status: 'interrupted', reason: 'connection-broken', countOut: 3001 });
    expect(await patientsWhoLeft(row.id)).toEqual([0, 2]);
  });

  test('so does one that stops reading', async () => {
    const wire = await halfway();
    const row = await ended();
    expect(row).toMatchObject({ status: 'interrupted', countOut: 3001 });
    expect(await patientsWhoLeft(row.id)).toEqual([0, 2]);
    wire.socket.resume();
    expect((await wire.closed()).length).toBeLessThan(large.length);
  });

  test('so does a key that is revoked: what has not left stays', async () => {
    const key = await scene.makeKey(['research']);
    const wire = await halfway(key);
    const { id = '' } = (await scene.services.keys.findUsable(key)) ?? {};
    await scene.services.keys.revoke({ practiceId: scene.practiceId, id }, manager);
    const row = await ended();
    expect(row).toMatchObject({ status: 'interrupted', reason: 'no-key' });
    wire.socket.resume();
    expect((await wire.closed()).length).toBeLessThan(large.length);
  });
});

test('the app goes on after all that', async () => {
  expect((await scene.release(everybody)).status).toBe(200);
});
