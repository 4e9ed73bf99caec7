import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { visit } from '../support/log-in.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;
const run = (...argv: string[]) => commandLine(registry.env, ...argv);
const manager = ['--email', 'Manager@surgery.example', '--name', 'Sam Field', '--role', 'manager'];

beforeEach(async () => {
  registry = await openRegistry({ PUBLIC_URL: 'http://registry.example' });
});

afterEach(() => registry.close());

test('a new installation: a practice, its first account, and a first log in', async () => {
  const added = await run('practice', 'add', '--ods', 'a12345', '--name', 'The Surgery');
  expect(added).toMatchObject({ exit: 0, complaints: [] });
  expect(added.said[0]).toBe('A12345 was added. Its ledger is registry.example/log/A12345.');

  const account = await run('staff', 'add', '--practice', 'A12345', ...manager);
  expect(account).toMatchObject({ exit: 0, complaints: [] });
  const code = /One-time code: (\S+)/.exec(account.said.join('\n'))?.[1] ?? '';
  expect(code).toMatch(/^(\w{4}-){3}\w{4}$/);

  const agent = visit(await registry.listen());
  const password = 'tidal lantern 41 quarry';
  const email = 'manager@surgery.example';
  expect((await agent.submit('/first-password', { email, code, password })).status).toBe(303);
  expect((await agent.submit('/log-in', { email, password })).status).toBe(303);
  expect((await agent.get('/account')).text).toContain('Sam Field');
});

test.each([
  [[], 2],
  [['--help'], 0],
  [['practice', 'add', '--help'], 0],
  [['staff', 'add', '--help'], 0],
  [['serve', '--help'], 0],
])('%j explains itself, exit %i', async (argv, exit) => {
  const told = await run(...argv);
  expect(told).toMatchObject({ exit, complaints: [] });
  expect(told.said.join('\n')).toContain('opt-out-registry');
});

test.each([
  [['practise', 'add']],
  [['practice', 'add', '--ods', 'A12345']],
  [['practice', 'add', '--ods', 'A 1', '--name', 'The Surgery']],
  [['practice', 'add', '--ods', 'A12345', '--name', 'The Surgery', '--colour', 'red']],
  [['practice', 'add', '--ods', 'A12345', '--name', 'The Surgery', 'more']],
  [['staff', 'add', '--practice', 'Z99999', ...manager]],
  [['staff', 'add', '--practice', 'Z99999', ...manager.with(-1, 'owner')]],
])('%j is wrong usage: exit 2, one plain line, nothing done', async (argv) => {
  const told = await run(...argv);
  expect(told).toMatchObject({ exit: 2, said: [] });
  expect(told.complaints).toHaveLength(1);
  expect(told.complaints[0]).not.toContain('\n');
  expect(await registry.services.staff.practices()).toEqual([]);
});

test('what is taken is refused: exit 1', async () => {
  const add = ['practice', 'add', '--ods', 'A12345', '--name', 'The Surgery'];
  await run(...add);
  expect(await run(...add)).toEqual({
    exit: 1,
    said: [],
    complaints: ['There is a practice with this ODS code already.'],
  });
  const staff = ['staff', 'add', '--practice', 'A12345', ...manager];
  await run(...staff);
  expect(await run(...staff)).toMatchObject({ exit: 1, said: [] });
});

test('wrong settings are named, and a database that is gone is exit 4', async () => {
  const told = await commandLine(
    { ...registry.env, PORT: 'many' },
    'practice',
    'add',
    '--ods',
    'A1',
    '--name',
    'B',
  );
  expect(told).toMatchObject({ exit: 2, said: [], complaints: [expect.stringContaining('PORT')] });
  const gone = 'postgresql://postgres@127.0.0.1:1/registry';
  const env = { ...registry.env, DATABASE_URL: gone };
  const add = ['practice', 'add', '--ods', 'A12345', '--name', 'The Surgery'];
  expect(await commandLine(env, ...add)).toMatchObject({ exit: 4, said: [] });
});
