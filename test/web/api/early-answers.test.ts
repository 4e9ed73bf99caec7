import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everybody, HEADER } from '../../guard/scene.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';
import { openWire, releaseHead } from './wire.ts';

let scene: ApiScene;

beforeAll(async () => {
  scene = await openApiScene();
});

afterAll(() => scene.end());

const expecting = 'Expect: 100-continue\r\n';
const run = promisify(execFile);

describe('a client that waits to be asked for the file', () => {
  test('is asked when key, state and type are right', async () => {
    const wire = openWire(scene.address);
    wire.write(releaseHead(scene.key, everybody.length, `${expecting}Connection: close\r\n`));
    expect(await wire.until('\r\n\r\n')).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    wire.write(everybody);
    const answer = await wire.closed();
    expect(answer).toContain('Release-Counts: in=6, out=6, withheld=0');
    expect(answer.endsWith(everybody)).toBe(true);
  });

  test.each([
    ['the key is unknown', 401, () => releaseHead(`oor_${'A'.repeat(43)}`, 1_000_000, expecting)],
    [
      'the extract is',
      404,
      () => releaseHead(scene.key, 1_000_000, expecting).replace('research', 'unknown'),
    ],
    [
      'the type is wrong',
      415,
      () => releaseHead(scene.key, 1_000_000, expecting).replace('text/csv', 'text/html'),
    ],
  ])('is not asked when %s', async (_, status, head) => {
    const wire = openWire(scene.address);
    wire.write(head());
    expect(await wire.closed()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test('is asked by the pages too', async () => {
    const wire = openWire(scene.address);
    wire.write(`POST /log-in HTTP/1.1\r\nHost: registry\r\n${expecting}Content-Length: 1\r\n\r\n`);
    expect(await wire.until('\r\n\r\n')).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    wire.socket.destroy();
  });

  test('is a curl with a large file', async () => {
    const { stdout } = await run('curl', [
      ...['-sS', '-o', '/dev/null', '-w', '%{http_code} %{size_upload}', '-H', 'Expect: 100-continue'],
      ...[
        '--expect100-timeout',
        '30',
        '-H',
        'Authorization: Bearer oor_none',
        '-H',
        'Content-Type: text/csv',
      ],
      ...['--data-binary', `@${process.execPath}`, `${scene.address}/api/v1/extracts/research/releases`],
    ]);
    expect(stdout).toBe('401 0');
  });
});

describe('a client that sends everything before it reads', () => {
  test('gets the answer, though it was known early', async () => {
    const program = `
import http.client, sys
connection = http.client.HTTPConnection(sys.argv[1])
row = b'x' * 99 + b'\\n'
for attempt in range(2):
    connection.request('POST', '/api/v1/extracts/research/releases', b'no_such_column\\n' + row * 300000,
                       {'Authorization': 'Bearer ' + sys.argv[2], 'Content-Type': 'text/csv'})
    answer = connection.getresponse()
    print(answer.status, b'"code":"no-nhs-number-column"' in answer.read())`;
    const { host } = new URL(scene.address);
    const { stdout } = await run('python3', ['-c', program, host, scene.key]);
    // Twice on one connection: what was not wanted of the first file is gone when the second comes.
    expect(stdout).toBe('422 True\n422 True\n');
  });

  test('gets it without a key as well', async () => {
    const answer = await scene.release(HEADER + 'x'.repeat(20_000_000), { authorization: 'Bearer oor_none' });
    expect([answer.status, answer.json.code]).toEqual([401, 'no-key']);
  });
});
