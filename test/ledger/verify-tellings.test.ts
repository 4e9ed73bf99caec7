import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../src/day.ts';
import type { Transaction } from '../../src/store/database.ts';
import { changePractice } from '../../src/store/practice-change.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPublishedNotice, keepTellings, type Told } from '../support/tellings.ts';
import { aPractice, takeInPatients, tick } from './history.ts';
import { keepRelease } from './keep-release.ts';
import { behindTheBack, changed, type Row, table, whileTampered } from './tamper.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
  registry.leaveBroken('some of these releases let out whom they must not');
});
afterAll(() => registry.close());

/** The day of every instant of history.ts. */
const TODAY = '2026-11-20';
const ago = (days: number) => addDays(TODAY, -days);
const notTold = { ok: false, what: 'it let out a patient who was not told of it long enough before' };
let made = 0;

/** A practice of three with an extract that asks that patients were told 28 days before, and a notice about it. */
async function aPracticeThatTells(toldDays: number | null = 28, ground = 'section-251') {
  made += 1;
  const { database, ledger } = registry.services;
  const services = { database, now: tick };
  const id = await aPractice(database, `T${String(made).padStart(5, '0')}`);
  const [one, two, three] = (await takeInPatients(database, id, 3)) as [string, string, string];
  const said = {
    ...{ extract: 'study', ground, toldDays, stricter: [], purpose: 'Research' },
    ...{ recipient: 'An institute', recipientOds: 'X26', destroyBy: null, passedOn: null, fhir: null },
    fields: [{ name: 'code', treatment: 'keep' }],
  };
  const register = (version: number, different: object = {}) =>
    changePractice(database, id, async ({ append }) => {
      const data = { ...said, version, ...different };
      append('extract-registered', { kind: 'staff', id: 'the-manager' }, data, tick());
      const approved = { extract: 'study', version };
      append('extract-approved', { kind: 'staff', id: 'the-guardian' }, approved, tick());
    });
  await register(1);
  const { noticeId } = await aPublishedNotice(services, id, [{ extractId: 'study', version: 1 }]);
  const applies =
    ground === 'legal-obligation' ? { type1: false, type2: false } : { type1: true, type2: true };
  const told = toldDays === null || ground === 'legal-obligation' ? {} : { told: toldDays };
  return {
    ...{ database, id, one, two, three, noticeId, register },
    tell: (...acts: (Omit<Told, 'noticeId'> & { noticeId?: string })[]) =>
      keepTellings(
        services,
        id,
        acts.map((act) => ({ noticeId, ...act })),
      ),
    release: (permitted: string[], different: object = told) =>
      keepRelease(database, id, { extractId: 'study', permitted, applies: { ...applies, ...different } }),
    verify: () => ledger.verify(id),
  };
}

