import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { membersOf } from '../../../src/guard/membership.ts';
import { HEADER, manager, rowOf } from '../../guard/scene.ts';
import { someNumbers } from '../../guard/some-csv.ts';
import { behindTheBack } from '../../ledger/tamper.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';
import { expectProblem } from './expect-problem.ts';

let scene: ApiScene;
let authorization: string;

const FHIR = 'application/fhir+ndjson';
const NDJSON = 'application/x-ndjson';

beforeAll(async () => {
  scene = await openApiScene();
  const fhir = { types: ['Patient', 'Observation', 'Device'], narrative: false };
  await scene.addExtract({ extractId: 'fhir', fields: [], fhir });
  await scene.object(1);
  authorization = `Bearer ${await scene.makeKey(['research', 'fhir'])}`;
});
afterAll(() => scene.end());

const ask = (method: string, path: string, type?: string, body = '') =>
  scene.ask(method, path, { headers: { authorization, ...(type && { 'content-type': type }) }, body });
const begin = async (extract = 'fhir') => {
  const begun = await ask('POST', `/extracts/${extract}/releases?parts=true`);
  expect(begun.status).toBe(201);
  return String(begun.json.id);
};
const add = (id: string, name: string, body: string, type = FHIR) =>
  ask('POST', `/releases/${id}/parts?name=${name}`, type, body);
const complete = (id: string) => ask('POST', `/releases/${id}/complete`);
const fetchPart = (id: string, name: string) => ask('GET', `/releases/${id}/parts/${name}`);

const found = async (id: unknown) => (await ask('GET', `/releases/${id}`)).json;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const line = (resource: object) => `${JSON.stringify(resource)}\n`;
const patient = (place: number) =>
  line({
    resourceType: 'Patient',
    id: `p${place}`,
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: someNumbers[place] }],
  });
const seen = (place: number) =>
  line({ resourceType: 'Observation', subject: { reference: `Patient/p${place}` } });
const all = (of: (place: number) => string, ...without: number[]) =>
  [0, 1, 2, 3, 4, 5]
    .filter((place) => !without.includes(place))
    .map(of)
    .join('');

test('the files of a bulk export, with somebody who objects between two of them', async () => {
  const id = await begin();
  expect((await add(id, 'Patient.ndjson', all(patient))).status).toBe(204);
  expectProblem(await fetchPart(id, 'Patient.ndjson'), 'not-decided');
  expect((await add(id, 'Observation.ndjson', all(seen))).status).toBe(204);
  await scene.object(2);
  expect((await add(id, 'Device.ndjson', '')).status).toBe(204);
  expect(await found(id)).toMatchObject({
    status: 'started',
    format: 'multipart/mixed',
    digests: { out: null },
  });

  const done = await complete(id);
  const outs = [all(patient, 1, 2), all(seen, 1, 2), ''];
  const names = ['Patient.ndjson', 'Observation.ndjson', 'Device.ndjson'];
  const digestOf = (texts: readonly string[]) =>
    sha256(texts.map((text, place) => `${sha256(text)}  ${names[place]}\n`).join(''));
  expect(done.status).toBe(200);
  expect(done.json).toMatchObject({
    id,
    status: 'complete',
    counts: { in: 12, out: 8, withheld: 4 },
    digests: { in: digestOf([all(patient), all(seen), '']), out: digestOf(outs) },
  });
  expect(done.json.parts).toMatchObject(
    names.map((name, place) => ({ name, format: FHIR, digests: { out: sha256(outs[place] ?? '') } })),
  );
  expect(await found(id)).toEqual(done.json);

  for (const [place, name] of names.entries()) {
    const got = await fetchPart(id, name);
    expect([got.status, got.text, got.headers['content-type']]).toEqual([200, outs[place], FHIR]);
    const digest = Buffer.from(sha256(got.text), 'hex').toString('base64');
    expect(got.headers['content-digest']).toBe(`sha-256=:${digest}:`);
    if (place === 0) expectProblem(await fetchPart(id, name), 'no-such-part');
  }
  expectProblem(await fetchPart(id, names[0] as string), 'parts-closed');
  await scene.withdraw(2);

  const { reader } = scene.services.database;
  const account = await reader.releaseAccount.findUniqueOrThrow({ where: { releaseId: id } });
  expect([...membersOf(account.members)]).toEqual([0, 3, 4, 5]);
  const release = await reader.release.findUniqueOrThrow({ where: { id } });
  expect(JSON.parse(release.reasons ?? '')).toEqual({ 'objected-type-1': 4 });
});

test('the ledger holds every part: a change of one is found', async () => {
  const id = await begin();
  await add(id, 'a', all(patient));
  await complete(id);
  const { database, ledger } = scene.services;
  const set = (digestOut: string) =>
    behindTheBack(database, (tx) =>
      tx.releasePart.updateMany({ where: { releaseId: id }, data: { digestOut } }),
    );
  const { digestOut } = await database.reader.releasePart.findFirstOrThrow({ where: { releaseId: id } });
  await expect(database.write((tx) => tx.$executeRawUnsafe('DELETE FROM "ReleasePart"'))).rejects.toThrow(
    /append-only/,
  );
  await set(sha256('something else'));
  expect(await ledger.verify(scene.practiceId)).toMatchObject({
    ok: false,
    what: 'the release is not what it says',
  });
  await set(digestOut);
  expect(await ledger.verify(scene.practiceId)).toMatchObject({ ok: true });
});

