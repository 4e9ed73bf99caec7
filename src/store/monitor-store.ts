import { z } from 'zod';
import type { Actor, JsonObject, LedgerAct } from '../ledger/entry.ts';
import type { AccessCountStore } from '../monitor/access-counts.ts';
import type { HappeningStore } from '../monitor/happenings.ts';
import type { LookStore } from '../monitor/look-log.ts';
import { countSql } from './count-sql.ts';
import type { Database } from './database.ts';
import { packedRows } from './packed-rows.ts';
import { paged } from './paged.ts';
import { changePractice } from './practice-change.ts';

const digestEntry = z.object({ data: z.object({ to: z.number().int() }) });

/** What monitors looked at. */
export function lookStore(database: Database): LookStore {
  const { monitorLook } = database.reader;
  return {
    async note({ saysWhatHappened, ...look }) {
      // Under the practice's lock, so that rows become visible in the order of their numbers, and no digest misses one.
      await changePractice(database, look.practiceId, ({ tx, head }) =>
        tx.monitorLook.create({ data: { ...look, size: saysWhatHappened ? head.size : null } }),
      );
    },
    list: (practiceId, { skip, take }) =>
      monitorLook.findMany({ where: { practiceId }, orderBy: { seq: 'desc' }, skip, take }),
    count: (practiceId) => monitorLook.count({ where: { practiceId } }),
    lastBefore: (staffId, before) =>
      monitorLook.findFirst({
        where: { staffId, size: { not: null }, at: { lt: before } },
        orderBy: { seq: 'desc' },
      }),
    change: (practiceId, work) =>
      changePractice(database, practiceId, ({ tx, append }) =>
        work({
          append,
          async digestedTo() {
            // Members of an entry are sorted, so that each begins with its act.
            const last = await tx.ledgerText.findFirst({
              where: { practiceId, text: { startsWith: '{"act":"monitor-look-digest",' } },
              orderBy: { index: 'desc' },
              select: { text: true },
            });
            return last === null ? 0 : digestEntry.parse(JSON.parse(last.text)).data.to;
          },
          after: (seq) =>
            paged((last, take) =>
              tx.monitorLook.findMany({
                where: { practiceId, seq: { gt: last?.seq ?? seq } },
                orderBy: { seq: 'asc' },
                take,
              }),
            ),
        }),
      ),
  };
}

type EntryText = { act: LedgerAct; actor: Actor; at: string; data: JsonObject };

/** What the ledger says happened. */
export function happeningStore({ reader, kind }: Database): HappeningStore {
  return {
    size: async (practiceId) => (await reader.ledgerHead.findUnique({ where: { practiceId } }))?.size ?? 0,
    async *entries(practiceId, from, to) {
      const columns = [
        ['index', 'plain'],
        ['text', 'plain'],
      ] as const;
      const only = `"index" < ${Math.trunc(to)}`;
      const rows = packedRows(reader, kind, {
        table: 'LedgerText',
        columns,
        practiceId,
        by: 'index',
        after: from - 1,
        only,
      });
      for await (const portion of rows)
        yield portion.map(([index, text]) => ({
          index: index as number,
          ...(JSON.parse(String(text)) as EntryText),
        }));
    },
  };
}

/** How often patients were looked at. */
export function accessCountStore({ reader, kind }: Database): AccessCountStore {
  const sql = countSql(kind);
  return {
    async looksByMonth(practiceId, from) {
      const rows = await reader.$queryRaw<{ month: string; staffId: string; count: number | bigint }[]>(
        sql.looksByMonth(practiceId, from),
      );
      return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }));
    },
  };
}
