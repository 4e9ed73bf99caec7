import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { showDay } from '../../src/day.ts';
import { paths } from '../../src/web/paths.ts';
import { HEADER, release } from '../guard/scene.ts';
import { commandLine } from '../support/command-line.ts';
import { madeUpNhsNumber } from '../support/factories.ts';
import { routesOf } from '../support/routes.ts';
import {
  countsOf,
  type Pages,
  secretsIn,
  smallCounts,
  smallDifferences,
  textOf,
  withoutChance,
} from '../support/stranger.ts';
import { type Days, openDays } from './days.ts';

/** The week after it begins on a Monday: the poster of the week is of a checkpoint of a practice that is at work. */
const FIRST = '2026-11-20';
const MONDAY = '2026-11-23';
const PEOPLE = [
  'Quillon Abernathy',
  'Zebedee Vantongeren',
  'Ottoline Pemberwick',
  'Thaddeus Okonjo-Lund',
].flatMap((name) => [name, `${name}son`]);
const born = (n: number): string => `19${40 + n}-02-1${n}`;

/** A practice as a stranger finds it, and what they must not find there. */
type Surgery = Days & {
  readonly ods: string;
  readonly address: string;
  readonly secrets: readonly string[];
  /** Sends everybody's row through the guard. */
  nightlyRelease(): Promise<unknown>;
};

async function openSurgery(): Promise<Surgery> {
  const days = await openDays(FIRST);
  const { services, practiceId, registry } = days;
  const { ods = '' } = (await services.staff.practice(practiceId)) ?? {};
  const numbers = PEOPLE.map((_, n) => madeUpNhsNumber(500 + n));
  for (const [n, name] of PEOPLE.entries()) {
    const [givenName = '', familyName = ''] = name.split(' ');
    await days.addPatient({ givenName, familyName, nhsNumber: numbers[n] ?? '', dateOfBirth: born(n) });
  }
  const member = { practiceId, email: 'w.sacheverell@surgery.example', name: 'Wilhelmina Sacheverell' };
  const added = await services.staff.add(
    { ...member, role: 'guardian', password: 'tidal lantern 41 quarry' },
    { kind: 'command-line', id: 'test' },
  );
  const staffId = added.ok ? added.member.id : expect.fail(added.reason);
  const dates = PEOPLE.map((_, n) => born(n));
  return {
    ...days,
    ods,
    address: await registry.listen(),
    secrets: [
      ...PEOPLE.flatMap((name) => name.split(' ')),
      ...numbers.flatMap((number) => [
        number,
        `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`,
      ]),
      ...dates.flatMap((day) => [day, showDay(day)]),
      ...days.patients,
      ...['Wilhelmina', 'Sacheverell', staffId, days.job.keyId],
      ...['the-manager', 'the-guardian', 'the-receptionist', 'Nightly'],
    ],
    nightlyRelease: () => release(days, HEADER + numbers.map((number) => `${number},x\n`).join('')),
  };
}

/** Asks for everything that nobody has to log in for, and writes the public files of the practice into a folder. */
async function walk({ registry, address, ods, services, practiceId }: Surgery): Promise<Pages> {
  const pages = new Map<string, string>();
  const get = async (path: string) => {
    const answer = await fetch(address + path, { redirect: 'manual' });
    if (answer.status !== 200) return;
    const content = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    // The bytes of a drawing are no text: what it is drawn of is a page, which is walked too.
    pages.set(path, content.startsWith('%PDF') ? '' : content);
  };
  // A PDF is packed, and cannot be read here; the form is drawn of the name of the practice, as its page is.
  const routes = routesOf(createApp(services)).filter(
    ({ method, path }) => method === 'get' && !/[*]|\.pdf$/.test(path),
  );
  for (const { path } of routes.filter(
    (one) => !one.path.startsWith('/assets') && !one.path.startsWith('/api/docs'),
  ))
    await get(path.replace(':ods', ods).replace(':code', 'AAAA-BBBB').replace(/:\w+/g, 'none'));
  const { size = 0 } = (await services.publicLog.latest(practiceId)) ?? {};
  for (const kind of ['0', 'entries'])
    for (let tile = 0; tile * 256 < size; tile += 1) {
      const width = Math.min(256, size - tile * 256);
      await get(`/log/${ods}/tile/${kind}/00${tile}${width < 256 ? `.p/${width}` : ''}`);
    }
  const folder = join(registry.config.dataDir, 'site');
  expect(await commandLine(registry.env, 'publish', folder)).toMatchObject({ exit: 0 });
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (file.isFile() && !file.name.endsWith('.css')) {
      const path = join(file.parentPath, file.name);
      pages.set(path.slice(folder.length), await readFile(path, 'latin1'));
    }
  return pages;
}

/** The contract for programs has made-up numbers in its examples. */
const withoutExamples = (pages: Pages): Pages =>
  new Map([...pages].filter(([address]) => address !== '/api/v1/openapi.json'));

/** What speaks of the practice: the others are the same in every registry, as is seen below. */
const ofPractice = (pages: Pages, ods: string): Pages =>
  new Map([...pages].filter(([address, content]) => address.includes(ods) || content.includes(ods)));

/** What of the pages would be the same whoever had objected. */
const plain = (pages: Pages) =>
  Object.fromEntries(
    [...pages]
      .filter(([address]) => address !== '/health/ready')
      .map(([address, content]) => [
        withoutChance(address),
        address.includes('/tile/') ? String(content.length) : withoutChance(content),
      ]),
  );

