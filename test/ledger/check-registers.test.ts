import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LedgerCheck } from '../../src/ledger/check-ledger.ts';
import type { Transaction } from '../../src/store/database.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPractice } from './history.ts';
import { whileTampered } from './tamper.ts';

const DAY = 86_400_000;
/** Three days before one on which the first of the sevenths is read again: all entries here are in it. */
const begin = Date.UTC(2027, 0, 4, 6);
let now: Date;
let registry: Registry;
let practiceId: string;
let days: string[];
let last: LedgerCheck;

const nextNight = () => {
  now = new Date(now.getTime() + DAY);
};
const check = async () => {
  last = await registry.services.ledger.check(practiceId);
  return last.verified;
};

/** A practice that published two registers, and was checked as a whole. */
beforeEach(async () => {
  now = new Date(begin - DAY);
  registry = await openRegistry({}, { now: () => now });
  const { publicLog, database, ledger } = registry.services;
  practiceId = await aPractice(database, 'A10001');
  await publicLog.publishAll();
  nextNight();
  await publicLog.publishAll();
  const rows = await database.reader.publishedRegister.findMany({ orderBy: { day: 'asc' } });
  days = rows.map(({ day }) => day);
  expect((await ledger.checkWhole(practiceId)).verified).toMatchObject({ ok: true });
});
afterEach(() => registry.close());

/** The register of a day names another practice. */
const rewritten = (day = '') => {
  const work = async (tx: Transaction) => {
    const where = { practiceId_day: { practiceId, day } };
    const { content } = await tx.publishedRegister.findUniqueOrThrow({ where });
    const text = gunzipSync(content).toString('utf8').replace('"ods":"A10001"', '"ods":"B99999"');
    await tx.publishedRegister.update({ where, data: { content: gzipSync(text) } });
  };
  return <T>(verify: () => Promise<T>) =>
    whileTampered(registry.services.database, verify as never, ['PublishedRegister'], work);
};

test('a changed register is found the same night, when it is the one that everybody sees', async () => {
  nextNight();
  const found = await rewritten(days.at(-1))(check);
  expect(found).toMatchObject({ ok: false, what: expect.stringContaining('is not the one that it names') });
  expect(last.whyWhole).toContain('does not fit');
  expect(await check()).toMatchObject({ ok: true });
  expect(last.fromIndex).not.toBeNull();
});

test('an older one is found when its share is read again', async () => {
  expect(days).toHaveLength(2);
  const found = await rewritten(days[0])(async () => {
    for (let night = 1; night < 3; night += 1) {
      nextNight();
      expect(await check()).toMatchObject({ ok: true });
      expect(last.fromIndex).not.toBeNull();
    }
    nextNight();
    return check();
  });
  expect(found).toMatchObject({ ok: false, what: expect.stringContaining('is not the one that it names') });
});
