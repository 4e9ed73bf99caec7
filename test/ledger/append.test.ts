import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changePractice } from '../../src/store/practice-change.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPractice, receptionist, tick } from './history.ts';

const secondProcess = fileURLToPath(new URL('append-batches.mjs', import.meta.url));
let registry: Registry;

beforeAll(async () => {
  registry = await openRegistry();
});

afterAll(() => registry.close());

/** Appends one entry and returns its index. */
function append(practiceId: string, data: { n: number }): Promise<number> {
  return changePractice(registry.services.database, practiceId, async (change) =>
    change.append('access-digest', receptionist, data, tick()),
  );
}

describe('many writers', () => {
  test('100 at once, and an import beside them from another process, make one straight ledger', async () => {
    const { database, ledger } = registry.services;
    const practiceId = await aPractice(database, 'A10001');
    const importing = promisify(execFile)(process.execPath, [
      secondProcess,
      registry.config.databaseUrl,
      practiceId,
      '10',
      '300',
      join(registry.config.dataDir, 'master.key'),
    ]);
    const indexes = await Promise.all(Array.from({ length: 100 }, (_, n) => append(practiceId, { n })));
    await importing;

    expect(new Set(indexes).size).toBe(100);
    expect(await ledger.verify(practiceId)).toMatchObject({
      ok: true,
      checked: { entries: 1 + 100 + 10 * 300 },
    });
    for (const [n, index] of indexes.entries()) {
      const { text } = await database.reader.ledgerText.findUniqueOrThrow({
        where: { practiceId_index: { practiceId, index } },
      });
      expect(JSON.parse(text)).toMatchObject({ index, data: { n } });
    }
  });

  test('the ledgers of two practices do not wait for each other, nor mix', async () => {
    const { database, ledger } = registry.services;
    const [one, two] = [await aPractice(database, 'A10002'), await aPractice(database, 'A10003')];
    await Promise.all(Array.from({ length: 40 }, (_, n) => append(n % 2 === 0 ? one : two, { n })));
    for (const practiceId of [one, two]) {
      expect(await ledger.verify(practiceId)).toMatchObject({ ok: true, checked: { entries: 21 } });
    }
  });
});

describe('a change that fails', () => {
  test('leaves no entry, and the next takes its place', async () => {
    const { database, ledger } = registry.services;
    const practiceId = await aPractice(database, 'A10004');
    const failing = changePractice(database, practiceId, async (change) => {
      change.append('access-digest', receptionist, { n: 1 }, tick());
      throw new Error('the paper jammed');
    });
    await expect(failing).rejects.toThrow('the paper jammed');
    expect(await append(practiceId, { n: 2 })).toBe(1);
    expect(await ledger.verify(practiceId)).toMatchObject({ ok: true, checked: { entries: 2 } });
  });

  test('so does one whose entry cannot be written down', async () => {
    const { database, ledger } = registry.services;
    const practiceId = await aPractice(database, 'A10005');
    await expect(append(practiceId, { n: 0.5 })).rejects.toThrow(TypeError);
    expect(await ledger.verify(practiceId)).toMatchObject({ ok: true, checked: { entries: 1 } });
  });

  test('there is no ledger of a practice that does not exist', async () => {
    await expect(append('no-such-practice', { n: 1 })).rejects.toThrow();
  });
});
