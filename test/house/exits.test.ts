import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { commands } from '../../src/cli/commands.ts';
import { permits } from '../../src/staff/permissions.ts';
import { anApprovedExtract } from '../support/extracts.ts';
import { aPatient, somePatients } from '../support/factories.ts';
import { findLeaks } from '../support/find-leaks.ts';
import { type Agent, logInAs, visit } from '../support/log-in.ts';
import { addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { type Route, routesOf } from '../support/routes.ts';
import { commandExits, exits, noExits } from './exits.ts';
import { codeOf, readSource } from './source.ts';

let registry: Registry;
let address: string;
let surgery: StaffedPractice;
let routes: Route[];

beforeAll(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  surgery = await addStaffedPractice(registry.services);
  routes = routesOf(createApp(registry.services));
});

afterAll(() => registry.close());

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const source = readSource();
const codeIn = (folder: string) =>
  source
    .filter(({ path }) => path.startsWith(folder))
    .map((file) => ({ path: file.path, code: codeOf(file) }));

test('every route and every command is known as an exit, or as none', () => {
  expect(routes.map(nameOf).sort()).toEqual([...Object.keys(exits), ...noExits].sort());
  expect(commands.map(({ words }) => words.join(' ')).sort()).toEqual(Object.keys(commandExits).sort());
});

test('what leaves to staff is on pages that need somebody who may see patients', () => {
  const staff = routes.filter((route) => exits[nameOf(route)] === 'staff');
  expect(staff).not.toEqual([]);
  const open = staff.filter(({ needs }) => needs === undefined || permits('monitor', needs));
  expect(open.map(nameOf)).toEqual([]);
});

describe('what leaves to a machine goes through the guard', () => {
  const calling = (folder: string, call: RegExp) =>
    codeIn(folder)
      .filter(({ code }) => call.test(code))
      .map(({ path }) => path);

  test('a release and a check in one place each', () => {
    expect(calling('', /\bguard\.startRelease\(/)).toEqual([
      'demo/past-releases.ts',
      'web/api/post-release.ts',
    ]);
    expect(calling('', /\bguard\.(startParts|findParts)\(/)).toEqual(['web/api/parts.ts']);
    expect(calling('', /\bguard\.check\(/)).toEqual(['web/api/post-check.ts']);
  });

  test('the HTTP for machines reaches nothing else that knows patients', () => {
    const known =
      /^(express|node:|zod|rate-limiter-flexible|@asteasolutions\/|web\/api\/|guard\/(release|check|guard|release-store)\.ts|extracts\/extract\.ts)/;
    const ofApi = source.filter(({ path }) => path.startsWith('web/api/'));
    const others = ofApi.flatMap(({ path, imports }) =>
      imports.filter((name) => !known.test(name)).map((name) => `${path} imports ${name}`),
    );
    expect(others).toEqual(['web/api/api-services.ts imports services.ts']);
    const [services] = ofApi.filter(({ path }) => path === 'web/api/api-services.ts');
    const picked = [...(services?.text ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name);
    expect(picked).toEqual(['config', 'log', 'isUnavailable', 'keys', 'extracts', 'guard']);
  });

  test('the command that gives out patients is a client: it opens no registry', () => {
    const [command] = source.filter(({ path }) => path === 'cli/release.ts');
    expect(command && codeOf(command)).toMatch(/async run\(\{/);
    expect(command && codeOf(command)).not.toMatch(/\bopen\b|\bcontext\b/);
    const parts = ['cli/release.ts', 'cli/send-file.ts', 'cli/take-answer.ts'];
    const ours = source.filter(({ path }) => parts.includes(path)).flatMap(({ imports }) => imports);
    expect(ours.filter((name) => !name.startsWith('node:') && !name.startsWith('cli/'))).toEqual([]);
  });
});

describe('what everybody or a monitor may see', () => {
  let release: string;

  beforeAll(async () => {
    const { services } = registry;
    const practiceId = surgery.practice.id;
    const by = { kind: 'staff', id: surgery.manager.id } as const;
    const people = [...somePatients(30), aPatient(31, { familyName: 'Featherstonehaugh' })];
    const added = await services.patients.add(practiceId, people, by);
    await services.objections.takeIn({ practiceId, how: 'none-before' }, by);
    for (const { id: patientId } of added.slice(0, 8)) {
      const receivedOn = services.now().toISOString().slice(0, 10);
      await services.objections.record(
        { practiceId, patientId, types: ['type-1'], requester: 'patient', receivedVia: 'phone', receivedOn },
        by,
      );
    }
    const extractId = await anApprovedExtract(services, practiceId);
    const expiresAt = new Date(services.now().getTime() + 1_000_000);
    const key = await services.keys.make({ practiceId, name: 'Job', extracts: [extractId], expiresAt }, by);
    if (!key.ok) throw new Error(key.reason);
    const job = { keyId: key.id, practiceId, extracts: [extractId] };
    const checked = await services.guard.check(
      job,
      extractId,
      people.map(({ nhsNumber }) => nhsNumber),
      'text/plain',
    );
    if (!checked.ok) throw new Error(checked.reason);
    release = checked.id;
  });

  /** The texts of all pages that the browser gets with GET. */
  async function pages(agent: Agent, which: (route: Route) => boolean) {
    const asked = routes.filter(
      (route) => route.method === 'get' && !/^\/(assets|api)\//.test(route.path) && which(route),
    );
    expect(asked.length).toBeGreaterThan(5);
    const answers: { kind: 'log'; text: string }[] = [];
    for (const { path } of asked) {
      const { text } = await agent.get(
        path.replace(/:(id|release)/, release).replace(/:\w+/g, 'research-events'),
      );
      // What the whole site says on every page is no patient: the styles, and the person's own name.
      answers.push({ kind: 'log', text: `${path} ${(text ?? '').replace(/<[^>]*>/g, ' ')}` });
    }
    return answers;
  }

  test('holds no patient, for somebody who is not logged in', async () => {
    expect(findLeaks(await pages(visit(address), ({ needs }) => needs === undefined))).toEqual([]);
  });

  test('holds no patient, for a monitor', async () => {
    const monitor = await logInAs(address, surgery.monitor);
    const seen = await pages(monitor, ({ needs }) => needs !== undefined && permits('monitor', needs));
    expect(findLeaks(seen)).toEqual([]);
  });

  test('while the manager’s list does, so that the test would see one', async () => {
    const manager = await logInAs(address, surgery.manager);
    const { text } = await manager.get('/objections');
    expect(findLeaks([{ kind: 'log', text }])).not.toEqual([]);
  });
});
