import type { ExtractReads, ExtractStore } from '../extracts/extract-store.ts';
import { groupBy } from '../group-by.ts';
import type { Vault } from '../secrets.ts';
import { noticesCovering } from './covering-notices.ts';
import type { Database } from './database.ts';
import { exemptTypes } from './exemption-store.ts';
import { pseudonymPurpose, registeredVersion } from './extract-register.ts';
import type { KnownPractice } from './known-practices.ts';

/** Extracts as the guard reads them. */
export function extractStore({ reader, known }: Database, vault: Vault): ExtractStore {
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
  const reads: ExtractReads = {
    find: async (practiceId, extractId) => (await list(practiceId, [extractId]))[0],
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
  return {
    ...reads,
    now: async (practiceId) => knownReads((await known.now(practiceId)).known, reads),
    list,
    ofPractice: (practiceId) => versions({ practiceId }),
    async pseudonymKey(practiceId, id) {
      const where = { practiceId_id: { practiceId, id } };
      const { pseudonymKey } = await reader.extract.findUniqueOrThrow({ where });
      return vault.open(pseudonymKey, pseudonymPurpose(practiceId, id));
    },
  };
}

/** The same of one practice, of which nothing is read again that is known. */
function knownReads(known: KnownPractice, reads: ExtractReads): ExtractReads {
  const once: KnownPractice['reads']['once'] = (what, read) => known.reads.once(what, read);
  return {
    find: (practiceId, id) => once(['extract', practiceId, id], () => reads.find(practiceId, id)),
    readiness: (practiceId) => once(['readiness', practiceId], () => reads.readiness(practiceId)),
    canaries: (practiceId, id) => once(['canaries', practiceId, id], () => reads.canaries(practiceId, id)),
    coveringNotices: (of) =>
      once(['notices', of.practiceId, of.extractId, of.version], () => reads.coveringNotices(of)),
    exemptTypes: (of, today) =>
      once(['exempt', of.practiceId, of.extractId, of.version, today], () => reads.exemptTypes(of, today)),
  };
}
