import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { isMember } from '../../src/guard/membership.ts';
import type { Services } from '../../src/services.ts';
import { paths } from '../../src/web/paths.ts';
import { freePort, startApp } from '../support/app-process.ts';
import { type Agent, logInAs } from '../support/log-in.ts';
import { openRegistry } from '../support/registry.ts';
import { type BusyPractice, numbersIn, openBusyPractice } from './busy-practice.ts';
import { sendRelease } from './send-release.ts';

/** What clients were told, and what reached them, over all the kills. */
type Told = {
  /** NHS numbers of the patients whose receipt was shown. */
  readonly acknowledged: Set<string>;
  readonly waiting: string[];
  /** What went wrong before a kill. */
  readonly faults: unknown[];
  readonly left: { readonly releaseId: string; readonly numbers: Set<string>; readonly broken: boolean }[];
};

/**
 * Kills the app (SIGKILL) at random moments while two people record objections and two jobs release, and starts it
 * anew each time. Then holds what clients were told against what is kept: no acknowledged objection is lost, the
 * account names everybody whose row got out, nobody is in an answer whose objection was acknowledged before it began,
 * and the ledger verifies.
 */
export async function killAgainAndAgain(times: number): Promise<Told> {
  const clock: { now: Date | undefined } = { now: undefined };
  const registry = await openRegistry({}, { now: () => clock.now ?? new Date() });
  const { services } = registry;
  const practice = await openBusyPractice(services, 100 + 30 * times);
  const told: Told = {
    acknowledged: new Set(),
    waiting: [...practice.patientIds.keys()],
    faults: [],
    left: [],
  };
  const port = await freePort();
  let reception: Agent | undefined;
  for (let kill = 0; kill < times; kill++) {
    const app = await startApp(registry.env, port);
    reception ??= await logIn(app.address, practice);
    const killed = new AbortController();
    const clients = [1, 2].map(() => record(reception as Agent, practice, told, killed.signal));
    const jobs = [1, 2].map(() => release(app.address, practice, told, killed.signal));
    // Late in a long run everybody may have objected; only releases can be waited for then.
    const recording = kill % 2 === 0 && told.waiting.length > 20;
    await untilSomethingHappened(told, recording ? 'recorded' : 'released');
    await pause(Math.random() * 500);
    killed.abort();
    await app.end('SIGKILL');
    await Promise.all([...clients, ...jobs]);
    expect(told.faults).toEqual([]);
  }
  await (await startApp(registry.env, port)).end('SIGTERM');

  clock.now = new Date(Date.now() + 3_600_000);
  await expectAllKept(services, practice, told);
  await registry.close();
  return told;
}

/** Waits for a few receipts, or for an answer to a job: a kill at once would mostly meet nothing. */
async function untilSomethingHappened(told: Told, what: 'recorded' | 'released'): Promise<void> {
  const count = () => (what === 'recorded' ? told.acknowledged.size : told.left.length);
  const enough = count() + (what === 'recorded' ? 1 + Math.random() * 5 : 1);
  while (count() < enough && told.faults.length === 0) await pause(10);
}

/** A browser that has seen its home page, and with it the token of all its forms. */
async function logIn(address: string, { staffed }: BusyPractice): Promise<Agent> {
  const browser = await logInAs(address, staffed.receptionist);
  await browser.get(paths.home);
  return browser;
}

/** One person at the desk, until the app is killed. */
async function record(desk: Agent, practice: BusyPractice, told: Told, killed: AbortSignal): Promise<void> {
  while (!killed.aborted && told.faults.length === 0) {
    const number = told.waiting.pop();
    if (number === undefined) return;
    const patientId = practice.patientIds.get(number) ?? '';
    try {
      const form = {
        types: ['type-1'],
        requester: 'patient',
        receivedVia: 'phone',
        identityChecked: 'not-yet',
      };
      const check = await desk.submit(paths.newObjectionFor(patientId), form);
      const receipt = await desk.submit(String(check.headers.location));
      if (receipt.headers.location?.startsWith(paths.receipt(''))) told.acknowledged.add(number);
      else throw new Error(`recording was answered with ${receipt.status}`);
      await pause(50);
    } catch (error) {
      if (!killed.aborted) told.faults.push(error);
    }
  }
}

/** One extract job, until the app is killed. */
async function release(address: string, practice: BusyPractice, told: Told, killed: AbortSignal) {
  const url = `${address}/api/v1/extracts/${practice.extractId}/releases`;
  while (!killed.aborted && told.faults.length === 0) {
    const before = [...told.acknowledged];
    try {
      const { status, text, releaseId, whole } = await sendRelease(url, practice.key, practice.csv);
      if (status !== 200 || releaseId === undefined)
        throw new Error(`the release was answered with ${status}`);
      const numbers = numbersIn(text);
      expect(before.filter((number) => numbers.has(number))).toEqual([]);
      told.left.push({ releaseId, numbers, broken: !whole });
    } catch (error) {
      if (!killed.aborted) told.faults.push(error);
    }
  }
}

async function expectAllKept({ database, guard }: Services, practice: BusyPractice, told: Told) {
  const { practiceId } = practice;
  const { reader } = database;
  const patients = await reader.patient.findMany({ where: { practiceId } });
  const ordinals = new Map(patients.map(({ nhsNumber, ordinal }) => [nhsNumber, ordinal]));
  const inForce = new Set(
    (await reader.objection.findMany({ where: { practiceId, status: 'in-force' } })).map(
      (row) => row.patientId,
    ),
  );
  const lost = [...told.acknowledged].filter((number) => !inForce.has(practice.patientIds.get(number) ?? ''));
  expect(lost).toEqual([]);

  for (const { releaseId, numbers } of told.left) {
    const { members } = await reader.releaseAccount.findUniqueOrThrow({ where: { releaseId } });
    const unnamed = [...numbers].filter((number) => !isMember(members, ordinals.get(number) ?? -1));
    expect({ releaseId, unnamed }).toEqual({ releaseId, unnamed: [] });
  }
  // An hour later nothing is in progress any more: whoever looks finds the releases of dead processes interrupted.
  await guard.interruptDead(practiceId);
  expect(await reader.release.count({ where: { practiceId, status: 'started' } })).toBe(0);
}