describe('a stranger walks through all that is public, day after day, while one patient after another objects', () => {
  let objecting: Surgery;
  let quiet: Surgery;
  const seen: Pages[] = [];

  beforeAll(async () => {
    objecting = await openSurgery();
    quiet = await openSurgery();
    for (const surgery of [objecting, quiet]) await surgery.goTo(MONDAY);
  }, 120_000);

  afterAll(async () => {
    await objecting.end();
    await quiet.end();
  });

  // The last of November and the first of December are among them; on some days nobody objects.
  test.each([6, null, 7, 8, null, 9, 10, 11, null, 12, 13])('day %#', async (patient) => {
    for (const surgery of [objecting, quiet]) await surgery.nightlyRelease();
    if (patient !== null) await objecting.object(patient, patient % 2 === 0 ? 'type-1' : 'type-2');
    for (const surgery of [objecting, quiet]) await surgery.services.incidents.look();
    for (const surgery of [objecting, quiet]) await surgery.nextDay();
    const pages = await walk(objecting);
    expect([...pages.keys()]).toEqual(
      expect.arrayContaining([
        paths.publicRegister(objecting.ods),
        paths.publicRegisterJson(objecting.ods),
        paths.publicRegisterProof(objecting.ods),
        paths.log(objecting.ods),
        paths.logPoster(objecting.ods),
        paths.logCheckpoint(objecting.ods),
        paths.privacy,
        `/register/${objecting.ods}/index.html`,
        `/register/${objecting.ods}/register.json`,
        `/log/${objecting.ods}/checkpoint`,
      ]),
    );
    const shown = ofPractice(pages, objecting.ods);
    seen.push(shown);
    expect(secretsIn(withoutExamples(pages), objecting.secrets)).toEqual([]);
    expect(smallCounts(shown)).toEqual([]);
    for (const before of seen.slice(0, -1)) expect(smallDifferences(before, shown)).toEqual([]);
    // The strongest: in a practice to which the same happened, but that nobody objected, the same is public.
    expect(plain(pages)).toEqual(plain(await walk(quiet)));
  });

  test('what was walked through did tell of objections, and of every release', async () => {
    const { practiceId, services, ods } = objecting;
    const releases = await services.database.reader.release.findMany({ where: { practiceId } });
    expect(new Set(releases.map(({ countOut }) => countOut)).size).toBeGreaterThan(5);
    expect(await services.incidents.count(practiceId, false)).toBeGreaterThan(0);
    const last = textOf(seen.at(-1)?.get(paths.publicRegister(ods)) ?? '');
    expect(last).toContain('fewer than 10');
    for (const { id } of releases) expect(last).toContain(id);
  });

  test('a receipt names nobody to whoever has its code', async () => {
    const { services, practiceId, address, secrets } = objecting;
    const [act] = await services.database.reader.objectionAct.findMany({ where: { practiceId }, take: 1 });
    const path = paths.receiptCheck(services.receipts.code(act?.id ?? ''));
    const answer = await fetch(address + path);
    expect(answer.status).toBe(200);
    expect(secretsIn(new Map([[path, await answer.text()]]), secrets)).toEqual([]);
  });
});

describe('the stranger finds what leaks', () => {
  const page = (content: string): Pages => new Map([['/page', `<p>${content}</p>`]]);

  test.each([
    '3 patients objected',
    'Objections: 4',
    '<td>Type 1</td><td>2</td>',
    'about 310 and 312',
    'Of 9,500 patients, 9,497 left',
    '1 row withheld',
  ])('%s', (content) => {
    expect(smallCounts(page(content))).not.toEqual([]);
  });

  test.each([
    ['Rows: 9,474', 'Rows: 9,473'],
    ['0 objections', '1 objection'],
    ['No objections, 20 of old', 'No objections, 23 of old'],
  ])('%s, and the day after: %s', (before, after) => {
    expect(smallDifferences(page(before), page(after))).not.toEqual([]);
  });

  test('a log that grows by what was recorded', () => {
    const checkpoint = (size: number): Pages => new Map([['/log/A/checkpoint', `origin\n${size}\nroot\n`]]);
    expect(smallDifferences(checkpoint(300), checkpoint(302))).not.toEqual([]);
    expect(smallDifferences(checkpoint(320), checkpoint(352))).toEqual([]);
  });

  test('numbers in JSON, and names in base64', () => {
    expect(smallCounts(new Map([['/x.json', '{"withheld":[{"count":3}]}']]))).not.toEqual([]);
    const proof = `extra ${Buffer.from('{"patient":"Quillon Abernathy of the old mill"}').toString('base64')}`;
    expect(secretsIn(new Map([['/p.tlog-proof', proof]]), ['Abernathy'])).not.toEqual([]);
  });

  test.each(['Quillon', '999 000 0018', '9990000018', 'ann@example.org', '10 February 1940'])(
    'somebody by %s',
    (content) => {
      expect(secretsIn(page(content), ['quillon', '10 February 1940'])).not.toEqual([]);
    },
  );

  test('what counts no patient is no count', () => {
    const text =
      'On 28 November 2026 version 2 of type 1 under section 251, at 4am: 3 extracts in 8 releases, fewer than 10 asked, A99999';
    expect(countsOf('/page', `<p>${text}</p>`).map(({ number }) => number)).toEqual([10]);
  });
});
