import type { VerificationRunStore } from '../reports/verification-run.ts';
import type { Database } from './database.ts';

/** Checks that somebody asked for, on either database. */
export function verificationRunStore(database: Database): VerificationRunStore {
  const { reader } = database;
  const last = { orderBy: { askedAt: 'desc' } } as const;
  return {
    find: (practiceId, id) => reader.verificationRun.findFirst({ where: { id, practiceId } }),
    last: (practiceId) => reader.verificationRun.findFirst({ where: { practiceId }, ...last }),
    begin: (practiceId, begin) =>
      database.write(async (tx) => {
        await tx.ledgerHead.update({ where: { practiceId }, data: { touched: { increment: 1 } } });
        const run = begin(await tx.verificationRun.findFirst({ where: { practiceId }, ...last }));
        if (run !== undefined) await tx.verificationRun.create({ data: { ...run, practiceId } });
        return run;
      }, practiceId),
    async save(id, data) {
      await database.write((tx) => tx.verificationRun.update({ where: { id }, data }));
    },
  };
}
