import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPractice, keepActs, takeInPatients } from './history.ts';
import { keepRelease } from './keep-release.ts';

let registry: Registry;

beforeAll(async () => {
  registry = await openRegistry();
  registry.leaveBroken('most of these practices let out whom they must not');
});

afterAll(() => registry.close());

/** A practice of three, of whom the first objected (type 1). */
async function another(ods: string) {
  const { database, ledger } = registry.services;
  const id = await aPractice(database, ods);
  const [one, two, three] = (await takeInPatients(database, id, 3)) as [string, string, string];
  const [objection] = await keepActs(database, id, [
    { kind: 'record', receivedOn: '2016-03-01', patientId: one },
  ]);
  return { database, id, one, two, three, objection, verify: () => ledger.verify(id) };
}

describe('the law itself', () => {
  const type2Only = { type1: false, type2: true };

  test('a release that let out a patient whose objection was in force is named', async () => {
    const { database, id, one, two, verify } = await another('A10002');
    await keepRelease(database, id, { permitted: [two] });
    await keepRelease(database, id, { permitted: [one, two] });
    expect(await verify()).toEqual({
      ok: false,
      index: 7,
      what: 'it let out a patient whose type 1 objection was in force',
    });
    const neighbour = await another('B10002');
    expect(await neighbour.verify()).toMatchObject({ ok: true });
  });

  test('so is a check', async () => {
    const { database, id, one, verify } = await another('A10003');
    await keepRelease(database, id, { kind: 'check', permitted: [one] });
    expect(await verify()).toMatchObject({ ok: false, index: 3 });
  });

  test('a type that the release did not apply withholds nobody from it', async () => {
    const { database, id, one, verify } = await another('A10004');
    await keepRelease(database, id, { permitted: [one], applies: type2Only });
    expect(await verify()).toMatchObject({ ok: true });
  });

  test('an objection after the release does not count, a withdrawal before it does', async () => {
    const { database, id, one, two, three, verify } = await another('A10005');
    await keepActs(database, id, [{ kind: 'withdraw', receivedOn: '2018-05-25', patientId: one }]);
    await keepRelease(database, id, { permitted: [one, two, three] });
    await keepActs(database, id, [{ kind: 'record', receivedOn: '2016-03-01', patientId: two }]);
    expect(await verify()).toMatchObject({ ok: true });
    await keepRelease(database, id, { permitted: [one, two] });
    expect(await verify()).toMatchObject({ ok: false, index: 9 });
  });

  test('an objection said to be in error holds until a second person confirms it', async () => {
    const { database, id, one, objection, verify } = await another('A10006');
    const targetActId = objection?.id ?? '';
    await keepActs(database, id, [{ kind: 'ask-error', patientId: one, targetActId }]);
    await keepRelease(database, id, { permitted: [one] });
    expect(await verify()).toMatchObject({ ok: false, index: 5 });
  });
});

describe('two people, always', () => {
  test('who said that an objection was in error, and confirmed it too, is named', async () => {
    const { database, id, one, objection, verify } = await another('A10008');
    const targetActId = objection?.id ?? '';
    const manager = { kind: 'staff', id: 'somebody-else' } as const;
    await keepActs(database, id, [{ kind: 'ask-error', patientId: one, targetActId, actor: manager }]);
    await keepActs(database, id, [{ kind: 'confirm-error', patientId: one, targetActId }]);
    expect(await verify()).toMatchObject({ ok: true });
    const [again] = await keepActs(database, id, [
      { kind: 'record', receivedOn: '2016-03-02', patientId: one },
    ]);
    const twice = { patientId: one, targetActId: again?.id ?? '', actor: manager };
    await keepActs(database, id, [
      { kind: 'ask-error', ...twice },
      { kind: 'confirm-error', ...twice },
    ]);
    expect(await verify()).toEqual({
      ok: false,
      index: 7,
      what: 'who said that an objection was in error confirmed it too',
    });
  });
});

describe('while others write', () => {
  test('verify sees one moment', async () => {
    const { database } = registry.services;
    const id = await aPractice(database, 'A10007');
    const ids = await takeInPatients(database, id, 30);
    const writing = ids.map((patientId) =>
      keepActs(database, id, [{ kind: 'record', receivedOn: '2016-03-01', patientId }]),
    );
    for (let time = 0; time < 5; time += 1) {
      expect(await registry.services.ledger.verify(id)).toMatchObject({ ok: true });
    }
    await Promise.all(writing);
    expect(await registry.services.ledger.verify(id)).toMatchObject({
      ok: true,
      checked: { objectionActs: 30 },
    });
  });
});
