import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { membersOf } from '../../../src/guard/membership.ts';
import { someNumbers } from '../../guard/some-csv.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';

let scene: ApiScene;

beforeAll(async () => {
  scene = await openApiScene();
  await scene.object(1, 'type-1');
  await scene.object(4, 'type-2');
});

afterAll(() => scene.end());

const [first = '', objector = '', third = ''] = someNumbers;
const spaced = (nhsNumber: string) => nhsNumber.replace(/(...)(...)(....)/, '$1 $2 $3');
const checkJson = (nhsNumbers: unknown) =>
  scene.ask('POST', '/extracts/research/checks', {
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ nhsNumbers }),
  });
const checkText = (body: string | Buffer, headers = {}) =>
  scene.ask('POST', '/extracts/research/checks', {
    headers: { 'content-type': 'text/plain', ...headers },
    body,
  });

test('says who is permitted: in the order asked, ten digits, each once', async () => {
  const asked = [
    spaced(third),
    objector,
    first,
    'abc',
    '',
    `${third.slice(0, 5)}-${third.slice(5)}`,
    '9434765919',
    '9.99E+09',
  ];
  const { status, headers, json } = await checkJson(asked);
  expect(status).toBe(200);
  expect(json).toEqual({
    id: headers['release-id'],
    extract: 'research',
    version: 1,
    checkedAt: scene.services.now().toISOString(),
    permitted: [third, first],
    counts: { asked: 8, permitted: 3, withheld: 5 },
    ledger: { size: expect.any(Number), root: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
});

test('is recorded like a release: what is permitted counts as having left', async () => {
  const { json } = await checkJson([first, objector, first]);
  expect(await scene.found(json.id)).toEqual({
    id: json.id,
    extract: 'research',
    version: 1,
    kind: 'check',
    status: 'complete',
    reason: null,
    startedAt: json.checkedAt,
    endedAt: json.checkedAt,
    format: 'application/json',
    counts: { in: 3, out: 2, withheld: 1 },
    digests: { in: null, out: null },
    ledger: json.ledger,
  });
  const account = await scene.services.database.reader.releaseAccount.findUniqueOrThrow({
    where: { releaseId: String(json.id) },
  });
  expect([...membersOf(account.members)]).toEqual([0]);
});

test('a repeated check is a new one, decided anew', async () => {
  const before = await checkJson([third]);
  await scene.object(2);
  const after = await checkJson([third]);
  await scene.withdraw(2);
  expect(after.json.id).not.toBe(before.json.id);
  expect([before.json.permitted, after.json.permitted]).toEqual([[third], []]);
  expect((await checkJson([third])).json.permitted).toEqual([third]);
});

test.each([
  [
    'as the national opt-out check has them',
    `${first},\n${objector},\n${third},\n`,
    `${first},\n${third},\n`,
  ],
  [
    'mixed, with repeats',
    `${third}\r\n ${spaced(first)} ,\n${objector}\n${third}`,
    `${third}\r\n ${spaced(first)} ,\n${third}`,
  ],
  ['with a byte order mark and empty lines', `\ufeff${first}\n\n\r\n${third}\n`, `${first}\n${third}\n`],
  ['nobody permitted', `${objector},\nabc\n${first}${third}\n${first},,\n`, ''],
])('as text it gives the same lines less those withheld: %s', async (_, asked, answered) => {
  const answer = await checkText(asked);
  expect([answer.status, answer.text]).toEqual([200, answered]);
  expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(await scene.found(answer.headers['release-id'])).toMatchObject({
    kind: 'check',
    format: 'text/plain',
  });
});

test('as text it counts lines in a header', async () => {
  const { headers } = await checkText(`${first}\n${objector}\n${first}\n\n`);
  expect(headers['release-counts']).toBe('in=3, out=2, withheld=1');
});

test('takes gzip, and 100,000 numbers', async () => {
  const many = `${`${objector}\n`.repeat(99_999)}${first}\n`;
  const answer = await checkText(gzipSync(many), { 'content-encoding': 'gzip' });
  expect(answer.text).toBe(`${first}\n`);
  const { json } = await checkJson([...Array(99_999).fill(spaced(objector)), first]);
  expect(json.counts).toEqual({ asked: 100_000, permitted: 1, withheld: 99_999 });
});

test('large checks at the same time, and one after the other, know nothing of each other', async () => {
  const mayLeave = [0, 2, 3, 5].map((place) => someNumbers[place] as string);
  // From short ones to one of 300 kB: with memory that others had, and without.
  const lengths = [1300, 1400, 5000, 10_000, 19_000, 23_000];
  const one = async (length: number, turn: number) => {
    const who = mayLeave[turn % mayLeave.length] as string;
    const asked = [...Array<string>(length).fill(objector), turn % 3 === 0 ? spaced(who) : who, '9990000010'];
    if (turn % 5 === 4) return [(await checkText(asked.join('\n'))).text.trim().replaceAll(' ', ''), who];
    const { json } = await checkJson(asked);
    expect(json.counts).toEqual({ asked: length + 2, permitted: 1, withheld: length + 1 });
    return [(json.permitted as string[]).join(), who];
  };
  for (let round = 0; round < 3; round++) {
    const all = await Promise.all(
      [...lengths, ...lengths, ...lengths].map((length, n) => one(length, n + round)),
    );
    for (const [permitted, who] of all) expect(permitted).toBe(who);
  }
});
