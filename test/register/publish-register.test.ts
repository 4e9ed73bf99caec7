import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { londonDay } from '../../src/day.ts';
import { readVerifier } from '../../src/ledger/signed-note.ts';
import { checkTlogProof } from '../../src/ledger/tlog-proof.ts';
import { digestOfText, type Register, registerText } from '../../src/register/register.ts';
import type { Transaction } from '../../src/store/database.ts';
import { changeWithin } from '../../src/store/practice-change.ts';
import { publishWithin } from '../../src/store/public-log.ts';
import { everybody, guardian, HEADER, manager, release } from '../guard/scene.ts';
import { type TableName, whileTampered } from '../ledger/tamper.ts';
import { somePatients } from '../support/factories.ts';
import { aPublishedNotice, keepTellings } from '../support/tellings.ts';
import { type Days, openDays } from './days.ts';

let days: Days;

const verify = () => days.services.ledger.verify(days.practiceId);
const latest = async () =>
  (await days.services.publicRegister.latest(days.practiceId)) ?? expect.fail('nothing was published');
const register = async () => (await latest()).register;
/** An exemption, asked for by the manager and approved by the guardian. */
async function exempt(endsOn: string): Promise<string> {
  const said = { reason: 'The direction names no objection', reference: 'Direction 7', endsOn };
  const of = { practiceId: days.practiceId, extractId: 'research', version: 1, type: 'type-2' } as const;
  const asked = await days.services.exemptions.ask({ ...of, ...said, lawRequires: false }, manager);
  const id = asked.ok ? asked.id : expect.fail(asked.reason);
  await days.services.exemptions.decide({ practiceId: days.practiceId, id, decision: 'approve' }, guardian);
  return id;
}

beforeAll(async () => {
  days = await openDays('2026-11-28');
});

afterAll(() => days.end());

test('what happens is in the register of the next morning, and not before', async () => {
  expect(await days.services.publicRegister.latest(days.practiceId)).toBeNull();
  await release(days, everybody);
  await days.nextDay();
  const { practiceId, services } = days;
  const [row] = await services.database.reader.release.findMany({ where: { practiceId } });
  expect(await register()).toMatchObject({
    day: '2026-11-29',
    extracts: [
      { id: 'research', size: 'tens', versions: [{ version: 1, state: 'in-force', approvedBy: 'guardian' }] },
    ],
    releases: [{ id: row?.id, extract: 'research', day: '2026-11-28', status: 'complete', size: 'tens' }],
    months: [],
    objections: [],
  });
  await release(days, HEADER);
  expect((await register()).releases).toHaveLength(1);
  expect(await verify()).toMatchObject({ ok: true, checked: { registers: 1 } });
});

test('a month is told of when it is over, and never again otherwise', async () => {
  await days.object(0);
  await days.nextDay();
  await days.goTo('2026-12-01');
  const december = await register();
  expect(december.months).toEqual([
    { month: '2026-11', extract: 'research', releases: 2, failed: 0, checks: 'fewer than 10' },
  ]);
  expect(december.objections).toEqual([{ month: '2026-11', type1: 'fewer than 10', type2: 'fewer than 10' }]);
  await days.services.guard.check(days.job, 'research', ['9990000018'], 'application/json');
  await days.nextDay();
  expect((await register()).months).toEqual(december.months);
  expect((await register()).objections).toEqual(december.objections);
});

test('versions, exemptions and flows elsewhere, with roles and no names, and what nobody may see left out', async () => {
  const { services, practiceId } = days;
  const id = await exempt('2026-12-20');
  const flow = {
    practiceId,
    name: 'National collection',
    recipient: 'NHS England, ask ann@example.org',
    purpose: 'Planning, for instance of 999 000 0018',
    appliedBy: 'The supplier',
    evidencedOn: null,
    evidence: 'A letter about Mrs Smith',
  };
  await services.otherFlows.register(flow, manager);
  const suspended = { practiceId, extractId: 'research', version: 1, why: 'Mrs Smith rang' };
  expect(await services.extracts.suspend(suspended, guardian)).toMatchObject({ ok: true });
  await days.nextDay();
  const { exemptions, otherFlows, extracts } = await register();
  expect(exemptions).toMatchObject([
    { id, extract: 'research', type: 'type-2', approvedBy: 'guardian', endsOn: '2026-12-20', endedOn: null },
  ]);
  expect(otherFlows).toMatchObject([
    { recipient: 'NHS England, ask [left out]', purpose: 'Planning, for instance of [left out]' },
  ]);
  expect(extracts[0]?.versions[0]).toMatchObject({
    state: 'suspended',
    objections: { type1: 'applied', type2: 'not-applied', nationalOptOut: 'not-applied' },
  });
  expect(JSON.stringify(await register())).not.toMatch(/Smith|the-guardian|the-manager|Nightly/);
  expect(await verify()).toMatchObject({ ok: true });
});

