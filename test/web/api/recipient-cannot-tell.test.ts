import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoExtracts } from '../../../src/demo/demo-extracts.ts';
import { manifestOf } from '../../../src/reports/manifest.ts';
import { anApprovedExtract } from '../../support/extracts.ts';
import { eventsOf, extractCsv, patientsCsv, somePatients } from '../../support/factories.ts';
import { openRegistry, type Registry } from '../../support/registry.ts';

// Two practices with the same patients send the same two files. In between somebody objects and somebody else leaves:
// in one practice the first objects, in the other the second. What a recipient of one would need to tell which is
// which, must be the same in both.

const people = somePatients(12);
const [one, other] = [3, 7];
const ids = ['research-events', 'planning-minimum'] as const;
const by = { kind: 'command-line', id: 'test' } as const;
const clock = { now: new Date('2026-11-20T02:00:00.000Z') };

type World = { practiceId: string; name: string; ods: string; key: string };
type Answer = { status: number; headers: Record<string, string>; text: string };

let registry: Registry;
let address: string;
let worlds: [World, World];

beforeAll(async () => {
  registry = await openRegistry({}, { now: () => clock.now });
  address = await registry.listen();
  worlds = [await makeWorld('B10001'), await makeWorld('B10002')];
});
afterAll(() => registry.close());

async function makeWorld(ods: string): Promise<World> {
  const { services } = registry;
  const added = await services.staff.addPractice({ ods, name: `Surgery ${ods}` }, by);
  if (!added.ok) throw new Error(added.reason);
  const { practice } = added;
  const practiceId = practice.id;
  await takeIn(practice, people);
  for (const extractId of ids)
    await anApprovedExtract(
      services,
      practiceId,
      demoExtracts.find((extract) => extract.extractId === extractId),
    );
  await services.objections.takeIn({ practiceId, how: 'none-before' }, by);
  const expiresAt = new Date('2026-12-31T00:00:00Z');
  const made = await services.keys.make({ practiceId, name: 'Job', extracts: ids, expiresAt }, by);
  if (!made.ok) throw new Error(made.reason);
  return { practiceId, name: practice.name, ods, key: made.key };
}

async function takeIn(practice: { id: string; madeUp: boolean }, list: typeof people) {
  const { services } = registry;
  const bytes = Buffer.from(patientsCsv(list));
  const begun = await services.patients.import(
    { practice, fileName: 'list.csv', bytes, wholeList: true },
    by,
  );
  if (!begun.ok) throw new Error(begun.reason);
  await begun.run();
  const [last] = await services.patients.imports(practice.id, 1);
  if (last?.status !== 'waiting') return;
  // More than a twentieth of a list this short has gone: a manager says that it is so.
  const decided = { practiceId: practice.id, importId: last.id, areGone: true };
  expect(await services.patients.decideGone(decided, by)).toMatchObject({ ok: true });
}

const file = extractCsv(eventsOf(people));

async function send({ key }: World, extractId: string): Promise<Answer> {
  const answer = await request(address)
    .post(`/api/v1/extracts/${extractId}/releases`)
    .set('Authorization', `Bearer ${key}`)
    .type('text/csv')
    .send(file);
  return { status: answer.status, headers: answer.headers, text: answer.text };
}

test('between two releases, who objected cannot be told from who left the list', async () => {
  const before = await sendAll();
  clock.now = new Date('2026-11-21T10:00:00.000Z');
  await objectsAndLeaves(worlds[0], one, other);
  await objectsAndLeaves(worlds[1], other, one);
  clock.now = new Date('2026-11-22T02:00:00.000Z');
  const after = await sendAll();

  for (const extractId of ids) {
    const [first, second] = after[extractId];
    expect([first.status, second.status]).toEqual([200, 200]);
    // The header of either tells the same, but for the id, which is random. Counts are for the job, and the same too.
    expect(toldBy(first)).toEqual(toldBy(second));
    expect(first.headers['release-id']).not.toBe(second.headers['release-id']);
    // From one output to the next, rows are gone and nothing else has changed: no gap, no mark, no other order.
    for (const [place, answer] of after[extractId].entries()) {
      const earlier = before[extractId][place]?.text ?? '';
      const gone = linesOf(earlier).filter((line) => !linesOf(answer.text).includes(line));
      expect(linesOf(earlier).filter((line) => !gone.includes(line))).toEqual(linesOf(answer.text));
      const counted = eventsOf([people[one], people[other]].flatMap((person) => person ?? []));
      expect(gone).toHaveLength(counted.length);
    }
  }
  // With all fields as they are, the outputs of the two worlds are the same bytes; by then the manifests are, too.
  const [first, second] = after['research-events'];
  expect(first.text).toBe(second.text);
  expect(await manifestFor(worlds[0], first)).toEqual(await manifestFor(worlds[1], second));
});

async function sendAll(): Promise<Record<(typeof ids)[number], [Answer, Answer]>> {
  const all = { 'research-events': [], 'planning-minimum': [] } as Record<string, Answer[]>;
  for (const extractId of ids) for (const world of worlds) all[extractId]?.push(await send(world, extractId));
  return all as Record<(typeof ids)[number], [Answer, Answer]>;
}

async function objectsAndLeaves({ practiceId }: World, objects: number, leaves: number): Promise<void> {
  const { services } = registry;
  const [found] = await services.patients.withNumber(practiceId, people[objects]?.nhsNumber ?? '');
  const told = { receivedVia: 'phone', receivedOn: '2026-11-21', requester: 'patient' } as const;
  const recorded = await services.objections.record(
    { practiceId, patientId: found?.id ?? '', types: ['type-1'], ...told },
    by,
  );
  expect(recorded.ok).toBe(true);
  await takeIn(
    { id: practiceId, madeUp: false },
    people.filter((_, place) => place !== leaves),
  );
  const [left] = await services.patients.withNumber(practiceId, people[leaves]?.nhsNumber ?? '');
  expect(left?.status).toBe('left');
}

/** Everything of the answer but what is drawn by lot, or by the clock. */
function toldBy({ headers, status }: Answer) {
  const { 'release-id': _, 'x-request-id': __, date: ___, 'content-digest': digest, ...others } = headers;
  return { ...others, status, digest: typeof digest };
}

const linesOf = (text: string): string[] => text.trim().split(/\r?\n/);

/** What may be passed on of it, without ids, times and the practice itself. */
async function manifestFor({ practiceId, name, ods }: World, { headers }: Answer) {
  const release = await registry.services.reports.release(practiceId, headers['release-id'] ?? '');
  if (release === null) throw new Error('no such release');
  const { release: _, practice: __, ledger: ___, ...told } = manifestOf(release, { name, ods });
  return told;
}
