import type { Evidence, EvidenceStore } from '../objections/evidence/evidence-store.ts';
import type { Vault } from '../secrets.ts';
import { recordedAct } from './act-row.ts';
import type { Database } from './database.ts';
import type { EvidenceModel } from './generated/sqlite/models.ts';
import { changePractice } from './practice-change.ts';

/** Each scan has a key of its own, so that none can be put in another's place. */
const purposeOf = (id: string): string => `evidence ${id}`;

/** Evidence; scans are encrypted under MASTER_KEY. */
export function evidenceStore(database: Database, vault: Vault): EvidenceStore {
  const { evidence } = database.reader;
  return {
    change: (practiceId, work) =>
      changePractice(database, practiceId, ({ tx, append }) =>
        work({
          append,
          async act(id) {
            const row = await tx.objectionAct.findFirst({ where: { id, practiceId } });
            return row && recordedAct(row);
          },
          has: async (id) => (await tx.evidence.count({ where: { id, practiceId } })) > 0,
          countOf: (requestId) => tx.evidence.count({ where: { practiceId, requestId } }),
          async keep(kept, bytes) {
            const sealed = bytes && new Uint8Array(vault.seal(bytes, purposeOf(kept.id)));
            await tx.evidence.create({ data: { ...kept, practiceId, sealed } });
          },
        }),
      ),
    async ofRequest(practiceId, requestId) {
      const where = { practiceId, requestId };
      const rows = await evidence.findMany({ where, orderBy: { addedAt: 'asc' }, omit: { sealed: true } });
      return rows.map(toEvidence);
    },
    async scan(practiceId, id) {
      const row = await evidence.findFirst({ where: { id, practiceId } });
      if (row === null || row.sealed === null) return null;
      const { sealed, ...rest } = row;
      return { ...toEvidence(rest), bytes: vault.open(sealed, purposeOf(id)) };
    },
  };
}

function toEvidence({ practiceId: _, ...rest }: Omit<EvidenceModel, 'sealed'>): Evidence {
  return {
    ...rest,
    kind: rest.kind as Evidence['kind'],
    contentType: rest.contentType as Evidence['contentType'],
  };
}
