import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jobs } from '../../../src/jobs.ts';
import { runIfDue } from '../../../src/schedule.ts';
import { behindTheBack } from '../../ledger/tamper.ts';
import { addFullPractice, type FullPractice } from '../../support/full-practice.ts';
import { type Agent, logInAs } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { openRegistry, type Registry } from '../../support/registry.ts';

const DAY = 86_400_000;
let now: Date;
let registry: Registry;
let address: string;
let here: FullPractice;
let neighbours: FullPractice;

const practiceId = () => here.practice.id;
const logIn = (role: 'monitor' | 'manager' | 'guardian' | 'receptionist'): Promise<Agent> =>
  logInAs(address, here[role]);
const later = (days: number) => {
  now = new Date(now.getTime() + days * DAY);
};

beforeAll(async () => {
  now = new Date('2026-11-20T09:00:00Z');
  registry = await openRegistry({}, { now: () => now });
  here = await addFullPractice(registry.services, 'A12345', 0);
  neighbours = await addFullPractice(registry.services, 'B12345', 10);
  address = await registry.listen();
});

afterAll(() => registry.close());

describe('since the last visit', () => {
  test('the first is told everything, of patients numbers only, rounded', async () => {
    const text = textOf((await (await logIn('monitor')).get('/')).text, 'main');
    expect(text).toContain('this is your first visit');
    expect(text).toContain('Approved');
    expect(text).toContain('Account added');
    expect(text).toContain('Objections recorded');
    expect(text).toContain('Fewer than 5');
  });

  test('all of a day is one visit; the next day has what came after, and nothing of before', async () => {
    const again = textOf((await (await logIn('monitor')).get('/')).text, 'main');
    expect(again).toContain('this is your first visit');
    const { extracts } = registry.services;
    const { extractId } = here;
    const suspended = { practiceId: practiceId(), extractId, version: 1, why: 'To be looked at' };
    later(1);
    expect(await extracts.suspend(suspended, { kind: 'staff', id: here.manager.id })).toMatchObject({
      ok: true,
    });
    const { text } = await (await logIn('monitor')).get('/');
    const shown = textOf(text, 'main');
    expect(shown).toContain('Since your last visit (20 November 2026');
    expect(shown).toContain('Suspended: 1');
    expect(shown).not.toContain('Account added');
    expect(text).toContain(`/extracts/${extractId}/versions/1`);
    later(1);
    expect(textOf((await (await logIn('monitor')).get('/')).text, 'main')).not.toContain('Suspended: 1');
  });

  test('every entry between the two is counted', async () => {
    const { database, monitor } = registry.services;
    const { happened, from, to } = await monitor.since(
      { ...here.manager, practiceId: practiceId() },
      '2026-11-01',
    );
    const counted = happened.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(to - from);
    const head = await database.reader.ledgerHead.findUniqueOrThrow({ where: { practiceId: practiceId() } });
    expect(to).toBe(head.size);
  });

  test('the manager and the guardian have the same page; reception has not', async () => {
    for (const role of ['manager', 'guardian'] as const)
      expect((await (await logIn(role)).get('/monitor')).status).toBe(200);
    expect((await (await logIn('receptionist')).get('/monitor')).status).toBe(403);
  });
});

describe('what a monitor looks at', () => {
  test('is written down before they get it, refused or not, and shown to the practice and to them', async () => {
    const monitor = await logIn('monitor');
    await monitor.get('/releases');
    expect((await monitor.get('/patients')).status).toBe(403);
    for (const role of ['monitor', 'manager', 'guardian'] as const) {
      const text = textOf((await (await logIn(role)).get('/monitor/looks')).text, 'main');
      expect(text).toContain('/releases');
      expect(text).toContain('/patients');
    }
    const looks = await registry.services.database.reader.monitorLook.findMany();
    expect(new Set(looks.map(({ staffId }) => staffId))).toEqual(new Set([here.monitor.id]));
  });

  test('its digest is in the ledger once an hour', async () => {
    const job = jobs(registry.services).find(({ name }) => name === 'digest the access log');
    if (job === undefined) throw new Error('there is no such job');
    await runIfDue(job, now, registry.services.log);
    const { reader } = registry.services.database;
    const of = { practiceId: practiceId(), text: { startsWith: '{"act":"monitor-look-digest"' } };
    const count = await reader.monitorLook.count();
    const [entry] = await reader.ledgerText.findMany({ where: of });
    expect(JSON.parse(entry?.text ?? '{}').data).toMatchObject({ count });
    await registry.services.monitor.digestLooks(practiceId());
    expect(await reader.ledgerText.count({ where: of })).toBe(1);
  });
});

