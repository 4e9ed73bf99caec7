import { TileTree } from '../ledger/tile-tree.ts';
import { extraOf, tlogProofText } from '../ledger/tlog-proof.ts';
import type { RegisterStore } from '../register/register-store.ts';
import type { Database } from './database.ts';
import { latestRegister } from './latest-register.ts';
import { publicLog } from './public-log.ts';

/** Registers as they were published, on either database. */
export function registerStore(database: Database): RegisterStore {
  const { reader } = database;
  const log = publicLog(database);
  return {
    latest: (practiceId) => latestRegister(reader, practiceId),
    async proof(practiceId, ledgerIndex) {
      const published = await log.latest(practiceId);
      const where = { practiceId_index: { practiceId, index: ledgerIndex } };
      const entry = await reader.ledgerText.findUnique({ where });
      if (published === null || published.size <= ledgerIndex || entry === null) return null;
      const tree = new TileTree(published.size, async (tile) => (await log.tile(practiceId, tile)) ?? []);
      const proof = await tree.inclusionProof(ledgerIndex);
      const extra = extraOf(entry.salt, entry.text);
      return tlogProofText({ extra, index: ledgerIndex, proof, note: published.note });
    },
  };
}
