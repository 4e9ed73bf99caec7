import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { greeting } from '../../src/demo/greeting.ts';
import { openWithDemo } from '../../src/demo/open-with-demo.ts';
import { services } from '../../src/services.ts';
import { makeFastFolder } from '../support/fast-folder.ts';

let dataDir: string;
let said: string[];

beforeEach(async () => {
  dataDir = await makeFastFolder('registry-demo-');
  said = [];
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

function settings(different: Record<string, string> = {}) {
  const read = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...different });
  if (!read.ok) throw new Error(read.faults.join());
  return read.config;
}

const secret = 'a secret of at least thirty-two characters';
const inProduction = {
  NODE_ENV: 'production',
  MASTER_KEY: secret,
  SESSION_SECRET: secret,
  PUBLIC_URL: 'https://registry.example',
};
const open = (different?: Record<string, string>) =>
  openWithDemo(settings(different), (line) => said.push(line));

test('the made-up practice is made once, at the first start, and production refuses it', async () => {
  // What is left of a first start that was broken off.
  writeFileSync(join(dataDir, 'registry.db.making'), 'half a database');
  const first = await open();
  const practices = await first.staff.practices();
  expect(practices.map(({ ods, madeUp }) => [ods, madeUp])).toEqual([
    ['A99999', true],
    ['B99999', true],
  ]);
  expect(said).toHaveLength(1);
  await first.close();
  expect(existsSync(join(dataDir, 'registry.db.making'))).toBe(false);
  expect(readFileSync(join(dataDir, 'sample-events.csv'), 'utf8')).toMatch(/^nhs_number,event_date,kind,/);

  const second = await open();
  expect(await second.staff.practices()).toEqual(practices);
  expect(said).toHaveLength(1);
  await second.close();

  await expect(open(inProduction)).rejects.toThrow('made-up practice, which production refuses');
}, 300_000);

test('one that was broken off where it cannot be moved into place says what to do', async () => {
  const empty = await services(settings());
  const by = { kind: 'command-line', id: 'test' } as const;
  await empty.staff.addPractice({ ods: 'A99999', name: 'The Example Surgery', madeUp: true }, by);
  await empty.close();
  await expect(open()).rejects.toThrow('was not finished when it was made. Empty the database');
});

test('a database that somebody uses stays as it is', async () => {
  const used = await services(settings());
  await used.staff.addPractice({ ods: 'C12345', name: 'A real one' }, { kind: 'command-line', id: 'test' });
  await used.close();
  const opened = await open();
  expect((await opened.staff.practices()).map(({ ods }) => ods)).toEqual(['C12345']);
  expect(said).toEqual([]);
  await opened.close();
});

test('who starts it is told where to log in, as whom, and how to send an extract', () => {
  const words = greeting(settings({ PORT: '3100' }));
  expect(words).toContain('http://localhost:3100');
  for (const name of ['reception', 'manager', 'guardian', 'monitor'])
    expect(words).toContain(`${name}@example.practice`);
  expect(words).toContain('opt-out-demo-2026');
  expect(words).toContain(`oor_demo_${'0'.repeat(43)}`);
});
