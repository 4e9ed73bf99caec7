import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandLine } from '../../support/command-line.ts';
import { textOf } from '../../support/page.ts';
import { type Desk, openDesk } from './objections/desk.ts';

let desk: Desk;
let actId: string;
let code: string;

beforeAll(async () => {
  desk = await openDesk();
  actId = await desk.recorded({ types: ['type-1', 'type-2'] });
  code = desk.services.receipts.code(actId);
});
afterAll(() => desk.end());

const get = (path: string) => request(desk.address).get(path).buffer(true);
const words = async () => textOf((await get(`/receipts/${code}`).expect(200)).text, 'main');
const publish = (day: string) =>
  desk.services.publicLog.publish(desk.practice.practice.id, day, new Date(`${day}T04:00:00Z`));

test('the paper shows the code, the address and a drawing of it, which the security policy lets stand', async () => {
  const { text } = await (await desk.as('receptionist')).get(`/objections/receipts/${actId}`);
  expect(textOf(text, 'main').replaceAll(' ', '')).toContain(code);
  expect(text).toContain(`/receipts/${code}`);
  expect(text).toMatch(/<svg aria-hidden="true"(?![^>]*style=)[^>]*>/);
});

test('before it is published, the page says when it will be', async () => {
  expect(await words()).toMatch(/Type 1 objection Information: In force/);
  expect(await words()).toContain('Not yet: it will be in the checkpoint of 21 November 2026');
  await get(`/receipts/${code}/proofs/type-1.tlog-proof`).expect(404);
});

test('once it is, the proof holds offline, and nothing else does', async () => {
  await publish('2026-11-21');
  expect(await words()).toContain('in the checkpoint of 21 November 2026');
  const [{ verifier } = { verifier: '' }] = await desk.services.publicLog.verifiers(
    desk.practice.practice.id,
  );
  for (const type of ['type-1', 'type-2']) {
    const { text, headers } = await get(`/receipts/${code}/proofs/${type}.tlog-proof`).expect(200);
    expect(headers['content-disposition']).toContain(`objection-${type}.tlog-proof`);
    const file = join(desk.services.config.dataDir, 'a.tlog-proof');
    const check = async (proof: string, key = verifier) => {
      await writeFile(file, proof);
      return commandLine({ NODE_ENV: 'test' }, 'receipt', 'verify', file, '--key', key);
    };
    expect(await check(text)).toMatchObject({ exit: 0, said: [/proof holds/, RegExp(`"type":"${type}"`)] });
    expect(await check(text.replace(/index (\d+)/, 'index 0'))).toMatchObject({
      exit: 1,
      complaints: [/not in the log/],
    });
    expect(await check(text.replace(/extra ..../, 'extra AAAA'))).toMatchObject({ exit: 1 });
    expect(await check(text.replace(/\n\n(\S+)\n(\d+)\n/, '\n\n$1\n1$2\n'))).toMatchObject({
      exit: 1,
      complaints: [/signature/],
    });
    expect(await check('hello')).toMatchObject({ exit: 1, complaints: [/not a proof/] });
    expect(await check(text, 'hello')).toMatchObject({ exit: 2 });
  }
  await get(`/receipts/${code}/proofs/type-3.tlog-proof`).expect(404);
});

test('it names nobody, is sent to nobody, and sets no cookie', async () => {
  const { text, headers } = await get(`/receipts/${code}`).expect(200);
  const [patient] = await desk.services.patients.byIds(desk.practice.practice.id, [desk.patientId]);
  for (const secret of [
    desk.patientId,
    patient?.familyName,
    patient?.givenName,
    patient?.nhsNumber,
    patient?.dateOfBirth,
  ])
    expect(text).not.toContain(secret);
  expect(headers).toMatchObject({
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
  });
  expect(headers['set-cookie']).toBeUndefined();
});

test('every wrong code has the same answer', async () => {
  const { services } = desk;
  const ofNothing = services.receipts.code('00000000-0000-4000-8000-000000000000');
  const other = code.replace(/.$/, (letter) => (letter === '0' ? '2' : '0'));
  const answers = await Promise.all(
    [ofNothing, other, 'ABC', 'Z'.repeat(26)].map((wrong) => get(`/receipts/${wrong}`)),
  );
  const shape = ({ status, text }: { status: number; text: string }) => [
    status,
    textOf(text, 'main').replace(/[0-9a-f-]{36}/, ''),
  ];
  for (const answer of answers)
    expect(shape(answer)).toEqual([404, expect.stringContaining('no receipt with this code')]);
  expect(new Set(answers.map((answer) => String(shape(answer)))).size).toBe(1);
});

test('what happened since is said: withdrawn', async () => {
  await desk.withdrawn({ types: ['type-1'], receivedOn: '2026-11-10' });
  expect(await words()).toMatch(/Not in force: withdrawn/);
  expect(await words()).toMatch(/Type 2 objection Information: In force/);
});

test('a network that asks too often has to wait', async () => {
  const statuses = new Set<number>();
  for (let asked = 0; asked < 70; asked += 1) statuses.add((await get(`/receipts/${code}`)).status);
  expect(statuses).toEqual(new Set([200, 429]));
});