test('a stop of the guard stands there, and how it was settled, without a word that somebody typed', async () => {
  const { services, practiceId, job } = days;
  const stops = { usualNumber: null, listAgeDays: 14, maxUnreadable: null };
  await days.addExtract({ extractId: 'stale', stops });
  await services.database.write((tx) => tx.practice.updateMany({ data: { listTakenInAt: new Date(0) } }));
  const stale = { ...job, extracts: ['stale'] };
  expect(await services.guard.admit(stale, 'stale')).toEqual({ ok: false, reason: 'source-stale' });
  await days.nextDay();
  const [open] = (await register()).stops;
  expect(open).toMatchObject({ kind: 'stop-source-stale', extract: 'stale', closedOn: null, settled: null });
  const closing = { practiceId, id: open?.id ?? '', closingWords: 'Mrs Smith brought the list' };
  expect(await services.incidents.close(closing, guardian)).toMatchObject({ ok: true });
  const day = await days.nextDay();
  expect((await register()).stops).toMatchObject([{ settled: 'looked-at', closedOn: expect.any(String) }]);
  expect((await register()).stops[0]?.closedOn).not.toBe(day);
  expect(JSON.stringify(await register())).not.toContain('Smith');
});

test('anybody can check it: its digest is in the log that the practice signed, always in the last place', async () => {
  const { services, practiceId } = days;
  const { ledgerIndex, register: published } = await latest();
  const [key] = await services.publicLog.verifiers(practiceId);
  const known = readVerifier(key?.verifier ?? '') ?? expect.fail('no verifier');
  const proof = (await services.publicRegister.proof(practiceId, ledgerIndex)) ?? '';
  const checked = checkTlogProof(proof, [known]);
  expect(checked).toMatchObject({ ok: true, size: ledgerIndex + 1 });
  expect(checked.ok && JSON.parse(checked.text).data.digest).toBe(digestOfText(registerText(published)));
});

describe('what was done behind the back of the app', () => {
  const where = () => ({ practiceId: days.practiceId });
  const rewrite = (change: (register: Register) => Register) => async (tx: Transaction) => {
    const { day } = await latest();
    const row = await tx.publishedRegister.findFirstOrThrow({ where: { ...where(), day } });
    const text = registerText(change(JSON.parse(gunzipSync(row.content).toString('utf8'))));
    await tx.publishedRegister.updateMany({ where: { ...where(), day }, data: { content: gzipSync(text) } });
  };
  type Case = [what: string, tables: TableName[], work: (tx: Transaction) => Promise<unknown>, found: RegExp];

  test.each<Case>([
    [
      'a register is changed',
      ['PublishedRegister'],
      rewrite((one) => ({ ...one, releases: one.releases.slice(1) })),
      /^the register of .* is not the one that it names$/,
    ],
    [
      'a register is dropped',
      ['PublishedRegister'],
      (tx) => tx.publishedRegister.deleteMany({ where: { ...where(), day: '2026-11-30' } }),
      /^the register of 2026-11-30 is missing$/,
    ],
    [
      'a register is added that has no entry',
      ['PublishedRegister'],
      async (tx) => {
        const row = await tx.publishedRegister.findFirstOrThrow({ where: where() });
        await tx.publishedRegister.create({ data: { ...row, day: '2026-01-01', ledgerIndex: 9_999 } });
      },
      /^the register of 2026-01-01 has no entry$/,
    ],
    [
      'a register is not to be read',
      ['PublishedRegister'],
      (tx) => tx.publishedRegister.updateMany({ where: where(), data: { content: Buffer.from('x') } }),
      /is not the one that it names$/,
    ],
  ])('%s', async (_, tables, work, found) => {
    const verified = await whileTampered(days.services.database, verify, tables, work);
    expect(verified).toMatchObject({ ok: false, what: expect.stringMatching(found) });
    expect(await verify()).toMatchObject({ ok: true });
  });

  test('a release that is taken out of the database is missed, by its id', async () => {
    const { database } = days.services;
    const { id } = await database.reader.release.findFirstOrThrow({ where: where() });
    const take = async (tx: Transaction) => {
      await tx.release.deleteMany({ where: { id } });
      await tx.releaseAccount.deleteMany({ where: { releaseId: id } });
    };
    const verified = await whileTampered(database, verify, ['Release', 'ReleaseAccount'], take);
    expect(verified).toMatchObject({ ok: false, what: `the release that it speaks of is missing: ${id}` });
  });
});

