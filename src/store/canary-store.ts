import type { CanaryStore } from '../extracts/canaries/canary-store.ts';
import type { Database, Transaction } from './database.ts';
import { changePractice } from './practice-change.ts';

/** Made-up patients of the clinical system whom the files of extracts should hold, in the database. */
export function canaryStore(database: Database): CanaryStore {
  return {
    ofExtract: (practiceId, extractId) => canariesOf(database.reader, practiceId, extractId),
    change: (practiceId, work) =>
      changePractice(database, practiceId, ({ tx, append }) =>
        work({
          append,
          hasExtract: async (id) => (await tx.extract.count({ where: { practiceId, id } })) > 0,
          ofExtract: (extractId) => canariesOf(tx, practiceId, extractId),
          async add(canary) {
            await tx.canary.create({ data: { ...canary, practiceId } });
          },
          async remove(id, removedBy, removedAt) {
            const where = { id, practiceId, removedAt: null };
            return (await tx.canary.updateMany({ where, data: { removedAt, removedBy } })).count > 0;
          },
        }),
      ),
  };
}

function canariesOf(reader: Pick<Transaction, 'canary'>, practiceId: string, extractId: string) {
  return reader.canary.findMany({
    where: { practiceId, extractId, removedAt: null },
    orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, extractId: true, nhsNumber: true, addedAt: true, addedBy: true },
  });
}
