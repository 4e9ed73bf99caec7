import { HASH_BYTES } from './merkle.ts';
import { fromBase64, type OpenedNote, openNote, type Verifier } from './signed-note.ts';
import type { TreeHead } from './verify-proofs.ts';

/** A state of the log, as it is signed and published (C2SP tlog-checkpoint). */
export type Checkpoint = TreeHead & {
  /** Which log: `<host>/log/<ods>`, also the name of the key that signs. */
  readonly origin: string;
};

/** The text that is signed: origin, size and root, each on a line. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** Reads the text of a checkpoint; lines after the third are for others, and are passed over. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', digits = '', base64 = '', ...more] = text.split('\n');
  const root = fromBase64(base64);
  const size = Number(digits);
  if (origin === '' || !/^(0|[1-9]\d*)$/.test(digits) || !Number.isSafeInteger(size)) return undefined;
  if (root?.length !== HASH_BYTES || more.at(-1) !== '' || more.slice(0, -1).includes('')) return undefined;
  return { origin, size, root };
}

/** What a signed checkpoint says, whoever signed it. */
export function unverified(note: string): Checkpoint | undefined {
  return readCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1));
}

export type OpenedCheckpoint =
  | { readonly ok: true; readonly checkpoint: Checkpoint; readonly by: Verifier }
  | {
      readonly ok: false;
      readonly reason: Extract<OpenedNote, { ok: false }>['reason'] | 'not-a-checkpoint';
    };

/** Reads a signed checkpoint of the log that the verifiers are named after. */
export function openCheckpoint(note: string, known: readonly Verifier[]): OpenedCheckpoint {
  const opened = openNote(note, known);
  if (!opened.ok) return opened;
  const checkpoint = readCheckpoint(opened.text);
  if (checkpoint?.origin !== opened.by.name) return { ok: false, reason: 'not-a-checkpoint' };
  return { ok: true, checkpoint, by: opened.by };
}
