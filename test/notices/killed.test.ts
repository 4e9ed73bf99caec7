import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toldByAttempt } from '../../src/notices/telling.ts';
import type { NoticeRef } from '../../src/notices/telling-store.ts';
import { paths } from '../../src/web/paths.ts';
import { type AppProcess, freePort, startApp } from '../support/app-process.ts';
import { somePatients } from '../support/factories.ts';
import { type Agent, logInAs } from '../support/log-in.ts';
import { textOf } from '../support/page.ts';
import { pagesOf } from '../support/pdf.ts';
import { addStaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPublishedNotice } from '../support/some-notice.ts';
import { errorsOf, locationOf } from '../web/pages/objections/desk.ts';

/** Four portions. */
const PEOPLE = 1_900;
const by = { kind: 'staff', id: 'test' } as const;
let registry: Registry;
let practiceId: string;
let port: number;
let app: AppProcess;
let manager: Agent;
let notice: NoticeRef;

beforeEach(async () => {
  registry = await openRegistry();
  const staffed = await addStaffedPractice(registry.services);
  practiceId = staffed.practice.id;
  const people = somePatients(PEOPLE).map((person) => ({
    ...person,
    ...{ address: '1 High Street', postcode: 'ZX1 1AA', mobile: '07700900123', dateOfBirth: '1980-01-01' },
  }));
  await registry.services.patients.add(practiceId, people, by);
  notice = await aPublishedNotice(registry.services, practiceId);
  port = await freePort();
  app = await startApp(registry.env, port);
  manager = await logInAs(app.address, staffed.manager);
}, 120_000);
afterEach(async () => {
  await app.end('SIGTERM');
  await registry.close();
});

const reader = () => registry.services.database.reader;
const acts = (outcome: string) => reader().toldAct.count({ where: { practiceId, outcome } });

/** Kills the app while something is half done, and starts it again. */
async function killHalfWay(howFar: () => Promise<number>, whole = PEOPLE): Promise<void> {
  let done = 0;
  while (done === 0) {
    done = await howFar();
    await pause(5);
  }
  await app.end('SIGKILL');
  const left = await howFar();
  app = await startApp(registry.env, port);
  // Caught in the middle: otherwise nothing is shown.
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(whole);
}

/** What the app begins and never answers, because it is killed. */
const begin = (request: Promise<unknown>) => void request.catch(() => undefined);

async function made(how: 'text' | 'letter'): Promise<string> {
  const value = `${notice.noticeId}.${notice.version}`;
  const answer = await manager.submit(paths.toldRuns, { notice: value, how, everybody: 'yes' });
  expect(errorsOf(answer)).toEqual([]);
  return locationOf(answer);
}

async function ended(path: string): Promise<void> {
  while ((await manager.get(`${path}/progress`)).body.isRunning) await pause(50);
}

const idOf = (path: string) => path.split('/').at(-1) ?? '';

test('killed while a batch of texts is made, noted as sent and heard of: everybody is told once, nobody is lost', {
  timeout: 300_000,
}, async () => {
  const path = await made('text');
  const runId = idOf(path);
  await killHalfWay(() => reader().noticeRunPatient.count({ where: { runId } }));
  // It goes on by itself.
  await ended(path);
  const placed = await reader().noticeRunPatient.findMany({ where: { runId }, orderBy: { place: 'asc' } });
  expect(placed.map(({ place }) => place)).toEqual(placed.map((_, n) => n));
  expect(new Set(placed.map(({ patientId }) => patientId)).size).toBe(PEOPLE);

  const file = (await manager.get(`${path}/messages.csv`)).text;
  expect((await manager.get(`${path}/messages.csv`)).text).toBe(file);
  const sent = await manager.submit(path, {}, { form: `${path}/sent` });
  expect(errorsOf(sent)).toEqual([]);
  await killHalfWay(() => acts('sent'));
  await ended(path);
  expect((await manager.get(`${path}/messages.csv`)).text).toBe(file);
  expect(await acts('sent')).toBe(PEOPLE);

  const on = new Date().toISOString().slice(0, 10);
  const rows = placed.map(
    ({ attemptId }, n) => `${attemptId},${n % 10 === 0 ? 'failed' : 'delivered'},${on}`,
  );
  const list = { filename: 'results.csv', content: ['reference,status,date', ...rows, ''].join('\n') };
  begin(manager.submit(paths.toldResults, { list }));
  await killHalfWay(() => acts('delivered'), PEOPLE - PEOPLE / 10);
  const again = await manager.submit(paths.toldResults, { list });
  const failed = PEOPLE / 10;
  expect(textOf(again.text, 'main')).toContain('were known before');
  expect(await acts('delivered')).toBe(PEOPLE - failed);
  const { counts } = await registry.services.tellings.coverage(practiceId, [notice]);
  expect(counts).toMatchObject({ told: PEOPLE - failed, failed });
  // By every attempt once.
  const all = await reader().toldAct.findMany({ where: { practiceId } });
  expect(new Set(all.map(({ attemptId, outcome }) => `${attemptId} ${outcome}`)).size).toBe(all.length);
  expect(new Set(all.map(({ attemptId }) => attemptId)).size).toBe(PEOPLE);
});

test('killed while letters are printed: nobody counts as told by half a file, and it can be printed again', {
  timeout: 300_000,
}, async () => {
  const path = await made('letter');
  await ended(path);
  begin(manager.get(`${path}/letters.pdf`));
  const [taking] = await untilSome(() => reader().noticeRunTaking.findMany());
  await killHalfWay(async () => (await reader().noticeRunTaking.findFirstOrThrow()).done);
  expect(taking?.count).toBe(PEOPLE);
  const early = await manager.submit(path, {}, { form: `${path}/sent` });
  expect(errorsOf(early)).toEqual([['#on-day', expect.stringContaining('Take the file away first')]]);
  expect(await acts('sent')).toBe(0);

  const whole = await manager.get(`${path}/letters.pdf`);
  expect(pagesOf(Buffer.from(whole.body))).toBe(String(PEOPLE));
  const sent = await manager.submit(path, {}, { form: `${path}/sent` });
  expect(errorsOf(sent)).toEqual([]);
  await killHalfWay(() => acts('sent'));
  await ended(path);
  const all = await reader().toldAct.findMany({ where: { practiceId } });
  expect(all).toHaveLength(PEOPLE);
  expect(new Set(all.map(({ patientId }) => patientId)).size).toBe(PEOPLE);
  expect(all.every((act) => toldByAttempt([act]) !== undefined)).toBe(true);
});

async function untilSome<T>(find: () => Promise<T[]>): Promise<T[]> {
  for (;;) {
    const found = await find();
    if (found.length > 0) return found;
    await pause(5);
  }
}
