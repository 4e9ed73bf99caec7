// The app as users get it: built, started on the made-up practice, asked over HTTP with the demo key.
import { spawn, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { madeUpNhsNumber } from '../../dist/demo/made-up-numbers.js';

const key = `oor_demo_${'0'.repeat(43)}`;
const authorization = `Bearer ${key}`;
const PATIENTS = 9_500;

/** Starts the app on a data folder of its own, for the second time: making the made-up practice is not measured. */
export async function startRegistry(folder) {
  const first = await start(folder);
  await first.stop();
  return start(folder);
}

async function start(folder) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    DEMO: 'true',
    LOG_LEVEL: 'error',
  };
  delete env.DATABASE_URL;
  // As `npm start` does.
  const app = spawn(process.execPath, ['--max-semi-space-size=4', 'dist/server.js'], {
    env,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => app.once('exit', resolve));
  const address = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${address}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
  while (!(await isReady())) {
    if (app.exitCode !== null) throw new Error('the app did not start: try npm start');
    await pause(200);
  }
  const stop = () => {
    app.kill('SIGTERM');
    return ended;
  };
  return { address, pid: app.pid, stop };
}

/** Sends a file through the guard and keeps the answer, with curl where there is one; seconds. */
export function release({ address }, extract) {
  const url = `${address}/api/v1/extracts/${extract}/releases`;
  const hasCurl = spawnSync('curl', ['--version']).status === 0;
  return async (file, out) => {
    const start = performance.now();
    if (hasCurl) {
      const headers = ['-H', `Authorization: ${authorization}`, '-H', 'Content-Type: text/csv'];
      const { status } = spawnSync('curl', [
        '-sS',
        '--fail-with-body',
        '-X',
        'POST',
        '-T',
        file,
        '-o',
        out,
        ...headers,
        url,
      ]);
      if (status !== 0) throw new Error(`the release failed: ${readFileSync(out, 'utf8').slice(0, 500)}`);
    } else await send(url, createReadStream(file, { highWaterMark: 1 << 20 }), createWriteStream(out));
    return (performance.now() - start) / 1000;
  };
}

/** One release by Node's own client. */
export async function send(url, input, output) {
  const answer = await new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { authorization, 'content-type': 'text/csv' } });
    sent.on('response', resolve).on('error', reject);
    pipeline(input, sent).catch(reject);
  });
  await pipeline(answer, output);
  if (answer.statusCode !== 200) throw new Error(`the release was answered with ${answer.statusCode}`);
}

/** One check of some NHS numbers: those permitted. */
async function check({ address }, nhsNumbers) {
  const answer = await fetch(`${address}/api/v1/extracts/research-events/checks`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ nhsNumbers }),
  });
  if (!answer.ok) throw new Error(`the check was answered with ${answer.status}`);
  return (await answer.json()).permitted;
}

const everybody = () => Array.from({ length: PATIENTS }, (_, n) => madeUpNhsNumber(n));

/** The numbers of the made-up practice that may not leave: what the peers are given to drop. */
export async function withheldNumbers(registry) {
  const permitted = new Set(await check(registry, everybody()));
  return everybody().filter((number) => !permitted.has(number));
}

/** Checks a second; each is decided, entered in the ledger and on the disk before its answer. */
export async function checksPerSecond(registry) {
  const one = () => check(registry, [madeUpNhsNumber(1)]);
  const many = everybody();
  return [
    ['one number, one client', await rate(1, 3, one)],
    ['one number, 16 clients', await rate(16, 3, one)],
    [`${PATIENTS} numbers, one client`, await rate(1, 3, () => check(registry, many))],
  ];
}

async function rate(clients, seconds, act) {
  await act();
  const start = performance.now();
  let done = 0;
  const client = async () => {
    while (performance.now() - start < seconds * 1000) {
      await act();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return Math.round(done / ((performance.now() - start) / 1000));
}

/** The most memory that the app's process ever held, in MB; known on Linux only. */
export function peakMemory({ pid }) {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1];
    return `${Math.round(Number(kilobytes) / 1024)} MB`;
  } catch {
    return 'not known on this system';
  }
}
