import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bitmapOf } from '../../../src/guard/members-list.ts';
import { membersOf } from '../../../src/guard/membership.ts';
import { someNumbers } from '../../guard/some-csv.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';
import { holdLedger } from './hold-ledger.ts';
import { openWire } from './wire.ts';

/** So many numbers make a body for which memory is lent. */
const LONG = 1500;
const PATH = '/extracts/research/checks';

let scene: ApiScene;
beforeAll(async () => {
  scene = await openApiScene();
  await scene.object(1);
});
afterAll(() => scene.end());

const [, objector = ''] = someNumbers;

/** Asks about somebody, who stands behind many who objected. */
const question = (patient: number) => {
  const asked = [...Array<string>(LONG + patient).fill(objector), someNumbers[patient]];
  return JSON.stringify({ nhsNumbers: asked });
};
const head = (length: number, more = '') =>
  `POST /api/v1${PATH} HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer ${scene.key}\r\n` +
  `Content-Type: application/json\r\n${more}Content-Length: ${length}\r\n\r\n`;
const asRequest = (body: string) => head(body.length) + body;
const check = (body: string | Buffer, headers = {}) =>
  scene.ask('POST', PATH, { headers: { 'content-type': 'application/json', ...headers }, body });
/** Whoever asks later is answered when the app has seen what came before. */
const untilSeen = () => scene.ask('GET', '/extracts');

test('checks that wait for the ledger keep their memory, whoever breaks off, sends what is none, or asks more meanwhile', async () => {
  const goOn = holdLedger(scene);
  const waiting = [0, 2, 3, 5].map((patient) => check(question(patient)));
  const gone = [4, 2].map((patient) => {
    const wire = openWire(scene.address);
    wire.write(asRequest(question(patient)));
    return wire;
  });
  await untilSeen();
  await untilSeen();
  for (const wire of gone) wire.socket.destroy();

  // What ends at once, and gives its memory back while the others wait.
  const half = openWire(scene.address);
  half.write(head(100_000) + question(4).slice(0, 10_000));
  await untilSeen();
  half.socket.destroy();
  const packed = gzipSync(Buffer.from(Array.from({ length: 30_000 }, () => Math.random()).join()));
  const isPacked = { 'content-encoding': 'gzip' };
  const refused = await Promise.all([
    check('x'.repeat(20_000)),
    check(question(0).replace('nhsNumbers', 'others')),
    check(packed.subarray(0, 20_000), isPacked),
    check(packed, isPacked),
  ]);
  expect(refused.map(({ json }) => json.code)).toEqual([
    'not-json',
    'not-a-check',
    'gzip-broken',
    'not-json',
  ]);

  const after = [5, 0, 3, 2].map((patient) => check(question(patient)));
  const both = openWire(scene.address);
  both.write(asRequest(question(3)) + asRequest(question(0)));
  await untilSeen();
  await goOn();

  const answers = await Promise.all([...waiting, ...after]);
  expect(answers.map(({ json }) => json.permitted)).toEqual(
    [0, 2, 3, 5, 5, 0, 3, 2].map((patient) => [someNumbers[patient]]),
  );
  await both.until(`"permitted":["${someNumbers[3]}"]`);
  const said = await both.until(`"permitted":["${someNumbers[0]}"]`);
  both.socket.destroy();
  expect(said.match(/"permitted":\[[^\]]*\]/g)).toEqual(
    [3, 0].map((patient) => `"permitted":["${someNumbers[patient]}"]`),
  );

  // Whose answer nobody took, when it was asked in time, counts as having left all the same.
  const { release, releaseAccount } = scene.services.database.reader;
  const checks = await release.findMany({ where: { kind: 'check' } });
  expect(checks.length).toBeGreaterThanOrEqual(waiting.length + after.length + 2);
  const asked = new Map(checks.map(({ id, countIn }) => [id, countIn ?? 0]));
  for (const { releaseId, ...account } of await releaseAccount.findMany())
    expect([...membersOf(bitmapOf(account))]).toEqual([(asked.get(releaseId) ?? 0) - LONG - 1]);
});
