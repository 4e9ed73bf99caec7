import { afterEach, beforeEach, expect, test } from 'vitest';
import '../support/registry.ts';
import type { ObjectionRequest } from '../../src/objections/request.ts';
import {
  everybody,
  guardian,
  manager,
  openScene,
  receptionist,
  release,
  type Scene,
  START,
} from '../guard/scene.ts';
import { someNumbers } from '../guard/some-csv.ts';
import { openNow } from './open-now.ts';

const HOUR = 3_600_000;
let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

const at = (hours: number) => {
  scene.clock.now = new Date(START.getTime() + hours * HOUR);
};
const request = (patient: number, different: Partial<ObjectionRequest> = {}): ObjectionRequest => ({
  practiceId: scene.practiceId,
  patientId: scene.patients[patient] ?? '',
  types: ['type-1', 'type-2'],
  requester: 'patient',
  receivedVia: 'letter',
  receivedOn: '2026-11-19',
  identityChecked: 'photo-id',
  ...different,
});
const record = async (patient: number, different?: Partial<ObjectionRequest>) => {
  const done = await scene.services.objections.record(request(patient, different), receptionist);
  if (!done.ok) throw new Error(done.reason);
  return done.acts;
};
const open = () => openNow(scene.services, scene.practiceId);

test('data left between received on and recorded at: one incident, however many acts and releases', async () => {
  const first = await release(scene, everybody);
  at(24);
  const second = await release(scene, everybody);
  await record(0);
  expect(await open()).toMatchObject([
    {
      kind: 'left-before-recorded',
      patientId: scene.patients[0],
      sinceOn: '2026-11-19',
      releases: [first.id, second.id],
      openedAt: scene.clock.now,
      regulatorBy: new Date(START.getTime() + (24 + 72) * HOUR),
      what: expect.stringContaining('Data left in between in 2 releases'),
    },
  ]);
  const texts = await scene.services.database.reader.ledgerText.findMany({ orderBy: { index: 'asc' } });
  expect(JSON.parse(texts.at(-1)?.text ?? '')).toMatchObject({
    act: 'incident-opened',
    actor: { kind: 'system', id: 'incidents' },
    data: { patient: scene.patients[0], releases: 2, since: '2026-11-19' },
  });
});

test('a confirmation of what was in force all the time opens nothing', async () => {
  await record(0);
  await release(scene, everybody);
  at(24);
  await record(0);
  expect(await open()).toEqual([]);
});

test('told by telephone today, what left in the night was before', async () => {
  at(-6);
  await release(scene, everybody);
  at(0);
  await record(0, { receivedVia: 'phone', receivedOn: '2026-11-20' });
  expect(await open()).toEqual([]);
  await record(1, { receivedVia: 'email', receivedOn: '2026-11-20' });
  expect(await open()).toHaveLength(1);
});

test('a withdrawal that was entered in error, while it stood', async () => {
  await record(0, { types: ['type-1'] });
  at(24);
  const withdrawn = await scene.services.objections.withdraw(
    request(0, { types: ['type-1'], receivedOn: '2026-11-20' }),
    receptionist,
  );
  at(48);
  const let1 = await release(scene, everybody);
  expect(await open()).toEqual([]);
  const actId = (withdrawn.ok && withdrawn.acts[0]?.id) || '';
  await scene.services.objections.markInError(
    { practiceId: scene.practiceId, actId, reason: 'Another patient' },
    manager,
  );
  expect(await open()).toMatchObject([{ kind: 'left-despite-objection', releases: [let1.id] }]);
});

test('who says that they asked before opens one in any case', async () => {
  await record(0, { firstAskedOn: '2026-11-01', firstAskedProof: 'A letter of that day' });
  expect(await open()).toMatchObject([{ kind: 'asked-before', sinceOn: '2026-11-01', releases: [] }]);
});

test('an imported file of old objections: one incident each, and none for direct care', async () => {
  await scene.addExtract({ extractId: 'care', ground: 'direct-care' });
  const care = { ...scene, job: { ...scene.job, extracts: ['care'] } };
  await release(care, everybody, 'care');
  const left = await release(scene, everybody);
  const rows = someNumbers
    .slice(0, 3)
    .flatMap((number) => [1, 2].map((type) => `${number},${type},record,2016-03-01`));
  const bytes = Buffer.from(`nhs_number,type,act,received_on\n${rows.join('\n')}\n`);
  const file = { practiceId: scene.practiceId, madeUp: false, fileName: 'old.csv', bytes };
  await scene.services.objections.import({ ...file, confirmWithdrawals: false }, manager);
  const incidents = await open();
  expect(new Set(incidents.map(({ patientId }) => patientId))).toEqual(new Set(scene.patients.slice(0, 3)));
  expect(incidents.map(({ releases }) => releases)).toEqual([[left.id], [left.id], [left.id]]);
});

test('what a crash left out is found by the job, once', async () => {
  await release(scene, everybody);
  // As if the process had died between the act and the look: the watch goes back to where it was.
  await record(0);
  const { database, incidents } = scene.services;
  await database.write((tx) => tx.incident.deleteMany());
  await database.write((tx) => tx.incidentWatch.deleteMany());
  expect(await Promise.all([incidents.look(), incidents.look()])).toContain(1);
  expect(await open()).toHaveLength(1);
  expect(await incidents.look()).toBe(0);
});

test('a release that let somebody out despite an objection, found by the check of the morning', async () => {
  const { database, reports, incidents } = scene.services;
  await record(0);
  await release(scene, everybody);
  await reports.verifyAll();
  expect(await open()).toEqual([]);
  const problem = 'entry 9: it let out a patient whose type 1 objection was in force';
  const { openForProblem } = await import('../../src/incidents/open-incidents.ts');
  const { incidentStore } = await import('../../src/store/incident-store.ts');
  const found = { practiceId: scene.practiceId, problem };
  expect(await openForProblem(incidentStore(database), found, START)).toBe(true);
  expect(await openForProblem(incidentStore(database), found, START)).toBe(false);
  expect(await open()).toMatchObject([{ kind: 'left-despite-objection', patientId: null }]);
  const [{ id } = { id: '' }] = await open();
  const about = { practiceId: scene.practiceId, id };
  const assessment = {
    assessment: 'Looked',
    risk: 'high',
    tellRegulator: 'tell',
    tellPatient: 'do-not-tell',
  } as const;
  expect(await incidents.assess({ ...about, ...assessment, seenAssessedAt: null }, manager)).toEqual({
    ok: true,
  });
  const again = await incidents.assess({ ...about, ...assessment, seenAssessedAt: null }, guardian);
  expect(again).toEqual({ ok: false, reason: 'assessed-meanwhile' });
  const closing = { ...about, closingWords: 'Done' };
  expect(await incidents.close(closing, guardian)).toEqual({ ok: false, reason: 'regulator-not-told' });
  expect(await incidents.tell({ ...about, whom: 'regulator', on: '2026-11-19' }, manager)).toMatchObject({
    reason: 'before-it-opened',
  });
  expect(await incidents.tell({ ...about, whom: 'regulator', on: '2026-11-20' }, manager)).toEqual({
    ok: true,
  });
  expect(await incidents.close(closing, guardian)).toEqual({ ok: true });
  expect(await incidents.close(closing, guardian)).toEqual({ ok: false, reason: 'already-closed' });
});
