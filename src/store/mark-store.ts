import type { Marks } from '../ledger/check-ledger.ts';
import type { Mark } from '../ledger/mark.ts';
import type { Vault } from '../secrets.ts';
import type { Database } from './database.ts';

const purposeOf = (practiceId: string): string => `mark of the last check ${practiceId}`;

/** The marks of the last good checks, sealed. */
export function markStore(database: Database, vault: Vault): Marks {
  return {
    async read(practiceId) {
      const row = await database.reader.verificationMark.findUnique({ where: { practiceId } });
      if (row === null) return 'none';
      try {
        return JSON.parse(vault.open(row.sealed, purposeOf(practiceId)).toString('utf8')) as Mark;
      } catch {
        return 'not-ours';
      }
    },
    async keep(practiceId, mark, at) {
      const sealed = Buffer.from(vault.seal(Buffer.from(JSON.stringify(mark)), purposeOf(practiceId)));
      await database.write((tx) =>
        tx.verificationMark.upsert({
          where: { practiceId },
          create: { practiceId, sealed, at },
          update: { sealed, at },
        }),
      );
    },
  };
}
