import { type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts';
import { commitmentOf, SALT_BYTES } from './entry.ts';
import { type Hash, leafHash } from './merkle.ts';
import { fromBase64, type Verifier } from './signed-note.ts';
import { verifyInclusion } from './verify-proofs.ts';

/** That an entry is in the log that a checkpoint stands for, with all that is needed to check it without asking anybody. */
export type TlogProof = {
  /** The salt and after it the text of the entry: SHA-256 of both is what the log holds. */
  readonly extra: Uint8Array;
  readonly index: number;
  /** Sibling hashes, from the leaf upward. */
  readonly proof: readonly Hash[];
  /** The signed checkpoint. */
  readonly note: string;
};

const HEADER = 'c2sp.org/tlog-proof@v1';
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** The salt and the text of an entry in one. */
export const extraOf = (salt: Uint8Array, text: string): Buffer =>
  Buffer.concat([salt, Buffer.from(text, 'utf8')]);

/** The proof as a file (C2SP tlog-proof, extension `.tlog-proof`). */
export function tlogProofText({ extra, index, proof, note }: TlogProof): string {
  const lines = [HEADER, `extra ${base64(extra)}`, `index ${index}`, ...proof.map(base64)];
  return `${lines.join('\n')}\n\n${note}`;
}

/** Reads such a file; undefined when it is none, or has no extra data. */
export function readTlogProof(file: string): TlogProof | undefined {
  const end = file.indexOf('\n\n');
  const [header, extraLine = '', indexLine = '', ...hashes] = file.slice(0, Math.max(end, 0)).split('\n');
  const extra = fromBase64(/^extra (\S+)$/.exec(extraLine)?.[1] ?? '');
  const index = Number(/^index (0|[1-9]\d*)$/.exec(indexLine)?.[1] ?? Number.NaN);
  const proof = hashes.map(fromBase64);
  if (header !== HEADER || extra === undefined || extra.length < SALT_BYTES || !Number.isSafeInteger(index))
    return undefined;
  if (!proof.every((hash) => hash !== undefined)) return undefined;
  return { extra, index, proof, note: file.slice(end + 2) };
}

export type CheckedProof =
  | { readonly ok: true; readonly text: string; readonly size: number; readonly origin: string }
  | {
      readonly ok: false;
      readonly reason: 'not-a-proof' | 'not-included' | Extract<OpenedCheckpoint, { ok: false }>['reason'];
    };

/** Checks a proof offline: the checkpoint is the verifier's, and the entry that is in the file is in its tree. */
export function checkTlogProof(file: string, verifiers: readonly Verifier[]): CheckedProof {
  const read = readTlogProof(file);
  if (read === undefined) return { ok: false, reason: 'not-a-proof' };
  const opened = openCheckpoint(read.note, verifiers);
  if (!opened.ok) return opened;
  const { checkpoint } = opened;
  const salt = read.extra.subarray(0, SALT_BYTES);
  const text = Buffer.from(read.extra.subarray(SALT_BYTES)).toString('utf8');
  const leaf = leafHash(commitmentOf(salt, text));
  if (!verifyInclusion(leaf, read.index, checkpoint, read.proof))
    return { ok: false, reason: 'not-included' };
  return { ok: true, text, size: checkpoint.size, origin: checkpoint.origin };
}