/** Registers that the app itself would never make, published with the entry and the signature that fit them. */
describe('a register that does not tell what the entries tell', () => {
  const DAY = '2026-12-31';
  const everything: TableName[] = [
    ...(['LedgerHead', 'LedgerLeaf', 'LedgerText'] as const),
    ...(['LedgerTile', 'PublishedCheckpoint', 'PublishedRegister'] as const),
  ];
  const publish = (made: Register) => async (tx: Transaction) => {
    const text = registerText(made);
    const data = { day: DAY, digest: digestOfText(text), months: [] };
    await changeWithin(days.services.database, tx, days.practiceId, async ({ append, practiceId }) => {
      const ledgerIndex = append('register-published', { kind: 'system', id: 'register' }, data, at);
      await tx.publishedRegister.create({
        data: { practiceId, day: DAY, ledgerIndex, content: gzipSync(text), at },
      });
    });
    await publishWithin(tx, days.practiceId, DAY, at);
  };
  const at = new Date(`${DAY}T04:00:00Z`);
  type Case = [what: string, change: (register: Register) => Partial<Register>, found: RegExp | undefined];

  test.each<Case>([
    ['all as it was', () => ({}), undefined],
    [
      'a release is left out',
      ({ releases }) => ({ releases: releases.slice(1) }),
      /^the register of 2026-12-31 does not have: release [0-9a-f-]{36} of research 1 on 2026-11-2/,
    ],
    [
      'a release is told that never was',
      ({ releases }) => ({
        releases: releases.map((one) => ({ ...one, id: `${one.id}1` })).concat(releases),
      }),
      /has what did not happen: release/,
    ],
    [
      'a release is told to have been smaller than it was',
      ({ releases }) => ({ releases: releases.map((one) => ({ ...one, status: 'failed', size: null })) }),
      /does not have: release/,
    ],
    ['a month is left out', () => ({ months: [] }), /does not have: month 2026-11 of research: 2 releases/],
    [
      'an approved version is left out',
      ({ extracts }) => ({ extracts: extracts.filter(({ id }) => id !== 'stale') }),
      /does not have: extract stale/,
    ],
    [
      'a recipient is told to be another',
      ({ extracts }) => ({
        extracts: extracts.map((one) => ({
          ...one,
          versions: one.versions.map((version) => ({ ...version, recipient: 'Somebody nice' })),
        })),
      }),
      /does not have: version research 1 to An institute/,
    ],
    ['an exemption is left out', () => ({ exemptions: [] }), /does not have: exemption .* from type-2/],
    ['a stop is left out', () => ({ stops: [] }), /does not have: stop .* stop-source-stale of stale/],
    ['a flow elsewhere is left out', () => ({ otherFlows: [] }), /does not have: flow/],
    [
      'a month that is over is counted anew',
      ({ objections }) => ({ objections: objections.map((one) => ({ ...one, type1: 'about 10' })) }),
      /tells otherwise of objections than the one before/,
    ],
  ])('%s', async (_, change, found) => {
    const now = await register();
    const made = { ...now, ...change(now), day: DAY };
    const verified = await whileTampered(days.services.database, verify, everything, publish(made));
    expect(verified).toMatchObject(
      found === undefined ? { ok: true } : { ok: false, what: expect.stringMatching(found) },
    );
    expect(await verify()).toMatchObject({ ok: true });
  });
});

test('by which notice patients are told of what; of a short list nothing of how many', async () => {
  const { services, practiceId } = days;
  const version = (await register()).extracts.find(({ id }) => id === 'research')?.versions[0]?.version ?? 0;
  const before = (await register()).telling;
  const { noticeId } = await aPublishedNotice(services, practiceId, [{ extractId: 'research', version }]);
  const publishedOn = londonDay(services.now());
  await keepTellings(
    services,
    practiceId,
    days.patients.map((patientId) => ({ patientId, noticeId, on: publishedOn })),
  );
  await days.nextDay();
  expect(before).toEqual([]);
  const telling = (await register()).telling?.filter((one) => one.version === version);
  expect(telling).toEqual([
    {
      extract: 'research',
      version,
      notice: { title: 'title', version: 1 },
      publishedOn,
      withdrawnOn: null,
      told: null,
    },
  ]);
});

test('how many were told is a share in tenths, counted on the first day of a month', async () => {
  const { services, practiceId } = days;
  const people = somePatients(400, 2000).map(({ nhsNumber, givenName, familyName, dateOfBirth }) => ({
    ...{ nhsNumber, givenName, familyName, dateOfBirth },
  }));
  const added = await services.patients.add(practiceId, people, manager);
  const version = (await register()).extracts.find(({ id }) => id === 'research')?.versions[0]?.version ?? 0;
  const { noticeId } = await aPublishedNotice(services, practiceId, [{ extractId: 'research', version }]);
  const on = londonDay(services.now());
  const tell = (from: number, to: number) =>
    keepTellings(
      services,
      practiceId,
      added.slice(from, to).map(({ id: patientId }) => ({ patientId, noticeId, on })),
    );
  const told = async () =>
    (await register()).telling?.find((one) => one.publishedOn === on && one.version === version)?.told;
  await tell(0, 280);
  await days.nextDay();
  expect(await told()).toBeNull();
  await days.goTo('2027-02-01');
  expect(await told()).toEqual({ month: '2027-02', share: 'about 7 in 10' });
  await tell(280, 400);
  await days.nextDay();
  expect(await told()).toEqual({ month: '2027-02', share: 'about 7 in 10' });
  await days.goTo('2027-03-01');
  expect(await told()).toEqual({ month: '2027-03', share: 'more than 9 in 10' });
});
