import { randomUUID } from 'node:crypto';
import '../../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MOST_EVIDENCE, type NewEvidence } from '../../../src/objections/evidence/add-evidence.ts';
import { aPdf, aPng } from '../../support/scans.ts';
import { openScene, receptionist, type Scene } from '../scene.ts';

let scene: Scene;
let actId: string;
beforeEach(async () => {
  scene = await openScene();
  const done = await scene.objections.record(scene.ask({ types: ['type-1', 'type-2'] }), receptionist);
  actId = (done.ok && done.acts[1]?.id) || '';
});
afterEach(() => scene.end());

const evidence = () => scene.registry.services.evidence;
const add = (different: Partial<NewEvidence> = {}) =>
  evidence().add(
    { practiceId: scene.practiceId, actId, id: randomUUID(), reference: 'Letter', ...different },
    receptionist,
  );
const found = async () => {
  const act = await scene.objections.act(scene.practiceId, actId);
  return evidence().ofRequest(scene.practiceId, act?.requestId ?? '');
};

test('a reference is kept with the request, whichever of its acts was named', async () => {
  expect(await add({ reference: ' Document 12 ' })).toEqual({ ok: true });
  expect(await found()).toMatchObject([{ kind: 'reference', reference: 'Document 12', fileName: null }]);
});

test('a scan is encrypted in the database, and comes out as it went in', async () => {
  const id = randomUUID();
  const scan = { fileName: 'form.pdf', bytes: aPdf() };
  expect(await add({ id, reference: '', scan })).toEqual({ ok: true });
  const row = await scene.registry.services.database.reader.evidence.findUnique({ where: { id } });
  expect(Buffer.from(row?.sealed ?? []).includes('PDF')).toBe(false);
  const opened = await evidence().scan(scene.practiceId, id);
  expect(opened?.bytes.equals(scan.bytes)).toBe(true);
  expect(opened).toMatchObject({ contentType: 'application/pdf', size: scan.bytes.length });
  expect(await evidence().scan(randomUUID(), id)).toBeNull();
});

test('one scan put in another’s place does not open', async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  await add({ id: one, scan: { fileName: 'a', bytes: aPdf() } });
  await add({ id: other, scan: { fileName: 'b', bytes: aPng } });
  const { database } = scene.registry.services;
  const row = await database.reader.evidence.findUnique({ where: { id: one } });
  await database.write((tx) =>
    tx.evidence.update({ where: { id: other }, data: { sealed: row?.sealed ?? null } }),
  );
  await expect(evidence().scan(scene.practiceId, other)).rejects.toThrow();
});

test('the ledger says that it was added, and neither its words nor the name of its file', async () => {
  await add({ reference: 'Letter of her sister', scan: { fileName: 'sister.png', bytes: aPng } });
  const { reader } = scene.registry.services.database;
  const [entry] = await reader.ledgerText.findMany({ where: { text: { contains: 'evidence-added' } } });
  expect(entry?.text).toMatch(/"digest":"[0-9a-f]{64}"/);
  expect(entry?.text).not.toMatch(/sister/);
});

test.each([
  [{ reference: ' ' }, 'nothing-given'],
  [{ reference: 'x'.repeat(301) }, 'reference-too-long'],
  [{ actId: randomUUID() }, 'no-such-act'],
  [{ scan: { fileName: 'a.pdf', bytes: Buffer.from('MZ') } }, 'not-a-scan'],
])('%o is refused: %s', async (different, reason) => {
  expect(await add(different)).toEqual({ ok: false, reason });
  expect(await found()).toEqual([]);
});

test('sent twice it is kept once, and there is a most', async () => {
  const id = randomUUID();
  await add({ id });
  expect(await add({ id })).toEqual({ ok: true });
  for (let n = 1; n < MOST_EVIDENCE; n++) await add();
  expect(await found()).toHaveLength(MOST_EVIDENCE);
  expect(await add()).toEqual({ ok: false, reason: 'too-many' });
});
