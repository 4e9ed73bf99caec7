import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { londonDay } from '../../src/day.ts';
import { commandLine } from '../support/command-line.ts';
import { somePatients } from '../support/factories.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { expectLedgerVerifies } from '../support/verify-after.ts';

let registry: Registry;
let practiceId: string;
const people = somePatients(300);
const [ann = people[0], ben = people[0]] = people.map(({ nhsNumber }) => nhsNumber);
const system = { kind: 'system', id: 'test' } as const;

beforeEach(async () => {
  registry = await openRegistry();
  practiceId = await addTestPractice(registry, 'A99999');
});

afterEach(async () => {
  await expectLedgerVerifies(registry.services);
  await registry.close();
});

const addPeople = (count: number) =>
  registry.services.patients.add(practiceId, people.slice(0, count), system);
const fileWith = async (...lines: string[]) => {
  const file = join(registry.config.dataDir, 'objections.csv');
  await writeFile(file, ['nhs_number,type,act,received_on', ...lines, ''].join('\r\n'));
  return file;
};
const take = async (lines: readonly string[], ...options: string[]) =>
  commandLine(
    registry.env,
    'objections',
    'import',
    await fileWith(...lines),
    '--practice',
    'a99999',
    ...options,
  );

test('all taken exits 0, and again nothing changes', async () => {
  await addPeople(2);
  const lines = [`${ann},1,record,2016-03-01`, `${ann},2,record,2016-03-01`, `${ben},1,record,soon`];
  expect(await take(lines)).toEqual({
    exit: 0,
    said: [
      'A99999: 3 rows: 3 recorded, 0 confirmed, 0 withdrawn, 0 withdrawals waiting, 0 unchanged, 0 refused.',
      '1 objections have no usable date: they stand, and the app lists them.',
    ],
    complaints: [],
  });
  expect(await take(lines)).toMatchObject({ exit: 0, said: [expect.stringContaining('3 unchanged')] });
});

test('refused rows are named, without the number, and exit 1', async () => {
  await addPeople(1);
  const taken = await take([
    `${ann},1,record,2016-03-01`,
    `${ben},1,withdraw,2016-03-01`,
    '9.99E+09,1,record,',
  ]);
  expect(taken).toMatchObject({
    exit: 1,
    said: [expect.stringContaining('1 recorded')],
    complaints: [
      'Row 3 was not taken: Nobody on the practice’s list has this NHS number.',
      expect.stringMatching(/^Row 4 was not taken: A spreadsheet has destroyed/),
    ],
  });
});

test('withdrawals wait for a manager: exit 3, unless they are confirmed with the option', async () => {
  await addPeople(1);
  const lines = [`${ann},1,record,2016-03-01`, `${ann},1,withdraw,2018-01-01`];
  const inForce = () => registry.services.objections.countInForce(practiceId);
  expect(await take(lines)).toMatchObject({
    exit: 3,
    complaints: [expect.stringContaining('until a manager confirms them in the app')],
  });
  expect(await inForce()).toBe(1);
  expect(await take(lines, '--confirm-withdrawals')).toMatchObject({ exit: 0 });
  expect(await inForce()).toBe(0);
});

test('a file that cannot be read exits 1 with one line; wrong usage exits 2', async () => {
  const run = (...args: string[]) => commandLine(registry.env, 'objections', 'import', ...args);
  const file = await fileWith();
  expect(await run(file, '--practice', 'A99999')).toEqual({
    exit: 1,
    said: [],
    complaints: ['The file has column names, and nothing under them.'],
  });
  expect(await run('none.csv', '--practice', 'A99999')).toMatchObject({ exit: 1 });
  expect(await run(file)).toMatchObject({ exit: 2 });
  expect(await run('--practice', 'A99999')).toMatchObject({ exit: 2 });
  expect(await run(file, '--practice', 'X1')).toMatchObject({ exit: 2 });
});

test('a second process takes a file in beside the running app, which goes on recording', async () => {
  const patients = await addPeople(300);
  const file = await fileWith(
    ...people.flatMap(({ nhsNumber }) => [1, 2].map((type) => `${nhsNumber},${type},record,2016-03-01`)),
  );
  let isRunning = true;
  const importing = promisify(execFile)(
    process.execPath,
    ['dist/cli/main.js', 'objections', 'import', file, '--practice', 'A99999'],
    { env: { ...process.env, ...registry.env } },
  ).finally(() => {
    isRunning = false;
  });
  let recorded = 0;
  while (isRunning) {
    const patientId = patients[recorded % patients.length]?.id ?? '';
    const said = { requester: 'patient', receivedVia: 'phone', receivedOn: londonDay(new Date()) } as const;
    const done = await registry.services.objections.record(
      { practiceId, patientId, types: ['type-1'], ...said },
      system,
    );
    expect(done.ok).toBe(true);
    recorded += 1;
    await pause(20);
  }
  expect((await importing).stdout).toMatch(/600 rows: .* 0 refused\./);
  expect(recorded).toBeGreaterThan(0);
  const acts = await registry.services.database.reader.objectionAct.count();
  expect(acts).toBe(600 + recorded);
  expect(await registry.services.objections.takenInAt(practiceId)).not.toBeNull();
});
