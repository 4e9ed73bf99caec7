import { z } from 'zod';
import type { AccessLogStore } from '../patients/access-log.ts';
import type { Database } from './database.ts';
import { paged } from './paged.ts';
import { changePractice } from './practice-change.ts';

const digestEntry = z.object({ data: z.object({ to: z.number().int() }) });
const columns = { seq: true, staffId: true, patientId: true, at: true, what: true } as const;

/** Who looked at whom. */
export function accessLogStore(database: Database): AccessLogStore {
  const { accessLog } = database.reader;
  return {
    async note(practiceId, staffId, patientIds, what, at) {
      if (patientIds.length === 0) return;
      // Under the practice's lock, so that rows become visible in the order of their numbers, and no digest misses one.
      await changePractice(database, practiceId, ({ tx }) =>
        tx.accessLog.createMany({
          data: patientIds.map((patientId) => ({ practiceId, staffId, patientId, what, at })),
        }),
      );
    },
    ofPatient: (practiceId, patientId, { skip, take }) =>
      accessLog.findMany({
        where: { practiceId, patientId },
        orderBy: [{ at: 'desc' }, { seq: 'desc' }],
        select: columns,
        skip,
        take,
      }),
    countOfPatient: (practiceId, patientId) => accessLog.count({ where: { practiceId, patientId } }),
    change: (practiceId, work) =>
      changePractice(database, practiceId, ({ tx, append }) =>
        work({
          append,
          async digestedTo() {
            // Members of an entry are sorted, so that each begins with its act.
            const last = await tx.ledgerText.findFirst({
              where: { practiceId, text: { startsWith: '{"act":"access-digest",' } },
              orderBy: { index: 'desc' },
              select: { text: true },
            });
            return last === null ? 0 : digestEntry.parse(JSON.parse(last.text)).data.to;
          },
          after: (seq) =>
            paged((last, take) =>
              tx.accessLog.findMany({
                where: { practiceId, seq: { gt: last?.seq ?? seq } },
                orderBy: { seq: 'asc' },
                select: columns,
                take,
              }),
            ),
        }),
      ),
  };
}