test('rows go in parts too, CSV and NDJSON, each under its own header', async () => {
  const id = await begin('research');
  const objects = [0, 1].map((place) => `{"nhs_number":"${someNumbers[place]}","other":1}\n`).join('');
  expect((await add(id, 'rows.csv', HEADER + rowOf(0) + rowOf(1), 'text/csv')).status).toBe(204);
  expect((await add(id, 'more.csv', `note,nhs_number\nx,${someNumbers[3]}\n`, 'text/csv')).status).toBe(204);
  expect((await add(id, 'rows.ndjson', objects, NDJSON)).status).toBe(204);
  expect((await complete(id)).json).toMatchObject({ counts: { in: 5, out: 3, withheld: 2 } });
  const got = await Promise.all(['rows.csv', 'more.csv', 'rows.ndjson'].map((name) => fetchPart(id, name)));
  expect(got.map(({ text }) => text)).toEqual([
    HEADER + rowOf(0),
    `nhs_number,note\n${someNumbers[3]},x\n`,
    `{"nhs_number":"${someNumbers[0]}"}\n`,
  ]);
});

test('a fault in one file ends the release: nothing left, and nothing can be had', async () => {
  const id = await begin('research');
  expect((await add(id, 'one.csv', HEADER + rowOf(0), 'text/csv')).status).toBe(204);
  expectProblem(await add(id, 'two.csv', 'a,b\n', 'text/csv'), 'no-nhs-number-column');
  expect(await found(id)).toMatchObject({ status: 'failed', reason: 'no-nhs-number-column' });
  for (const answer of [
    await add(id, 'three.csv', HEADER, 'text/csv'),
    await complete(id),
    await fetchPart(id, 'one.csv'),
  ])
    expectProblem(answer, 'parts-closed');
});

