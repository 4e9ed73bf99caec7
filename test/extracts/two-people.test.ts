import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewExtract } from '../../src/extracts/register-extract.ts';
import { missingTriggers } from '../../src/store/append-only.ts';
import { anExtract } from '../support/extracts.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

const by = (id: string) => ({ kind: 'staff', id }) as const;
const [manager, deputy, guardian] = [by('manager'), by('deputy'), by('guardian')];
let registry: Registry;
let practiceId: string;

beforeAll(async () => {
  registry = await openRegistry();
  practiceId = await addTestPractice(registry);
});

afterAll(() => registry.close());

let made = 0;
/** A draft of the manager, of which nothing is missing. */
async function aDraft(different: Partial<NewExtract> = {}) {
  made += 1;
  const { services } = registry;
  const extractId = `extract-${made}`;
  const said = {
    destroyBy: '2099-12-31',
    agreementStartsOn: '2026-01-01',
    agreementEndsOn: '2099-12-31',
  };
  await anExtract(services, practiceId, { extractId, state: 'draft', ...said, ...different });
  return { practiceId, extractId, version: 1 };
}
const run = (sql: string) => registry.services.database.write((tx) => tx.$executeRawUnsafe(sql));
const stateOf = async (extractId: string) =>
  (await registry.services.extracts.versionsOf(practiceId, extractId)).map(({ state }) => state);

describe('nobody who worked on a version approves it', () => {
  test('neither who registered, nor who edited, nor who sent it; somebody else does', async () => {
    const { extracts } = registry.services;
    const name = await aDraft();
    expect(await extracts.edit({ ...name, content: { purpose: 'Another' } }, manager)).toMatchObject({
      how: 'draft',
    });
    expect(await extracts.send(name, deputy)).toEqual({ ok: true });
    for (const one of [manager, deputy, { kind: 'command-line', id: 'test' } as const])
      expect(await extracts.approve(name, one)).toEqual({ ok: false, reason: 'same-person' });
    expect(await extracts.approve(name, guardian)).toEqual({ ok: true });
  });

  test('the database refuses it too, whatever way is tried', async () => {
    const { extracts } = registry.services;
    const name = await aDraft();
    await extracts.edit({ ...name, content: { purpose: 'Another' } }, manager);
    await extracts.send(name, deputy);
    const where = `WHERE "extractId" = '${name.extractId}'`;
    const approve = (who: string, more = '') =>
      run(`UPDATE "ExtractVersion" SET "state" = 'approved', "approvedBy" = ${who}${more} ${where}`);
    for (const who of ["'test'", "'manager'", "'deputy'", 'NULL', '"registeredBy"'])
      await expect(approve(who), who).rejects.toThrow(/cannot approve it/);
    // Taking somebody out of those who worked on it, first or at once, is refused as well.
    for (const more of [
      `, "registeredBy" = 'x'`,
      `, "workedOnBy" = NULL`,
      `, "workedOnBy" = '[]'`,
      `, "workedOnBy" = '["test"]'`,
    ])
      await expect(approve("'manager'", more), more).rejects.toThrow(/cannot approve it/);
    await expect(run(`UPDATE "ExtractVersion" SET "workedOnBy" = '["x"]' ${where}`)).rejects.toThrow();
    await expect(run(`UPDATE "ExtractVersion" SET "registeredBy" = 'x' ${where}`)).rejects.toThrow();
    const copy = `INSERT INTO "ExtractVersion" ("practiceId", "extractId", "version", "state", "name", "recipient",
      "recipientOds", "purpose", "ground", "reference", "fields", "startsOn", "endsOn", "checksApproved", "stops",
      "registeredBy", "registeredAt", "approvedBy") SELECT "practiceId", "extractId", 2, 'approved', "name", "recipient",
      "recipientOds", "purpose", "ground", "reference", "fields", "startsOn", "endsOn", "checksApproved", "stops",
      "registeredBy", "registeredAt", `;
    for (const who of ['"registeredBy"', 'NULL'])
      await expect(run(`${copy}${who} FROM "ExtractVersion" ${where}`)).rejects.toThrow(/cannot approve it/);
    expect(await stateOf(name.extractId)).toEqual(['awaiting-approval']);
  });

  test('who worked on it does not resume it either', async () => {
    const { extracts } = registry.services;
    const name = await aDraft();
    await extracts.send(name, manager);
    await extracts.approve(name, guardian);
    expect(await extracts.suspend({ ...name, why: ' ' }, manager)).toEqual({
      ok: false,
      reason: 'no-reason',
    });
    expect(await extracts.suspend({ ...name, why: 'A doubt' }, manager)).toEqual({ ok: true });
    expect(await extracts.resume(name, manager)).toEqual({ ok: false, reason: 'same-person' });
    expect(await extracts.resume(name, guardian)).toEqual({ ok: true });
    expect(await stateOf(name.extractId)).toEqual(['approved']);
  });
});

test('start and verify fail when the database does not hold it any more', async () => {
  const { database, ledger } = registry.services;
  const isSqlite = database.kind === 'sqlite';
  const trigger = isSqlite ? 'ExtractVersion_two_people_update' : 'ExtractVersion_two_people';
  const [{ sql } = { sql: '' }] = await database.reader.$queryRawUnsafe<{ sql: string }[]>(
    isSqlite
      ? `SELECT sql FROM sqlite_master WHERE name = '${trigger}'`
      : `SELECT pg_get_triggerdef(oid) AS sql FROM pg_trigger WHERE tgname = '${trigger}'`,
  );
  await run(isSqlite ? `DROP TRIGGER "${trigger}"` : `DROP TRIGGER "${trigger}" ON "ExtractVersion"`);
  expect(await missingTriggers(database)).toEqual([trigger]);
  expect(await ledger.verify(practiceId)).toMatchObject({
    ok: false,
    what: `the trigger ${trigger} is missing`,
  });
  await run(sql);
  expect(await missingTriggers(database)).toEqual([]);
});
