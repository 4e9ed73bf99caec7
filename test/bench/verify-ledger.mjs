// How long it takes to derive a ledger of ten years again, and how much memory: `npm run bench -- --ledger [--keep FOLDER]`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeLongLedger } from './long-ledger.mjs';
import { markdown } from './table.mjs';

const SIZES = [40_000, 200_000, 1_000_000];

/**
 * The table of it: seconds of the clock and of the processor, time for each entry, peak memory of the whole process.
 *
 * @param keep a folder in which the ledgers that are made stay, to be verified again another time
 */
export async function verifyTable(keep, sizes = SIZES) {
  const folder = keep ?? mkdtempSync(join(tmpdir(), 'registry-ledger-'));
  const rows = [];
  try {
    for (const size of sizes) {
      const made = await madeLedger(folder, size);
      // In a process of its own, set as the command line is: the peak is that of nothing else.
      const program = ['--heap-growing-percent=30', fileURLToPath(import.meta.url), made];
      const once = spawnSync(process.execPath, program, { encoding: 'utf8' });
      const { entries, seconds, processor, megabytes } = JSON.parse(once.stdout);
      const each = ((processor / entries) * 1e6).toFixed(0);
      rows.push([entries, seconds.toFixed(1), processor.toFixed(1), each, megabytes.toFixed(0)]);
    }
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
  return markdown(['entries', 'seconds', 'of the processor', 'microseconds an entry', 'peak MB'], rows);
}

/** Made only where there is none yet; half a one is thrown away. */
async function madeLedger(folder, size) {
  const made = join(folder, String(size));
  if (existsSync(made)) return made;
  const half = `${made}-half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  await makeLongLedger(half, size);
  renameSync(half, made);
  return made;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { readConfig } = await import('../../dist/config.js');
  const { services } = await import('../../dist/services.js');
  const settings = { NODE_ENV: 'test', DATA_DIR: process.argv[2], DEMO: 'false', LOG_LEVEL: 'error' };
  const opened = await services(readConfig(settings).config);
  const [{ id }] = await opened.ledger.practices();
  const [start, before] = [performance.now(), process.cpuUsage()];
  const verified = await opened.ledger.verify(id);
  const { user, system } = process.cpuUsage(before);
  if (!verified.ok) throw new Error(JSON.stringify(verified));
  const { entries } = verified.checked;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const seconds = (performance.now() - start) / 1000;
  console.log(JSON.stringify({ entries, seconds, processor: (user + system) / 1e6, megabytes }));
  await opened.close();
}
