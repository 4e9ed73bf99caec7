import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { anApprovedExtract } from '../support/extracts.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;

beforeEach(async () => {
  registry = await openRegistry();
  const practiceId = await addTestPractice(registry, 'A12345');
  await anApprovedExtract(registry.services, practiceId);
  await anApprovedExtract(registry.services, practiceId, { extractId: 'second' });
});
afterEach(() => registry.close());

const create = (...more: string[]) =>
  commandLine(registry.env, 'key', 'create', '--practice', 'a12345', '--name', 'Nightly', ...more);

test('prints a key that works, on the first line', async () => {
  const { exit, said, complaints } = await create(
    '--extract',
    'second',
    '--extract',
    'research-events',
    '--days',
    '7',
  );
  expect({ exit, complaints }).toEqual({ exit: 0, complaints: [] });
  const key = await registry.services.keys.findUsable(said[0] ?? '');
  expect(key).toMatchObject({ name: 'Nightly', extracts: ['research-events', 'second'] });
  const days = ((key?.expiresAt.getTime() ?? 0) - (key?.createdAt.getTime() ?? 0)) / 86_400_000;
  expect(Math.round(days)).toBe(7);
});

test.each([
  [['--extract', 'unknown'], 1, 'does not have all of these extracts'],
  [[], 2, '--extract is missing'],
  [['--extract', 'second', '--days', '0'], 2, '--days'],
  [['--extract', 'second', '--days', '367'], 2, '--days'],
  [['--extract', 'second', '--days', 'x'], 2, '--days'],
  [['--extract', 'second', '--practice', 'B99999'], 2, 'no practice B99999'],
])('%j is refused', async (more, exit, words) => {
  expect(await create(...more)).toEqual({ exit, said: [], complaints: [expect.stringContaining(words)] });
});