describe('a release that asks that patients were told', () => {
  test('held nobody who was not, on the last day that counts', async () => {
    const { one, two, tell, release, verify } = await aPracticeThatTells();
    await tell({ patientId: one, on: ago(28) }, { patientId: two, on: ago(27) });
    await release([one]);
    expect(await verify()).toMatchObject({ ok: true, checked: { tellings: 2 } });
    await release([one, two]);
    expect(await verify()).toMatchObject(notTold);
  });

  // One row a rule: what does not make a patient one who was told.
  test.each<[string, (practice: Awaited<ReturnType<typeof aPracticeThatTells>>) => Promise<unknown>]>([
    ['nothing at all', async () => undefined],
    [
      'a letter that came back',
      ({ one, tell }) =>
        tell(
          { patientId: one, on: ago(40), attemptId: 'a' },
          { patientId: one, on: ago(30), attemptId: 'a', outcome: 'returned' },
        ),
    ],
    ['a text that was only sent', ({ one, tell }) => tell({ patientId: one, on: ago(40), how: 'text' })],
    ['a letter to somebody else', ({ two, tell }) => tell({ patientId: two, on: ago(40) })],
    [
      'a notice about another extract',
      async ({ database, id, one, tell }) => {
        const other = [{ extractId: 'audit', version: 1 }];
        const { noticeId } = await aPublishedNotice({ database, now: tick }, id, other);
        await tell({ patientId: one, on: ago(40), noticeId });
      },
    ],
  ])('nor does %s count', async (_, before) => {
    const practice = await aPracticeThatTells();
    await before(practice);
    await practice.release([practice.one]);
    expect(await practice.verify()).toMatchObject(notTold);
  });

  test.each([
    ['the same', {}, { ok: true }],
    ['less', { fields: [] }, { ok: true }],
    [
      'more',
      {
        fields: [
          { name: 'code', treatment: 'keep' },
          { name: 'postcode', treatment: 'keep' },
        ],
      },
      notTold,
    ],
    ['another purpose', { purpose: 'Other research' }, notTold],
  ])('of a version that says %s, what was told of the one before', async (_, different, found) => {
    const { database, id, one, tell, register, verify } = await aPracticeThatTells();
    await tell({ patientId: one, on: ago(40) });
    await register(2, different);
    const applies = { type1: true, type2: true, told: 28 };
    await keepRelease(database, id, { extractId: 'study', version: 2, permitted: [one], applies });
    expect(await verify()).toMatchObject(found);
  });

  test('says so as its version does', async () => {
    const what = 'it does not ask that patients were told as its version does';
    const asks = await aPracticeThatTells();
    await asks.release([], {});
    expect(await asks.verify()).toMatchObject({ what });
    const asksLess = await aPracticeThatTells();
    await asksLess.release([], { told: 27 });
    expect(await asksLess.verify()).toMatchObject({ what });
    const doesNot = await aPracticeThatTells(null);
    await doesNot.release([doesNot.one]);
    expect(await doesNot.verify()).toMatchObject({ ok: true });
    const onlyWarns = await aPracticeThatTells(28, 'legal-obligation');
    await onlyWarns.release([onlyWarns.one]);
    expect(await onlyWarns.verify()).toMatchObject({ ok: true });
  });
});

test('a change of any value of an act of telling, or of what a notice covers, is found', async () => {
  const { database, one, tell, release, verify } = await aPracticeThatTells();
  await tell({ patientId: one, on: ago(40) });
  await release([one]);
  expect(await verify()).toMatchObject({ ok: true });
  const [act = {}] = await table(database.reader, 'ToldAct').findMany({ where: { patientId: one } });
  const columns = Object.keys(act).filter((name) => !['runId', 'translationId'].includes(name));
  const told = (data: Row) => async (tx: Transaction) =>
    expect(await table(tx, 'ToldAct').updateMany({ where: { id: act.id }, data })).toEqual({ count: 1 });
  for (const name of columns) {
    const found = await whileTampered(
      database,
      verify,
      ['ToldAct'],
      told({ [name]: changed(act[name] ?? null) }),
    );
    expect(found, name).toMatchObject({ ok: false });
  }
  const gone = await whileTampered(database, verify, ['ToldAct'], (tx) =>
    table(tx, 'ToldAct').deleteMany({ where: { id: act.id } }),
  );
  expect(gone).toMatchObject({ what: 'the act of telling a patient that it speaks of is missing' });
  const notices = ['NoticeVersion'] as const;
  const covers = await whileTampered(database, verify, notices, (tx) =>
    tx.noticeVersion.updateMany({ data: { covers: '[]' } }),
  );
  expect(covers).toMatchObject({ what: 'the wording of a notice is not what the entries say' });
  const moved = await whileTampered(database, verify, notices, (tx) =>
    tx.noticeVersion.updateMany({ data: { publishedIndex: null } }),
  );
  expect(moved).toMatchObject({ what: 'the wording of a notice is not what the entries say' });
  await behindTheBack(database, (tx) =>
    tx.patient.updateMany({ where: { id: one }, data: { changedAtIndex: 0 } }),
  );
  expect(await verify()).toMatchObject({ what: 'the patient does not show that they were told' });
});
