// What takes longer with more patients, and what does not: `npm run bench -- --growth`. On SQLite. Writes growth.md.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { londonDay } from '../../dist/day.js';
import { lastTwelveMonths } from '../../dist/reports/period.js';
import { paths } from '../../dist/web/paths.js';
import { logIn } from './log-in.mjs';
import { nobody, openRegistry } from './many-patients.mjs';
import { post } from './our-own.mjs';
import { markdown, median } from './table.mjs';

const SIZES = [10_000, 100_000, 1_000_000];
const TIMES = 30;

/** The table, in milliseconds: the middle of thirty. */
export async function growthTable(sizes = SIZES) {
  const rows = {};
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'registry-growth-'));
    try {
      for (const [name, took] of Object.entries(await measure(folder, size)))
        rows[name] = [...(rows[name] ?? []), took.toFixed(1)];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const lines = Object.entries(rows).map(([name, times]) => [name, ...times]);
  const text = [
    '# Measured by `npm run bench -- --growth`\n',
    `${new Date().toISOString().slice(0, 10)}; ${cpus().length} × ${cpus()[0].model}; Node ${process.version}; SQLite.`,
    'Milliseconds, with so many patients of one practice, one in thirty of whom objected; all that they objected to waits to be',
    'coded. The middle of thirty (of the report and the lists: of three).\n',
    markdown(['', ...sizes.map((size) => size.toLocaleString('en-GB'))], lines),
  ].join('\n');
  writeFileSync('test/bench/growth.md', text);
  return text;
}

async function measure(folder, size) {
  const registry = await openRegistry(folder);
  const practiceId = await registry.addPractice('A10000', size);
  const key = await registry.addExtract(practiceId);
  const { reader } = registry.database;
  const patients = await reader.patient.findMany({
    where: { practiceId, ordinal: { in: Array.from({ length: 3 * TIMES }, (_, n) => 30 * n + 7) } },
  });
  const record = ({ id: patientId }) =>
    registry.objections.record(
      {
        ...{ practiceId, patientId, types: ['type-1'], requester: 'patient', receivedVia: 'phone' },
        ...{ receivedOn: londonDay(new Date()), identityChecked: 'photo-id' },
      },
      nobody,
    );
  const timed = async (times, run) => {
    const all = [];
    for (let n = 0; n < times; n++) {
      const start = performance.now();
      await run(n);
      all.push(performance.now() - start);
    }
    return median(all);
  };
  const recording = await timed(TIMES, (n) => record(patients[n]));
  const finding = await timed(TIMES, (n) =>
    registry.patients.find(practiceId, { nhsNumber: patients[TIMES + n].nhsNumber }),
  );
  const byBirth = await timed(TIMES, (n) => {
    const { familyName, dateOfBirth } = patients[TIMES + n];
    return registry.patients.find(practiceId, { familyName, dateOfBirth });
  });
  const report = await timed(3, () =>
    registry.reports.objections(practiceId, lastTwelveMonths(londonDay(new Date()))),
  );

  const email = 'reception@growth.example';
  const password = 'reading-in-the-garden-2026';
  const added = await registry.staff.add(
    { practiceId, email, password, name: 'Reception', role: 'receptionist' },
    { kind: 'command-line', id: 'staff add' },
  );
  if (!added.ok) throw new Error(added.reason);
  // These patients are in no ledger: the check of the morning would say so, while others are measured.
  const checked = { ok: true, size: 0, checked: {}, problem: null, at: new Date(), askedBy: null };
  await registry.reports.keepVerification(practiceId, {
    ...{ ...checked, fromIndex: null, wholeAt: null, whyWhole: null },
  });

  const app = await startApp(registry.settings);
  try {
    const page = await logIn(app.address, email, password);
    const open = (times, path) => timed(times, (n) => page(typeof path === 'string' ? path : path(n)));
    const pages = {
      'the page of a patient': await open(TIMES, (n) => paths.patient(patients[n].id)),
      'the first page, with what waits': await open(3, paths.home),
      'the list of objections': await open(3, paths.objections),
      'the list of what is to be coded': await open(3, paths.workList('to-be-coded')),
    };
    const to = {
      url: `${app.address}/api/v1/extracts/bench/checks`,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    };
    const permitted = async ({ nhsNumber }) =>
      JSON.parse(await post(to, JSON.stringify({ nhsNumbers: [nhsNumber] }))).permitted.length > 0;
    const firstUse = await timed(1, () => permitted(patients[2 * TIMES]));
    const withheld = [];
    for (const patient of patients.slice(2 * TIMES)) {
      await record(patient);
      const saved = performance.now();
      if (await permitted(patient)) throw new Error('somebody who had objected was permitted');
      withheld.push(performance.now() - saved);
    }
    return {
      'recording an objection': recording,
      'finding a patient by number': finding,
      'finding a patient by name and date of birth': byBirth,
      ...pages,
      'the report of the year, and of the year before': report,
      'the first check in a process, which loads the index': firstUse,
      'from a saved objection to the next answer of another process, which withholds': median(withheld),
    };
  } finally {
    await app.stop();
    await registry.close();
  }
}

async function startApp(settings) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const env = { PATH: process.env.PATH, ...settings, HOST: '127.0.0.1', PORT: String(port) };
  const app = spawn(process.execPath, ['dist/server.js'], { env, stdio: 'ignore' });
  const ended = new Promise((resolve) => app.once('exit', resolve));
  const address = `http://127.0.0.1:${port}`;
  const isLive = () =>
    fetch(`${address}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isLive())) {
    if (app.exitCode !== null) throw new Error('the app did not start');
    await pause(100);
  }
  return {
    address,
    stop() {
      app.kill('SIGTERM');
      return ended;
    },
  };
}