test('no page of a monitor has a patient on it, nor anything of the neighbours', async () => {
  const monitor = await logIn('monitor');
  const { nhsNumber } = here;
  const people = await registry.services.database.reader.patient.findMany();
  for (const path of [
    '/',
    '/monitor',
    '/monitor?since=2026-11-01',
    '/monitor/looks',
    '/monitor/access-counts',
  ]) {
    const { status, text } = await monitor.get(path);
    expect(status).toBe(200);
    for (const { id, familyName, nhsNumber: number } of people)
      for (const mark of [id, number, `${familyName} `]) expect(text, path).not.toContain(mark);
    expect(text).not.toContain(nhsNumber);
    expect(text).not.toContain(neighbours.releaseId);
  }
});

test('looks at patients are counted by month and role, rounded', async () => {
  const { patients } = registry.services;
  const look = (role: 'manager' | 'receptionist') =>
    patients.noteLook({ ...here[role], practiceId: practiceId() }, [here.patientId], 'patient-page');
  for (let time = 0; time < 11; time += 1) await look('receptionist');
  await look('manager');
  await patients.noteLook(
    { ...neighbours.guardian, practiceId: neighbours.practice.id },
    [neighbours.patientId],
    'account',
  );
  const text = textOf((await (await logIn('monitor')).get('/monitor/access-counts')).text, 'main');
  expect(text).toContain('November 2026Role ReceptionistLooks About 10');
  expect(text).toContain('Practice managerLooks Fewer than 5');
  expect(text).not.toContain('Caldicott GuardianLooks');
});

describe('the check by button', () => {
  const idOf = (location: string | undefined) => location?.split('/').at(-1) ?? '';
  const ended = async (agent: Agent, path: string) => {
    for (;;) {
      // Other pages answer while it works.
      expect((await agent.get('/releases')).status).toBe(200);
      const { text } = await agent.get(path);
      if (!text.includes('data-progress=')) return textOf(text, 'main');
    }
  };

  test('checks everything, and is kept with who asked; a second within ten minutes is the first', async () => {
    later(1);
    const monitor = await logIn('monitor');
    const begun = await monitor.submit('/monitor', {}, { form: '/monitor/verifications' });
    expect(begun.status).toBe(303);
    const path = begun.headers.location ?? '';
    const found = await ended(monitor, path);
    expect(found).toContain('Everything holds');
    expect(found).toContain('The whole ledger was checked');
    expect(found).toContain('The monitor');
    const guardian = await logIn('guardian');
    const again = await guardian.submit('/monitor', {}, { form: '/monitor/verifications' });
    expect(again.headers.location).toBe(path);
    expect(textOf((await guardian.get(path)).text, 'main')).toContain('less than 10 minutes ago');
    const other = await logInAs(address, neighbours.monitor);
    expect((await other.get(path)).status).toBe(404);
    expect((await (await logIn('manager')).get(`${path}/progress`)).body).toMatchObject({ isRunning: false });
    const { database, reports } = registry.services;
    expect(await reports.verification(practiceId(), idOf(path))).toMatchObject({
      ok: true,
      askedBy: here.monitor.id,
    });
    expect(await database.reader.verification.count({ where: { practiceId: neighbours.practice.id } })).toBe(
      0,
    );
  });

  test('what is wrong is on its page, and on the home page', async () => {
    const { database } = registry.services;
    const set = (countOut: number) =>
      behindTheBack(database, (tx) =>
        tx.release.updateMany({ where: { id: here.releaseId }, data: { countOut } }),
      );
    const { countOut } = await database.reader.release.findUniqueOrThrow({ where: { id: here.releaseId } });
    await set(77);
    later(1);
    const manager = await logIn('manager');
    const begun = await manager.submit('/monitor', {}, { form: '/monitor/verifications' });
    const found = await ended(manager, begun.headers.location ?? '');
    expect(found).toContain('Something is wrong');
    expect(found).toContain('the release is not what it says');
    expect(textOf((await manager.get('/')).text, 'main')).toContain('Something is wrong with the ledger');
    await set(countOut ?? 0);
  });

  test('one whose process died counts as interrupted, and another may be asked for', async () => {
    later(1);
    const { reports } = registry.services;
    const asked = await reports.runs.ask(
      { practiceId: practiceId() },
      { kind: 'staff', id: here.manager.id },
    );
    const manager = await logIn('manager');
    const path = `/monitor/verifications/${asked.run.id}`;
    expect(readPage((await manager.get(path)).text).querySelector('progress')).not.toBeNull();
    now = new Date(now.getTime() + 11 * 60_000);
    expect(textOf((await manager.get(path)).text, 'main')).toContain('It was interrupted');
    const begun = await manager.submit('/monitor', {}, { form: '/monitor/verifications' });
    expect(begun.headers.location).not.toBe(path);
    expect(await ended(manager, begun.headers.location ?? '')).toContain('Everything holds');
  });
});
