import type { OtherFlowStore } from '../extracts/other-flow.ts';
import type { Database } from './database.ts';
import { changePractice } from './practice-change.ts';

/** Flows that do not go through the guard, in the database. */
export function otherFlowStore(database: Database): OtherFlowStore {
  return {
    async list(practiceId) {
      const rows = await database.reader.otherFlow.findMany({
        where: { practiceId },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      });
      return rows.map(({ practiceId: _, ...flow }) => flow);
    },
    change: (practiceId, work) =>
      changePractice(database, practiceId, ({ tx, append }) =>
        work({
          append,
          async find(id) {
            const row = await tx.otherFlow.findFirst({ where: { id, practiceId } });
            if (row === null) return undefined;
            const { practiceId: _, ...flow } = row;
            return flow;
          },
          async save(flow) {
            const data = { ...flow, practiceId };
            await tx.otherFlow.upsert({ where: { id: flow.id }, create: data, update: data });
          },
        }),
      ),
  };
}
