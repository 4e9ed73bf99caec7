// The app as users get it: built, started on a practice of its own, asked over HTTP with a key.
import { spawn, spawnSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../dist/config.js';
import { openLog } from '../../dist/log.js';
import { services } from '../../dist/services.js';
import { paths } from '../../dist/web/paths.js';
import { fhirRules, fieldsOf } from './fields.mjs';
import { logIn } from './log-in.mjs';
import { numbersOf, objected } from './people.mjs';

/** Starts the app on a data folder of its own. Making the practice is not measured; in a folder that has it, it stays. */
export async function startRegistry(kept, patients) {
  const folder = join(kept, `practice-of-${patients}`);
  mkdirSync(folder, { recursive: true });
  const keyFile = join(folder, 'key.txt');
  if (!existsSync(keyFile)) writeFileSync(keyFile, await makePractice(folder, patients));
  return { ...(await start(folder)), key: readFileSync(keyFile, 'utf8'), numbers: numbersOf(patients) };
}

const settings = (folder) => {
  const env = { ...process.env, NODE_ENV: 'test', DATA_DIR: join(folder, 'data') };
  Object.assign(env, { DEMO: 'false', LOG_LEVEL: 'error' });
  delete env.DATABASE_URL;
  return env;
};

const manager = { kind: 'staff', id: 'bench-manager' };
const guardian = { kind: 'staff', id: 'bench-guardian' };
const good = (done) => {
  if (!done.ok) throw new Error(JSON.stringify(done));
  return done;
};

/**
 * A practice with so many patients, put on its list and their objections taken in as the app does it, entries of the
 * ledger and all; and the extracts that are measured: `bench-all` keeps the 12 fields, `bench-some` gives 4 of them,
 * `bench-fhir` resources, `bench-awkward` the fields of the awkward rows. Returns a key for all.
 */
async function makePractice(folder, patients) {
  const start = performance.now();
  const registry = await services(readConfig(settings(folder)).config, { log: openLog('silent') });
  const { practice } = good(await registry.staff.addPractice({ ods: 'A10000', name: 'Surgery' }, manager));
  const practiceId = practice.id;
  const numbers = numbersOf(patients);
  const people = numbers.map((nhsNumber, n) => ({
    ...{ nhsNumber, givenName: 'Ada', familyName: `Person${n}`, dateOfBirth: `19${40 + (n % 60)}-03-04` },
  }));
  await registry.patients.add(practiceId, people, manager);
  const rows = numbers.filter((_, n) => objected(n)).map((number) => `${number},1,record,2025-03-04`);
  const bytes = Buffer.from(['nhs_number,type,act,received_on', ...rows].join('\n'));
  const file = { practiceId, madeUp: false, fileName: 'objections.csv', bytes, confirmWithdrawals: false };
  good(await registry.objections.import(file, manager));
  const extracts = ['bench-all', 'bench-some', 'bench-fhir', 'bench-awkward'];
  for (const extractId of extracts) {
    const named = { practiceId, extractId };
    const content = contentOf(extractId.slice('bench-'.length));
    const { version } = good(
      await registry.extracts.register({ ...anExtract, ...named, ...content }, manager),
    );
    good(await registry.extracts.approve({ ...named, version, confirmsCare: true }, guardian));
  }
  const byHand = { kind: 'command-line', id: 'staff add' };
  good(await registry.staff.add({ ...desk, practiceId, name: 'Reception', role: 'receptionist' }, byHand));
  const expiresAt = new Date('2099-06-01T00:00:00.000Z');
  const { key } = good(await registry.keys.make({ practiceId, name: 'Bench', extracts, expiresAt }, manager));
  // The check of the early morning, which the app would else begin with.
  if ((await registry.reports.verifyAll()).length > 0) throw new Error('the ledger does not verify');
  await registry.close();
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.error(
    `  a practice of ${patients} patients, ${rows.length} of whom objected: made in ${seconds} s`,
  );
  return key;
}

const contentOf = (which) =>
  which === 'fhir' ? { fields: [], fhir: fhirRules } : { fields: fieldsOf(which) };

const anExtract = {
  name: 'Events',
  recipient: 'An institute',
  recipientOds: 'X26',
  purpose: 'Measuring',
  ground: 'nhs-england-direction',
  reference: 'Direction 2024/1',
  groundExpiresOn: '2099-12-31',
  groundWords: 'As the ground asks',
  startsOn: '2026-01-01',
  endsOn: '2099-12-31',
  checksApproved: true,
  stops: { usualNumber: null, listAgeDays: null, maxUnreadable: null },
};

/** Who opens pages in the practice, and the first of them. */
const desk = { email: 'reception@bench.example', password: 'reading-in-the-garden-2026' };
export async function homePage({ address }) {
  const page = await logIn(address, desk.email, desk.password);
  return () => page(paths.home);
}

/** As `npm start` runs it. */
export const flags = JSON.parse(readFileSync('package.json', 'utf8')).scripts.start.split(' ').slice(1, -1);

async function start(folder) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const env = { ...settings(folder), PORT: String(port) };
  const app = spawn(process.execPath, [...flags, 'dist/server.js'], {
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

/** Sends a file through the guard and keeps the answer; seconds. */
export function release({ address, key }, extract, type = 'text/csv') {
  const authorization = `Bearer ${key}`;
  return sendFile(`${address}/api/v1/extracts/${extract}/releases`, { authorization, 'content-type': type });
}

/** Sends a file somewhere and keeps the answer, with curl where there is one; seconds. */
export function sendFile(url, headers) {
  const hasCurl = spawnSync('curl', ['--version']).status === 0;
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  return async (file, out) => {
    const start = performance.now();
    if (hasCurl) {
      const parts = ['-sS', '--fail-with-body', '-X', 'POST', '-T', file, '-o', out, ...named, url];
      if ((await ended('curl', parts)) !== 0)
        throw new Error(`the upload failed: ${readFileSync(out, 'utf8').slice(0, 500)}`);
    } else
      await send(url, headers, createReadStream(file, { highWaterMark: 1 << 20 }), createWriteStream(out));
    return (performance.now() - start) / 1000;
  };
}

/** One release by Node's own client. */
async function send(url, headers, input, output) {
  const answer = await new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers });
    sent.on('response', resolve).on('error', reject);
    pipeline(input, sent).catch(reject);
  });
  await pipeline(answer, output);
  if (answer.statusCode !== 200) throw new Error(`the release was answered with ${answer.statusCode}`);
}

