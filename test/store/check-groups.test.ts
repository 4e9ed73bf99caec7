import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openGuard } from '../../src/guard/open-guard.ts';
import { nextTurn, sharing } from '../../src/guard/shared-reads.ts';
import { extractStore } from '../../src/store/extract-store.ts';
import { patientIndexSource } from '../../src/store/patient-index-store.ts';
import { releaseStore } from '../../src/store/release-store.ts';
import { manager, openScene, type Scene } from '../guard/scene.ts';
import { someNumbers } from '../guard/some-csv.ts';
import '../support/registry.ts';
import { answersOf } from '../guard/answers.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
// The ledger is verified at the end: every check has its own entry, row and account.
afterEach(() => scene.end());

const [A = '', B = ''] = someNumbers;
const check = (asked: readonly string[]) =>
  scene.services.guard.check(scene.job, 'research', asked, 'application/json');
const head = () =>
  scene.services.database.reader.ledgerHead.findUniqueOrThrow({ where: { practiceId: scene.practiceId } });
const rows = () => scene.services.database.reader.release.findMany({ orderBy: { decidedIndex: 'asc' } });

test('checks at once share transactions, and each is answered, entered and kept as if it were alone', async () => {
  await scene.object(1);
  await check([A]);
  const before = await head();
  const asked = Array.from({ length: 300 }, (_, n) => (n % 3 === 0 ? [A, B] : [n % 2 === 0 ? A : B]));
  const checked = await Promise.all(asked.map((numbers) => check(numbers)));
  const after = await head();

  expect(checked.map((one) => one.ok && answersOf(one))).toEqual(
    asked.map((numbers) => numbers.map((number) => (number === A ? A : null))),
  );
  expect(after.size - before.size).toBe(300);
  // Three at least, for no more than 128 share one; how many exactly is a matter of luck.
  expect(after.touched - before.touched).toBeLessThan(100);
  const kept = (await rows()).slice(1);
  expect(kept.map(({ ledgerSize, decidedIndex }) => ledgerSize === decidedIndex)).toEqual(
    Array(300).fill(true),
  );
  const states = new Map(
    kept.map(({ id, ledgerSize, ledgerRoot }) => [id, { size: ledgerSize, root: ledgerRoot }]),
  );
  for (const one of checked) expect(one.ok && one.ledger).toEqual(one.ok && states.get(one.id));
});

test('one whose key was revoked is refused, one that fails fails, and the others are committed', async () => {
  const { services, practiceId, job } = scene;
  const { database, vault, now, config } = services;
  const expiresAt = new Date('2099-06-01T00:00:00.000Z');
  const extracts = ['research'];
  const made = await services.keys.make({ practiceId, name: 'Revoked', extracts, expiresAt }, manager);
  const first = await check([A]);
  if (!made.ok || !first.ok) throw new Error('The scene is not set');
  await services.keys.revoke({ practiceId, id: made.id }, manager);
  const store = releaseStore(database);
  const guard = openGuard({
    extracts: extractStore(database, vault),
    releases: {
      ...store,
      // As if two checks had the same random id.
      decideCheck: (given, decision) =>
        store.decideCheck(given.format === 'doubled' ? { ...given, id: first.id } : given, decision),
    },
    indexSource: (id) => patientIndexSource(database, id),
    now,
    spoolFolder: join(config.dataDir, 'spool'),
    spoolMaxBytes: 1e9,
  });
  const some = (format: string, keyId = job.keyId) =>
    guard.check({ ...job, keyId }, 'research', [A, B], format);
  const before = (await rows()).length;
  const done = await Promise.allSettled([
    ...['1', '2', '3'].map((format) => some(format)),
    some('doubled'),
    some('refused', made.id),
    ...['4', '5', '6'].map((format) => some(format)),
  ]);
  expect(
    done.map((one) => (one.status === 'rejected' ? 'failed' : one.value.ok || one.value.reason)),
  ).toEqual([true, true, true, 'failed', 'no-key', true, true, true]);
  const kept = (await rows()).slice(before);
  expect(kept.map(({ format }) => format).sort()).toEqual(['1', '2', '3', '4', '5', '6']);
});

test('those who ask at once share a read, but none that was sent before they asked', async () => {
  const shared = sharing();
  let sent = 0;
  const read = async () => {
    const number = ++sent;
    await nextTurn();
    return number;
  };
  const [a, b] = [shared(['x'], read), shared(['x'], read)];
  await nextTurn();
  expect(sent).toBe(1);
  const [c, d] = [shared(['x'], read), shared(['x'], read)];
  expect(await Promise.all([a, b, c, d])).toEqual([1, 1, 2, 2]);
  await expect(shared(['x'], () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await Promise.all([shared(['x'], read), shared(['y'], read)])).toEqual([3, 4]);
});
