import { mkdir } from 'node:fs/promises';
import type { Config } from '../config.ts';
import type { Actor } from '../ledger/entry.ts';
import { readSecrets } from '../secrets.ts';
import { type CopyProgress, type PutBack, putBack, writeBackup } from '../store/backup.ts';
import { signing } from '../store/signing.ts';

export type { PutBack };

/** Writes a backup of everything that is kept; the server may run meanwhile. */
export function backUp({ databaseUrl }: Config, file: string, progress: CopyProgress): Promise<void> {
  return writeBackup(databaseUrl, file, progress);
}

/** Puts a backup into the empty database that the settings name. It works without the app's services, which need a whole one. */
export async function restoreBackup(
  config: Config,
  file: string,
  by: Actor,
  now: Date,
  progress: CopyProgress,
): Promise<PutBack> {
  const { vault } = readSecrets(config);
  const { databaseUrl, dataDir: folder } = config;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return putBack({ databaseUrl, file, folder, signing: signing(vault) }, by, now, progress);
}