const ended = (command, args) =>
  new Promise((resolve, reject) =>
    spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
      .once('error', reject)
      .once('exit', resolve),
  );

/** Numbers of one check, at most. */
const AT_ONCE = 10_000;

/** The numbers of the practice that may not leave, as the guard says: what the peers are given to drop. */
export async function withheldNumbers(registry) {
  const { numbers } = registry;
  const withheld = [];
  for (let from = 0; from < numbers.length; from += AT_ONCE) {
    const some = numbers.slice(from, from + AT_ONCE);
    const answer = await post(checking(registry), JSON.stringify({ nhsNumbers: some }));
    const permitted = new Set(JSON.parse(answer).permitted);
    withheld.push(...some.filter((number) => !permitted.has(number)));
  }
  const wanted = numbers.filter((_, ordinal) => objected(ordinal));
  if (withheld.join() !== wanted.join()) throw new Error('the guard does not withhold who objected');
  return withheld;
}

/** Where a check is sent, and with what. */
export const checking = ({ address, key }) => ({
  url: `${address}/api/v1/extracts/bench-all/checks`,
  headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
});

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One small request by Node's own client, on connections that stay open; the answer's body. */
export function post({ url, headers = {}, method = 'POST' }, body) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { agent, method, headers: { ...headers, ...length } }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        if (answer.statusCode === 200) resolve(text);
        else reject(new Error(`${url} answered ${answer.statusCode}: ${text.slice(0, 200)}`));
      });
    });
    // A connection that the server has closed meanwhile is no fault of the server.
    const again = (error) =>
      sent.reusedSocket && error.code === 'ECONNRESET'
        ? resolve(post({ url, headers, method }, body))
        : reject(error);
    sent.on('error', again).end(body);
  });
}

/** What the app's process holds now, and the most that it ever held, in MB; known on Linux only. */
export function memoryOf({ pid }) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // The system says them in units of 1,024 bytes.
    const of = (name) => Math.round((Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) * 1024) / 1e6);
    return { now: `${of('VmRSS')} MB`, peak: `${of('VmHWM')} MB` };
  } catch {
    const unknown = 'not known on this system';
    return { now: unknown, peak: unknown };
  }
}

/** Lets the peak of the app's memory begin anew, where the system can. */
export function forgetPeak({ pid }) {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Then the peak is of all since the app was started.
  }
}
