import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { openLog } from '../log.ts';
import { type Services, services } from '../services.ts';
import { exampleSurgery } from './demo-practices.ts';
import { makeDemo } from './make-demo.ts';
import { sampleFile } from './sample-file.ts';

/**
 * Opens the registry. With DEMO, an empty database is filled with the made-up practices first, and the sample extract
 * is put into the data folder.
 *
 * @param say takes a line for who started the app
 * @throws Error when the filling was broken off before, and cannot be taken up again
 */
export async function openWithDemo(config: Config, say: (line: string) => void): Promise<Services> {
  if (!config.demo) return services(config);
  const fill = async (into: Config) => {
    say('Making the made-up practice: 9,500 patients and three years of objections. This happens once …');
    await fillDatabase(into);
  };
  const file = config.databaseUrl.startsWith('file:') ? config.databaseUrl.slice('file:'.length) : undefined;
  if (file !== undefined && !existsSync(file)) await makeAside(config, file, fill);
  const opened = await services(config);
  const practices = await opened.staff.practices();
  if (practices.length === 0) await fill(config);
  const isMade = practices.some(({ ods, madeUp }) => madeUp && ods === exampleSurgery.ods);
  // Verifying is the last step of the making.
  if (isMade && (await opened.reports.lastVerifiedAt()) === null) {
    await opened.close();
    throw new Error(
      'The made-up practice was not finished when it was made. Empty the database and start again.',
    );
  }
  const sample = join(config.dataDir, 'sample-events.csv');
  if (!existsSync(sample)) writeFileSync(sample, sampleFile());
  return opened;
}

/** Made beside its place and then moved there: broken off half-way, it begins anew at the next start. */
async function makeAside(config: Config, file: string, fill: (config: Config) => Promise<void>) {
  const aside = `${file}.making`;
  for (const ending of ['', '-wal', '-shm']) rmSync(`${aside}${ending}`, { force: true });
  await fill({ ...config, databaseUrl: `file:${aside}` });
  renameSync(aside, file);
}

async function fillDatabase(config: Config): Promise<void> {
  const clock = { now: new Date() };
  const past = await services(config, { now: () => clock.now, log: openLog('silent') });
  try {
    await makeDemo(past, clock);
  } finally {
    await past.close();
  }
}
