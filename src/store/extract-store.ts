import type { ExtractStore } from '../extracts/extract-store.ts';
import { groupBy } from '../group-by.ts';
import type { Vault } from '../secrets.ts';
import { noticesCovering } from './covering-notices.ts';
import type { Database } from './database.ts';
import { exemptTypes } from './exemption-store.ts';
import { pseudonymPurpose, registeredVersion } from './extract-register.ts';

/** Extracts as the guard reads them. */
export function extractStore({ reader }: Database, vault: Vault): ExtractStore {
  const versions = async (where: { practiceId: string; extractId?: { in: string[] } }) => {
    const rows = await reader.extractVersion.findMany({
      where,
      orderBy: [{ extractId: 'asc' }, { version: 'desc' }],
    });
    const byExtract = groupBy(rows.map(registeredVersion), ({ extractId }) => extractId);
    // What was suspended says so, whatever draft waits behind it.
    return [...byExtract.values()].flatMap(
      (newestFirst) =>
        newestFirst.find(({ state }) => state === 'approved') ??
        newestFirst.find(({ state }) => state === 'suspended') ??
        newestFirst.slice(0, 1),
    );
  };
  const list = (practiceId: string, extractIds: readonly string[]) =>
    versions({ practiceId, extractId: { in: [...extractIds] } });
  return {
    list,
    ofPractice: (practiceId) => versions({ practiceId }),
    find: async (practiceId, extractId) => (await list(practiceId, [extractId]))[0],
    async pseudonymKey(practiceId, id) {
      const where = { practiceId_id: { practiceId, id } };
      const { pseudonymKey } = await reader.extract.findUniqueOrThrow({ where });
      return vault.open(pseudonymKey, pseudonymPurpose(practiceId, id));
    },
    coveringNotices: (version) => noticesCovering(reader, version),
    exemptTypes: (version, today) => exemptTypes(reader, version, today),
    async canaries(practiceId, extractId) {
      const where = { practiceId, extractId, removedAt: null };
      return (await reader.canary.findMany({ where })).map(({ nhsNumber }) => nhsNumber);
    },
    readiness: (practiceId) =>
      reader.practice.findUniqueOrThrow({
        where: { id: practiceId },
        select: { objectionsTakenInAt: true, listTakenInAt: true },
      }),
  };
}
