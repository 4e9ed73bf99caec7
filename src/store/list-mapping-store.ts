import type { ListMapping, ListMappingStore } from '../patients/list-mapping.ts';
import type { Database } from './database.ts';
import type { ListMappingModel } from './generated/sqlite/models.ts';

/** What somebody said of lists with a certain header. */
export function listMappingStore(database: Database): ListMappingStore {
  const { listMapping } = database.reader;
  return {
    list: async (practiceId) =>
      (await listMapping.findMany({ where: { practiceId }, orderBy: { savedAt: 'desc' } })).map(toMapping),
    async find(practiceId, headerDigest) {
      const where = { practiceId_headerDigest: { practiceId, headerDigest } };
      const row = await listMapping.findUnique({ where });
      return row === null ? null : toMapping(row);
    },
    async save(practiceId, { headerDigest, header, uses, ...said }) {
      const columns = uses === null ? null : JSON.stringify(uses);
      const row = { ...said, header: JSON.stringify(header), columns };
      const where = { practiceId_headerDigest: { practiceId, headerDigest } };
      await database.write((tx) =>
        tx.listMapping.upsert({ where, create: { ...row, practiceId, headerDigest }, update: row }),
      );
    },
    async forget(practiceId, headerDigest) {
      await database.write((tx) => tx.listMapping.deleteMany({ where: { practiceId, headerDigest } }));
    },
  };
}

function toMapping({ practiceId: _, header, columns, ...row }: ListMappingModel): ListMapping {
  return {
    ...row,
    header: JSON.parse(header),
    uses: columns === null ? null : JSON.parse(columns),
    dateOrder: row.dateOrder as ListMapping['dateOrder'],
  };
}
