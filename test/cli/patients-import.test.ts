import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import request from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aList, ann, ben } from '../patients/import-scene.ts';
import { commandLine } from '../support/command-line.ts';
import { patientsCsv, somePatients } from '../support/factories.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { expectLedgerVerifies } from '../support/verify-after.ts';

let registry: Registry;
let practiceId: string;

beforeEach(async () => {
  registry = await openRegistry();
  practiceId = await addTestPractice(registry, 'A99999');
});

afterEach(async () => {
  await expectLedgerVerifies(registry.services);
  await registry.close();
});

const fileWith = async (content: string | Buffer) => {
  const file = join(registry.config.dataDir, 'list.csv');
  await writeFile(file, content);
  return file;
};
const take = async (content: string | Buffer, ...options: string[]) =>
  commandLine(
    registry.env,
    'patients',
    'import',
    await fileWith(content),
    '--practice',
    'a99999',
    ...options,
  );

test('takes a list in, and again: nothing changes', async () => {
  expect(await take(aList(ann, ben))).toEqual({
    exit: 0,
    said: ['A99999: 2 of 2 rows: 2 added, 0 changed, 0 unchanged, 0 refused, 0 whose number is shared.'],
    complaints: [],
  });
  expect(await take(aList(ann, ben))).toMatchObject({
    exit: 0,
    said: [expect.stringContaining('2 unchanged')],
  });
});

test('names refused and ambiguous rows, and exits 1 for the refused', async () => {
  expect(
    await take(aList(ann, '9990000018 Dan Green 1950-05-05', '9.99E+09 Ben Jones 1960-04-13')),
  ).toMatchObject({
    exit: 1,
    said: [expect.stringContaining('1 refused, 2 whose number is shared')],
    complaints: [
      expect.stringMatching(/^Row 4 \(refused\): A spreadsheet/),
      expect.stringMatching(/^Row 2 \(ambiguous\)/),
      expect.stringMatching(/^Row 3 \(ambiguous\)/),
    ],
  });
});

test('too many gone wait for a manager: exit 3', async () => {
  await take(aList(ann, ben));
  expect(await take(aList(ann), '--whole-list')).toMatchObject({
    exit: 3,
    complaints: [expect.stringContaining('A manager has to say in the app')],
  });
});

test('says how many are gone', async () => {
  const people = somePatients(30);
  await take(patientsCsv(people), '--whole-list');
  expect(await take(patientsCsv(people.slice(1)), '--whole-list')).toMatchObject({
    exit: 0,
    said: [
      expect.anything(),
      '1 people who are not in the file were marked as gone. Their objections stand.',
    ],
  });
});

test('a wrong file says what is wrong with it, in one line', async () => {
  expect(await take('a,b\n1,2\n')).toEqual({
    exit: 1,
    said: [],
    complaints: [expect.stringMatching(/^No row with column names[^\n]*$/)],
  });
  const none = await commandLine(registry.env, 'patients', 'import', 'none.csv', '--practice', 'A99999');
  expect(none).toMatchObject({ exit: 1, complaints: ['The file none.csv cannot be read.'] });
});

test('wrong usage exits 2; a list beside another one exits 4', async () => {
  expect(await commandLine(registry.env, 'patients', 'import', '--practice', 'A99999')).toMatchObject({
    exit: 2,
  });
  expect(await commandLine(registry.env, 'patients', 'import', 'x.csv')).toMatchObject({ exit: 2 });
  const nowhere = await commandLine(registry.env, 'patients', 'import', 'x.csv', '--practice', 'X1');
  expect(nowhere).toMatchObject({ exit: 2, complaints: ['There is no practice X1.'] });
  await registry.services.patients.import(
    {
      practice: { id: practiceId, madeUp: false },
      fileName: 'x',
      bytes: Buffer.from(aList(ann)),
      wholeList: false,
    },
    { kind: 'system', id: 'test' },
  );
  expect(await take(aList(ben))).toMatchObject({ exit: 4 });
});

test('a second process takes a list in beside the running server, which goes on recording', async () => {
  const address = await registry.listen();
  const [first] = await registry.services.patients.add(practiceId, somePatients(1), {
    kind: 'system',
    id: 'test',
  });
  const file = await fileWith(patientsCsv(somePatients(2000)));
  let isRunning = true;
  const importing = promisify(execFile)(
    process.execPath,
    ['dist/cli/main.js', 'patients', 'import', file, '--practice', 'A99999', '--whole-list'],
    { env: { ...process.env, ...registry.env } },
  ).finally(() => {
    isRunning = false;
  });
  let recorded = 0;
  while (isRunning) {
    await request(address).get('/health/ready').expect(200);
    const done = await registry.services.objections.record(
      {
        practiceId,
        patientId: first?.id ?? '',
        types: ['type-1'],
        requester: 'patient',
        receivedVia: 'phone',
        receivedOn: '2026-01-01',
      },
      { kind: 'staff', id: 'test' },
    );
    expect(done.ok).toBe(true);
    recorded += 1;
  }
  const { stdout, stderr } = await importing;
  expect(stderr).toBe('');
  expect(stdout).toContain('1999 added, 0 changed, 1 unchanged, 0 refused');
  expect(recorded).toBeGreaterThan(3);
  expect(await registry.services.database.reader.objectionAct.count()).toBe(recorded);
});
