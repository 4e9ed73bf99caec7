import { afterAll, beforeAll, expect, test } from 'vitest';
import '../support/registry.ts';
import { manager, openScene, pieces, release, type Scene } from './scene.ts';
import { someNumbers } from './some-csv.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.addExtract({
    extractId: 'research',
    fields: [
      { name: 'PatientGuid', treatment: 'pseudonym' },
      { name: 'note', treatment: 'keep' },
    ],
    personColumns: [{ name: 'PatientGuid', kind: 'local-id' }],
  });
});
afterAll(() => scene.end());

const guid = (place: number) => `{0A0B-X${place}}`;
const HEADER = 'PatientGuid,EMIS Number,NHS Number,First Name,Surname,DOB';
const listRow = (place: number, id = guid(place), emis = String(place)) =>
  `${id},${emis},${someNumbers[place]},A,Patient,1970-02-03`;

async function importList(...rows: string[]) {
  const request = {
    practice: { id: scene.practiceId, madeUp: false },
    fileName: 'list.csv',
    bytes: Buffer.from([HEADER, ...rows, ''].join('\n')),
    wholeList: false,
  };
  const begun = await scene.services.patients.import(request, manager);
  if (!begun.ok) throw new Error(begun.reason);
  return { id: begun.id, done: await begun.run() };
}

/** The places of the patients whose rows leave. */
async function leaving(format: 'csv' | 'ndjson' = 'csv') {
  const places = [0, 1, 2, 3, 4, 5];
  const started = await scene.services.guard.startRelease(
    scene.job,
    'research',
    format === 'csv' ? 'text/csv' : 'application/x-ndjson',
  );
  if (!started.ok) throw new Error(started.reason);
  const csv = `PatientGuid,note\n${places.map((place) => `${guid(place).toLowerCase()},n${place}\n`).join('')}`;
  const json = places.map((place) => `{"PatientGuid":"${guid(place).slice(1, -1)}","note":"n${place}"}\n`);
  const decision = await started.release.decide(pieces(format === 'csv' ? csv : json.join('')));
  if (!decision.ok) throw new Error(decision.reason);
  let output = '';
  for await (const chunk of decision.decided.content()) output += chunk;
  await decision.decided.end('complete');
  expect(output).not.toMatch(/0a0b-x/i);
  return [...output.matchAll(/n(\d)/g)].map(([, place]) => Number(place));
}

test('nobody is known by an id before the list says so', async () => {
  expect(await leaving()).toEqual([]);
});

test('rows leave of those whom the imported list names, and whose objection is not in force', async () => {
  const { done } = await importList(...[0, 1, 2, 3, 4].map((place) => listRow(place)));
  expect(done.counts).toMatchObject({ unchanged: 5 });
  expect(await leaving()).toEqual([0, 1, 2, 3, 4]);
  await scene.object(1);
  expect(await leaving()).toEqual([0, 2, 3, 4]);
  expect(await leaving('ndjson')).toEqual([0, 2, 3, 4]);
});

test('what one import said of two people is withheld until it is undone', async () => {
  const { id } = await importList(listRow(2, guid(3)));
  expect(await leaving()).toEqual([0, 2, 4]);
  const undone = await scene.services.patients.undoImport(
    { practiceId: scene.practiceId, importId: id },
    manager,
  );
  expect(undone.ok).toBe(true);
  expect(await leaving()).toEqual([0, 2, 3, 4]);
});

test('the ledger says how many, and of nobody which', async () => {
  const { reader } = scene.services.database;
  const texts = await reader.ledgerText.findMany({ where: { practiceId: scene.practiceId } });
  const said = texts.filter(({ text }) => text.includes('"localIds"'));
  expect(said.map(({ text }) => JSON.parse(text).data.localIds)).toEqual([
    { added: 10, people: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { added: 1, people: expect.stringMatching(/^[0-9a-f]{64}$/) },
    1,
  ]);
  expect(texts.some(({ text }) => text.toLowerCase().includes('0a0b-x'))).toBe(false);
});

test('somebody who gets an id while a release is scanned is in the next', async () => {
  const file = pieces('PatientGuid,note\n', () => importList(listRow(5)), `${guid(5)},n5\n`);
  expect(await release(scene, file)).toMatchObject({ ok: true, output: 'PatientGuid,note\n' });
  expect(await leaving()).toEqual([0, 2, 3, 4, 5]);
});

test('somebody whose id means two people while a release is scanned is taken out', async () => {
  const file = pieces('PatientGuid,note\n', `${guid(0)},n0\n${guid(2)},n2\n`, () =>
    importList(listRow(3, guid(0))),
  );
  const done = await release(scene, file);
  expect(done.ok && done.output).toMatch(/^PatientGuid,note\np[0-9a-f]{32},n2\n$/);
});
