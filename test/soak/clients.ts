import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { paths } from '../../src/web/paths.ts';
import { type BusyPractice, numbersIn } from '../house/busy-practice.ts';
import { sendRelease } from '../house/send-release.ts';
import { type Agent, logInAs } from '../support/log-in.ts';
import type { Said } from './said.ts';

export type Load = {
  readonly address: string;
  readonly practice: BusyPractice;
  readonly said: Said;
  /** Who may be recorded and withdraw; everybody else never says anything. */
  readonly movable: readonly string[];
  readonly stop: AbortSignal;
  /** How often each kind of client did what it does. */
  readonly done: Record<string, number>;
};

/** One client of each kind, each again and again until the load ends. The first thing that is wrong throws. */
export const clients: Readonly<Record<string, (load: Load) => Promise<void>>> = {
  async desk(load) {
    const { address, practice, said, movable, stop } = load;
    const reception = await logInAs(address, practice.staffed.receptionist);
    for (let n = 0; !stop.aborted; n++) {
      const number = movable[(n * 7919) % movable.length] as string;
      const patientId = practice.patientIds.get(number) ?? '';
      // An objection of long ago, its withdrawal, and one again on the same day, which stands.
      const acts = [
        () => record(reception, patientId, 60),
        () => withdraw(reception, patientId),
        () => record(reception, patientId, 0),
      ];
      const act = acts[said.countOf(number)];
      if (act === undefined) {
        await pause(500);
        continue;
      }
      const acknowledge = said.send(number, said.countOf(number) === 1 ? 'withdraw' : 'record');
      await act();
      acknowledge();
      await count(load, 'acts at the desk', 300);
    }
  },
  async pages(load) {
    const { address, practice, stop } = load;
    const manager = await logInAs(address, practice.staffed.manager);
    const [first] = practice.patientIds.values();
    const pages = [paths.home, paths.objections, paths.releases, paths.reports, paths.patient(first ?? '')];
    for (let n = 0; !stop.aborted; n++) {
      const page = pages[n % pages.length] as string;
      const { status } = await manager.get(page);
      if (status !== 200) throw new Error(`${page} was answered with ${status}`);
      await count(load, 'pages', 100);
    }
  },
  async checks(load) {
    const { address, practice, stop } = load;
    const url = `${address}/api/v1/extracts/${practice.extractId}/checks`;
    const all = [...practice.patientIds.keys()];
    for (let n = 0; !stop.aborted; n++) {
      const asked = n % 4 === 0 ? all : [all[(n * 31) % all.length] as string];
      const began = performance.now();
      const headers = { authorization: `Bearer ${practice.key}`, 'content-type': 'application/json' };
      const answer = await fetch(url, {
        method: 'POST',
        headers,
        body: JSON.stringify({ nhsNumbers: asked }),
      });
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`the check was answered with ${answer.status}: ${text}`);
      const permitted = new Set((JSON.parse(text) as { permitted: string[] }).permitted);
      hold(load, asked, permitted, began, true);
      await count(load, 'checks', 50);
    }
  },
  releases: (load) => release(load, 'releases', 0),
  'slow readers': (load) => release(load, 'slow readers', 20),
  async 'senders that break off'(load) {
    while (!load.stop.aborted) {
      const answer = await sendHalf(load, 'break-off');
      if (answer !== undefined) throw new Error(`half a file was answered with ${answer}`);
      await count(load, 'senders that broke off', 500);
    }
  },
  async 'senders that stop'(load) {
    while (!load.stop.aborted) {
      const answer = await sendHalf(load, 'stop');
      if (answer !== 408) throw new Error(`a sender that stopped was answered with ${answer}`);
      await count(load, 'senders that stopped', 500);
    }
  },
};

async function count({ done }: Load, what: string, pauseMs: number): Promise<void> {
  done[what] = (done[what] ?? 0) + 1;
  await pause(pauseMs);
}

function hold(
  { said }: Load,
  asked: Iterable<string>,
  inIt: Set<string>,
  began: number,
  whole: boolean,
): void {
  const faults = said.faultsOf(asked, inIt, { began, ended: performance.now(), whole });
  if (faults.length > 0) throw new Error(`The law was broken: ${faults.slice(0, 5).join('; ')}`);
}

async function release(load: Load, name: string, waitMs: number): Promise<void> {
  const { address, practice, stop } = load;
  const url = `${address}/api/v1/extracts/${practice.extractId}/releases`;
  while (!stop.aborted) {
    const began = performance.now();
    const { status, text, whole } = await sendRelease(url, practice.key, practice.csv, waitMs);
    if (status !== 200 || !whole)
      throw new Error(`a release was answered with ${status}: ${text.slice(0, 200)}`);
    hold(load, practice.patientIds.keys(), numbersIn(text), began, whole);
    await count(load, name, 300);
  }
}

/** Sends the first half of a file, and then breaks the connection, or sends nothing more. Gives the status of the answer. */
function sendHalf({ address, practice }: Load, then: 'break-off' | 'stop'): Promise<number | undefined> {
  return new Promise((resolve) => {
    const headers = {
      authorization: `Bearer ${practice.key}`,
      'content-type': 'text/csv',
      'content-length': practice.csv.length,
    };
    const url = `${address}/api/v1/extracts/${practice.extractId}/releases`;
    const sent = request(url, { method: 'POST', headers, agent: false });
    sent.on('error', () => resolve(undefined));
    sent.on('response', (answer) => {
      resolve(answer.statusCode);
      sent.destroy();
    });
    sent.write(practice.csv.slice(0, practice.csv.length / 2), () => {
      if (then === 'break-off') setTimeout(() => sent.destroy(), 50);
    });
  });
}

async function record(desk: Agent, patientId: string, daysAgo: number): Promise<void> {
  const on = new Date(Date.now() - daysAgo * 86_400_000);
  await save(desk, paths.newObjectionFor(patientId), {
    ...{ types: ['type-1'], requester: 'patient', receivedVia: 'phone', identityChecked: 'not-yet' },
    'receivedOn-day': String(on.getDate()),
    'receivedOn-month': String(on.getMonth() + 1),
    'receivedOn-year': String(on.getFullYear()),
  });
}

const withdraw = (desk: Agent, patientId: string) =>
  save(desk, paths.newWithdrawalFor(patientId), {
    ...{ types: ['type-1'], requester: 'patient', receivedVia: 'in-person', identityChecked: 'photo-id' },
  });

/** Fills the form, goes past the question whether one is sure, and saves. */
async function save(desk: Agent, form: string, fields: Record<string, string | string[]>): Promise<void> {
  const filled = await desk.submit(form, fields);
  const check = String(filled.headers.location).replace('sure', 'check');
  const saved = await desk.submit(check);
  if (!saved.headers.location?.startsWith(paths.receipt('')))
    throw new Error(`saving at the desk was answered with ${saved.status}`);
}
