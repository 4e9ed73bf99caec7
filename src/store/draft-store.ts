import { randomUUID } from 'node:crypto';
import { DRAFT_MS, type Drafts } from '../staff/draft.ts';
import type { Database } from './database.ts';

/** Drafts in the database, where every process finds them and the next log out ends them. */
export function draftStore(database: Database, now: () => Date): Drafts {
  return {
    async save(practiceId, staffId, kind, data) {
      const at = now();
      const id = randomUUID();
      const expiresAt = new Date(at.getTime() + DRAFT_MS);
      await database.write((tx) =>
        tx.draft.create({
          data: { id, practiceId, staffId, kind, data: JSON.stringify(data), createdAt: at, expiresAt },
        }),
      );
      return id;
    },
    async find(practiceId, staffId, kind, id) {
      const row = await database.reader.draft.findFirst({
        where: { id, practiceId, staffId, kind, expiresAt: { gt: now() } },
        select: { data: true },
      });
      return row === null ? undefined : JSON.parse(row.data);
    },
    async replace(practiceId, staffId, kind, id, data) {
      await database.write((tx) =>
        tx.draft.updateMany({
          where: { id, practiceId, staffId, kind, expiresAt: { gt: now() } },
          data: { data: JSON.stringify(data) },
        }),
      );
    },
    async remove(practiceId, staffId, id) {
      await database.write((tx) => tx.draft.deleteMany({ where: { id, practiceId, staffId } }));
    },
    async removeAll(staffId) {
      await database.write((tx) => tx.draft.deleteMany({ where: { staffId } }));
    },
    async forgetOld() {
      await database.write((tx) => tx.draft.deleteMany({ where: { expiresAt: { lte: now() } } }));
    },
  };
}
