import type { SigningKeys } from '../ledger/signing-key.ts';
import type { Database } from './database.ts';
import { changePractice } from './practice-change.ts';

/** Keys that sign checkpoints, private parts sealed. */
export function signingKeyStore(
  database: Database,
): SigningKeys & { unsigned(): Promise<string[]>; work(): Promise<boolean> } {
  const { reader, signing } = database;
  return {
    make: (practiceId, madeAt, name) =>
      changePractice(database, practiceId, async (change) => {
        const { tx } = change;
        const { origin } = await tx.practice.findUniqueOrThrow({ where: { id: practiceId } });
        const { signedBy } = await tx.ledgerHead.findUniqueOrThrow({ where: { practiceId } });
        const { verifier, sealed } = signing.make(origin);
        const madeAtIndex = name(change, verifier, signedBy);
        if (madeAtIndex === undefined) return undefined;
        await tx.signingKey.create({ data: { verifier, sealed, practiceId, madeAt, madeAtIndex } });
        change.signWith(verifier);
        return verifier;
      }),
    /** Practices whose ledger nothing signs. */
    async unsigned() {
      const heads = await reader.ledgerHead.findMany({ where: { signedBy: null } });
      return heads.map(({ practiceId }) => practiceId);
    },
    /** Whether every practice's key can be opened, and made the signature that is kept. Throws under another MASTER_KEY. */
    async work() {
      for (const { size, root, signature, signedBy } of await reader.ledgerHead.findMany()) {
        if (signature === null || signedBy === null) return false;
        const again = await signing.sign(reader, signedBy, { size, root });
        if (Buffer.compare(again, signature) !== 0) return false;
      }
      return true;
    },
  };
}
