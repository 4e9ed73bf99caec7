import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { readSecrets, vault } from '../src/secrets.ts';

const configIn = (dataDir: string) => {
  const read = readConfig({ DATA_DIR: dataDir });
  if (!read.ok) throw new Error(read.faults.join());
  return read.config;
};

test('what is sealed opens again, for its purpose only, under its key only, unchanged only', () => {
  const ours = vault('a'.repeat(32));
  const other = vault('b'.repeat(32));
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(), (plain, place) => {
      const sealed = ours.seal(plain, 'pseudonym');
      expect(ours.open(sealed, 'pseudonym')).toEqual(Buffer.from(plain));
      expect(() => ours.open(sealed, 'evidence')).toThrow();
      expect(() => other.open(sealed, 'pseudonym')).toThrow();
      const changed = Buffer.from(sealed);
      changed[place % sealed.length] = (changed[place % sealed.length] ?? 0) ^ 1;
      expect(() => ours.open(changed, 'pseudonym')).toThrow();
    }),
    { numRuns: 50 },
  );
});

test('outside production the secrets are made once, and only the owner may read them', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'registry-secrets-')), 'data');
  const first = readSecrets(configIn(folder));
  const second = readSecrets(configIn(folder));
  expect(second.sessionSecret).toBe(first.sessionSecret);
  expect(second.vault.open(first.vault.seal(Buffer.from('x'), 'p'), 'p').toString()).toBe('x');
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, 'master.key'))).mode & 0o777).toBe(0o600);
  expect((await readFile(join(folder, 'master.key'), 'utf8')).length).toBeGreaterThanOrEqual(44);
});
