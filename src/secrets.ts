import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';

/** Encrypts what the database keeps of keys, so that a stolen database alone gives nothing. */
export type Vault = {
  /** AES-256-GCM: nonce, tag and text in one. `purpose` has to be the same when it is opened. */
  seal(plain: Uint8Array, purpose: string): Buffer;
  /** Throws when the bytes were changed, or sealed for another purpose or under another MASTER_KEY. */
  open(sealed: Uint8Array, purpose: string): Buffer;
  /** 32 bytes that only MASTER_KEY and the purpose give, for what is enciphered without being kept. */
  derive(purpose: string): Buffer;
};

export type Secrets = { readonly vault: Vault; readonly sessionSecret: string };

/** Makes the data folder (mode 700), and in it, outside production, the secrets that no setting gives (mode 600). */
export function readSecrets(config: Config): Secrets {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  chmodSync(config.dataDir, 0o700);
  const kept = (name: string) => keep(join(config.dataDir, name));
  return {
    vault: vault(config.masterKey ?? kept('master.key')),
    sessionSecret: config.sessionSecret ?? kept('session.key'),
  };
}

function keep(file: string): string {
  try {
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process made it a moment ago, or it is there from an earlier start.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A vault under one master key; each purpose has a key of its own, derived from it. */
export function vault(masterKey: string): Vault {
  const keyFor = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', masterKey, 'opt-out-registry', purpose, 32));
  return {
    derive: (purpose) => keyFor(`derived: ${purpose}`),
    seal(plain, purpose) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce);
      const text = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    open(sealed, purpose) {
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), nonce);
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    },
  };
}