describe('what is refused changes nothing', () => {
  test('names, types, and the same name twice', async () => {
    const id = await begin();
    expectProblem(await ask('POST', `/releases/${id}/parts`, FHIR), 'invalid-part-name');
    for (const name of ['', '..', 'a%2Fb', 'a'.repeat(200)])
      expectProblem(await add(id, name, all(patient)), 'invalid-part-name');
    expectProblem(await add(id, 'a', HEADER, 'text/csv'), 'wrong-type');
    expect((await add(id, 'a', all(patient))).status).toBe(204);
    expectProblem(await add(id, 'a', all(patient)), 'part-doubled');
    expect((await complete(id)).json).toMatchObject({ status: 'complete', counts: { in: 6 } });
    expectProblem(await fetchPart(id, 'b'), 'no-such-part');
    expect((await fetchPart(id, 'a')).text).toBe(all(patient, 1));
  });

  test('two files at once', async () => {
    const id = await begin();
    const both = await Promise.all([add(id, 'a', all(patient).repeat(2000)), add(id, 'b', all(seen))]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect((await complete(id)).status).toBe(200);
  });

  test('another key, another practice, a release that is none', async () => {
    const id = await begin();
    const other = `Bearer ${await scene.makeKey(['fhir'])}`;
    const stranger = await scene.ask('POST', `/releases/${id}/complete`, {
      headers: { authorization: other },
    });
    expectProblem(stranger, 'parts-closed');
    const noExtract = await scene.ask('POST', `/releases/${id}/complete`, {});
    expectProblem(noExtract, 'not-your-extract');
    expectProblem(await complete('00000000-0000-4000-8000-000000000000'), 'no-such-release');
    expectProblem(await ask('POST', '/extracts/fhir/releases?parts=1', FHIR), 'invalid-parts');
    expect((await add(id, 'a', all(patient))).status).toBe(204);
  });
});

test('a release without a file is none', async () => {
  const id = await begin();
  expectProblem(await complete(id), 'empty-body');
  expect(await found(id)).toMatchObject({ status: 'failed', reason: 'empty-body' });
});

test('an extract takes its own kind and no other', async () => {
  const post = (extract: string, type: string) =>
    ask('POST', `/extracts/${extract}/releases`, type, all(patient));
  for (const type of ['text/csv', NDJSON, 'application/json', 'application/fhir+json'])
    expectProblem(await post('fhir', type), 'wrong-type');
  expectProblem(await post('research', FHIR), 'wrong-type');
  const whole = await post('fhir', `${FHIR}; fhirVersion=4.0`);
  expect([whole.status, whole.text, whole.headers['content-type']]).toEqual([200, all(patient, 1), FHIR]);
  expect(await found(whole.headers['release-id'])).toMatchObject({ format: FHIR, status: 'complete' });
});

test('values that no treatment could read are counted', async () => {
  const fields = [
    { name: 'nhs_number', treatment: 'pseudonym' as const },
    { name: 'day', treatment: 'month' as const },
  ];
  await scene.addExtract({ extractId: 'reduced', fields });
  const key = `Bearer ${await scene.makeKey(['reduced'])}`;
  const rows = [0, 1, 3].map((place) => `{"nhs_number":"${someNumbers[place]}","day":"soon"}\n`).join('');
  const answer = await scene.ask('POST', '/extracts/reduced/releases', {
    headers: { authorization: key, 'content-type': NDJSON },
    body: rows,
  });
  expect(answer.text).toMatch(/^(\{"nhs_number":"p[0-9a-f]{32}","day":null\}\n){2}$/);
  const { reader } = scene.services.database;
  const id = String(answer.headers['release-id']);
  expect(await reader.release.findUniqueOrThrow({ where: { id } })).toMatchObject({ emptied: 2 });
});

test('rules that cannot be read in the database: nothing leaves', async () => {
  for (const data of [
    { fhir: '{"types":' },
    { fhir: '{"types":[]}' },
    { personColumns: '[]' },
    { personColumns: 'x' },
  ]) {
    await scene.addExtract({ extractId: 'broken' });
    await scene.tamper(data, { extractId: 'broken', state: 'approved' });
    const key = `Bearer ${await scene.makeKey(['broken'])}`;
    expectProblem(
      await scene.release(HEADER + rowOf(0), { authorization: key }, 'broken'),
      'extract-suspended',
    );
  }
});

test('a release that others gave up, because its lease had ended, decides nothing', async () => {
  const id = await begin();
  expect((await add(id, 'a', all(patient))).status).toBe(204);
  const leaseUntil = new Date('2026-11-01T00:00:00.000Z');
  await scene.services.database.write((tx) => tx.release.update({ where: { id }, data: { leaseUntil } }));
  expect(await found(id)).toMatchObject({ status: 'interrupted', reason: 'lease-ended' });
  expectProblem(await complete(id), 'interrupted');
  expectProblem(await fetchPart(id, 'a'), 'parts-closed');
  expect(await found(id)).toMatchObject({ status: 'interrupted', counts: { in: null } });
});

test('what was not fetched when somebody in it objects is not handed over', async () => {
  const id = await begin('research');
  for (const name of ['a', 'b', 'c'])
    await add(id, name, HEADER + rowOf(name === 'b' ? 3 : 4) + rowOf(5), 'text/csv');
  expect((await complete(id)).status).toBe(200);
  expect((await fetchPart(id, 'a')).text).toBe(HEADER + rowOf(4) + rowOf(5));
  // Of somebody else: nobody's rows are lost for it.
  await scene.object(0);
  expect((await fetchPart(id, 'b')).text).toBe(HEADER + rowOf(3) + rowOf(5));
  await scene.object(4);
  expectProblem(await fetchPart(id, 'c'), 'parts-closed');
  // For good: the same file in a new release is decided anew.
  await scene.withdraw(4);
  expectProblem(await fetchPart(id, 'c'), 'parts-closed');
});

test('a new version was approved after the decision: nothing is handed over by the old one', async () => {
  const { id, key } = await decided('renewed');
  await scene.addExtract({ extractId: 'renewed' });
  const got = await scene.ask('GET', `/releases/${id}/parts/a`, { headers: { authorization: key } });
  expectProblem(got, 'parts-closed');
});

test('suspended after the decision: what was not fetched stays', async () => {
  const { id, key } = await decided('late');
  const suspendedAt = new Date('2026-11-20T10:00:00.000Z');
  await scene.tamper({ state: 'suspended', suspendedAt }, { extractId: 'late' });
  const got = await scene.ask('GET', `/releases/${id}/parts/a`, { headers: { authorization: key } });
  expectProblem(got, 'extract-suspended');
  expect(got.json).toMatchObject({ since: '2026-11-20' });
});

test('a key that is revoked while parts arrive ends the release', async () => {
  const id = await begin();
  expect((await add(id, 'a', all(patient))).status).toBe(204);
  const made = await scene.services.keys.list(scene.practiceId);
  const mine = made.find(({ extracts }) => extracts.includes('fhir') && extracts.includes('research'));
  await scene.services.keys.revoke({ practiceId: scene.practiceId, id: mine?.id ?? '' }, manager);
  await expect
    .poll(async () => (await scene.services.guard.findRelease(scene.practiceId, id))?.status, {
      timeout: 20_000,
    })
    .toBe('failed');
  expectProblem(await complete(id), 'no-key');
});

async function decided(extractId: string) {
  await scene.addExtract({ extractId, fields: [], fhir: { types: ['Patient'], narrative: true } });
  const key = `Bearer ${await scene.makeKey([extractId])}`;
  const headers = { authorization: key, 'content-type': FHIR };
  const begun = await scene.ask('POST', `/extracts/${extractId}/releases?parts=true`, { headers });
  const id = String(begun.json.id);
  await scene.ask('POST', `/releases/${id}/parts?name=a`, { headers, body: all(patient) });
  await scene.ask('POST', `/releases/${id}/complete`, { headers });
  return { id, key };
}
