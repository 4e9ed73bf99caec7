import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { checkpointText } from '../ledger/checkpoint.ts';
import { readVerifier, signText, verifierText } from '../ledger/signed-note.ts';
import type { TreeHead } from '../ledger/verify-proofs.ts';
import type { Vault } from '../secrets.ts';
import type { Transaction } from './database.ts';

/** A key that signs checkpoints, before it is kept. */
export type MadeKey = { readonly verifier: string; readonly sealed: Buffer<ArrayBuffer> };

/** Signs the checkpoints of every practice. A private key is opened once in a process. */
export type Signing = {
  make(origin: string): MadeKey;
  /** Throws when the key is missing, or was sealed under another MASTER_KEY. */
  sign(tx: Pick<Transaction, 'signingKey'>, verifier: string, head: TreeHead): Promise<Buffer<ArrayBuffer>>;
};

const purposeOf = (verifier: string): string => `signing key ${verifier}`;

/** Signs with keys that are sealed in the database; each is opened once and kept in memory. */
export function signing(vault: Vault): Signing {
  const keys = new Map<string, KeyObject>();
  const open = async (tx: Pick<Transaction, 'signingKey'>, verifier: string) => {
    const known = keys.get(verifier);
    if (known !== undefined) return known;
    const { sealed } = await tx.signingKey.findUniqueOrThrow({ where: { verifier } });
    const key = createPrivateKey({ key: unsealed(vault, sealed, verifier), format: 'der', type: 'pkcs8' });
    keys.set(verifier, key);
    return key;
  };
  return {
    make(origin) {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const verifier = verifierText(origin, publicKey);
      const der = privateKey.export({ format: 'der', type: 'pkcs8' });
      return { verifier, sealed: Buffer.from(vault.seal(der, purposeOf(verifier))) };
    },
    async sign(tx, verifier, head) {
      const origin = readVerifier(verifier)?.name ?? '';
      return Buffer.from(signText(checkpointText({ origin, ...head }), await open(tx, verifier)));
    },
  };
}

function unsealed(vault: Vault, sealed: Uint8Array, verifier: string): Buffer {
  try {
    return vault.open(sealed, purposeOf(verifier));
  } catch {
    throw new Error(`MASTER_KEY is not the one under which the signing key ${verifier} was sealed.`);
  }
}

/** Of a database that is opened to be read. */
export const noSigning: Signing = {
  make() {
    throw new Error('this database was opened without MASTER_KEY');
  },
  async sign() {
    throw new Error('this database was opened without MASTER_KEY');
  },
};
