import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The last published checkpoint of each ledger, kept where no change of the database reaches it. */
export type KeptCheckpoints = {
  /** Null when none was published from here. */
  read(origin: string): string | null;
  keep(origin: string, note: string): void;
};

/** Keeps them as files in a folder. */
export function keptCheckpoints(folder: string): KeptCheckpoints {
  const fileOf = (origin: string) => join(folder, encodeURIComponent(origin));
  return {
    read: (origin) => (existsSync(fileOf(origin)) ? readFileSync(fileOf(origin), 'utf8') : null),
    keep(origin, note) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const aside = `${fileOf(origin)}.${process.pid}.new`;
      writeFileSync(aside, note, { flush: true });
      renameSync(aside, fileOf(origin));
    },
  };
}
