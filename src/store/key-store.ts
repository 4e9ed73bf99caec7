import type { JobKey, KeyChange, KeyStore } from '../extracts/job-key.ts';
import type { Database } from './database.ts';
import type { JobKeyModel } from './generated/sqlite/models.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

/** Keys of extract jobs, in the database. */
export function keyStore(database: Database): KeyStore {
  const { reader, known } = database;
  const find = async (hash: string) => read(await reader.jobKey.findUnique({ where: { hash } }));
  /** Which practice has made the key, of those that were found: that never changes. */
  const practiceOf = new Map<string, string>();
  return {
    async findByHash(hash) {
      const practiceId = practiceOf.get(hash);
      if (practiceId !== undefined)
        return (await known.now(practiceId)).known.reads.once(['job-key', hash], () => find(hash));
      const key = await find(hash);
      if (key !== undefined) practiceOf.set(hash, key.practiceId);
      return key;
    },
    list: async (practiceId) => {
      const rows = await reader.jobKey.findMany({
        where: { practiceId },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      });
      return rows.map(keyOf);
    },
    extractsToName: async (practiceId) => {
      const versions = await reader.extractVersion.findMany({
        where: { practiceId },
        select: { extractId: true, name: true },
        orderBy: [{ extractId: 'asc' }, { version: 'asc' }],
      });
      // Later versions overwrite earlier ones.
      return [...new Map(versions.map(({ extractId, name }) => [extractId, name]))].map(([id, name]) => ({
        id,
        name,
      }));
    },
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work({ ...keyChange(change), append: change.append })),
  };
}

function keyChange({ tx, practiceId }: PracticeChange): Omit<KeyChange, 'append'> {
  return {
    find: async (id) => read(await tx.jobKey.findFirst({ where: { id, practiceId } })),
    extractsAmong: async (ids) => {
      const found = await tx.extract.findMany({ where: { practiceId, id: { in: [...ids] } } });
      return found.map(({ id }) => id);
    },
    add: async (key, hash, createdBy) => {
      await tx.jobKey.create({ data: { ...key, extracts: JSON.stringify(key.extracts), hash, createdBy } });
    },
    revoke: async (id, by, at) => {
      await tx.jobKey.update({ where: { id }, data: { revokedAt: at, revokedBy: by } });
    },
  };
}

const read = (row: JobKeyModel | null): JobKey | undefined => (row === null ? undefined : keyOf(row));

function keyOf({ id, practiceId, name, extracts, createdAt, expiresAt, revokedAt }: JobKeyModel): JobKey {
  return {
    id,
    practiceId,
    name,
    extracts: JSON.parse(extracts) as string[],
    createdAt,
    expiresAt,
    revokedAt,
  };
}
