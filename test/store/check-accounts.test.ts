import { afterAll, beforeAll, expect, test } from 'vitest';
import { bitmapOf } from '../../src/guard/members-list.ts';
import { membersOf } from '../../src/guard/membership.ts';
import { openScene, receptionist, type Scene } from '../guard/scene.ts';
import '../support/registry.ts';
import { behindTheBack, whileTampered } from '../ledger/tamper.ts';
import { madeUpNhsNumber } from '../support/factories.ts';

/** More than four bytes of a bitmap, so that one of the last is listed instead. */
const MORE = 60;
const number = (n: number) => madeUpNhsNumber(1000 + n);

let scene: Scene;
let last: { patientId: string; checkId: string };

beforeAll(async () => {
  scene = await openScene();
  for (let n = 0; n < MORE; n++) await scene.addPatient({ nhsNumber: number(n) });
  const checked = await check([number(MORE - 1)]);
  last = { patientId: scene.patients.at(-1) ?? '', checkId: checked.id };
  await check(Array.from({ length: MORE }, (_, n) => number(n)));
});
afterAll(() => scene.end());

async function check(asked: readonly string[]) {
  const checked = await scene.services.guard.check(scene.job, 'research', asked, 'application/json');
  if (!checked.ok) throw new Error(checked.reason);
  return checked;
}

const accounts = () => scene.services.database.reader.releaseAccount.findMany({});
const verify = () => scene.services.ledger.verify(scene.practiceId);

test('a check of one of many lists them, one of all has a bitmap, and the ledger holds both against its entries', async () => {
  const kept = await accounts();
  const one = kept.find(({ releaseId }) => releaseId === last.checkId);
  const all = kept.find(({ releaseId }) => releaseId !== last.checkId);
  const ordinal = scene.patients.length - 1;
  expect([one?.members.length, one?.memberOrdinals?.length]).toEqual([0, 4]);
  expect([...membersOf(bitmapOf(one as NonNullable<typeof one>))]).toEqual([ordinal]);
  expect(all?.memberOrdinals).toHaveLength(0);
  expect([...membersOf(bitmapOf(all as NonNullable<typeof all>))]).toHaveLength(MORE);
  expect(await verify()).toMatchObject({ ok: true });
});

test('whoever is taken off the list, or put on another, is missed', async () => {
  const { database } = scene.services;
  const where = { releaseId: last.checkId };
  for (const memberOrdinals of [null, Buffer.alloc(0), Buffer.from([0, 0, 0, 3])]) {
    const found = await whileTampered(database, verify, ['ReleaseAccount'], (tx) =>
      tx.releaseAccount.updateMany({ where, data: { memberOrdinals } }),
    );
    expect(found).toMatchObject({ ok: false, what: 'the release is not what it says' });
  }
});

test('an account of before, without a list, is what its entry says still', async () => {
  const { database } = scene.services;
  const { releaseId } = (await accounts()).find((one) => one.memberOrdinals?.length === 0) ?? {};
  await behindTheBack(database, (tx) =>
    tx.releaseAccount.updateMany({ where: { releaseId: releaseId ?? '' }, data: { memberOrdinals: null } }),
  );
  expect(await verify()).toMatchObject({ ok: true });
});

test('the patient is told of a check that lists them, and it is an incident when they had objected before', async () => {
  const { services, practiceId } = scene;
  const records = await services.patients.byIds(practiceId, [last.patientId]);
  const { left } = await services.usageAccount(practiceId, records);
  const ids = left.flatMap(({ times }) => times.map(({ releaseId }) => releaseId));
  expect(ids).toContain(last.checkId);

  const request = { practiceId, patientId: last.patientId, types: ['type-1' as const] };
  const asked = { requester: 'patient' as const, receivedVia: 'letter' as const, receivedOn: '2026-11-01' };
  expect(await services.objections.record({ ...request, ...asked }, receptionist)).toMatchObject({
    ok: true,
  });
  await services.incidents.look();
  const rows = await services.database.reader.incident.findMany({ where: { practiceId } });
  expect(rows.flatMap(({ releases }) => JSON.parse(releases ?? '[]') as string[])).toContain(last.checkId);
});

test('a long account and a short one of one moment are kept as they are, and verify', async () => {
  await scene.addExtract({ ground: 'direct-care' });
  // Ten bytes each: more than is written with other rows in one text.
  const strangers = Array.from({ length: 500 }, (_, n) => number(5000 + n));
  const [long, short] = await Promise.all([check(strangers), check([number(3), strangers[7] as string])]);
  const unlistedOf = async ({ id }: { readonly id: string }) => {
    const kept = (await accounts()).find(({ releaseId }) => releaseId === id);
    return Buffer.from(kept?.unlisted ?? '').toString('latin1');
  };
  expect(await unlistedOf(long)).toBe([...strangers].sort().join(''));
  expect(await unlistedOf(short)).toBe(strangers[7]);
  const rows = await scene.services.database.reader.release.findMany({
    where: { id: { in: [long.id, short.id] } },
  });
  expect(rows.map(({ decidedAt, endedAt }) => [decidedAt, endedAt])).toEqual([
    [long.checkedAt, long.checkedAt],
    [short.checkedAt, short.checkedAt],
  ]);
  expect(await verify()).toMatchObject({ ok: true });
});
