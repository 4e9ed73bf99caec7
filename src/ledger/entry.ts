import { randomBytes } from 'node:crypto';
import type { LedgerAct } from './acts.ts';
import { canonicalJson, type Json, type JsonObject } from './jcs.ts';
import { sha256 } from './merkle.ts';

export type { LedgerAct } from './acts.ts';
export { canonicalJson, type Json, type JsonObject } from './jcs.ts';

/** Who acted: an account, a job's key, the app by itself, or the command line. `id` is never a name. */
export type Actor = { readonly kind: 'staff' | 'job' | 'system' | 'command-line'; readonly id: string };

/** What a change transaction offers to commands, so that a change and its entry are one, or neither happens. */
export interface Ledgered {
  /** Appends an entry and returns its ledger index (0 for the practice's first). */
  append(act: LedgerAct, actor: Actor, data: JsonObject, at: Date): number;
}

/** What an entry says, before it has a place in the log. `practice` is the ODS code. */
export type EntryContent = {
  readonly practice: string;
  readonly act: LedgerAct;
  readonly actor: Actor;
  readonly data: JsonObject;
  readonly at: Date;
};

/** An entry as it is kept. Text and salt may one day be erased; the commitment never changes. */
export type Entry = {
  readonly index: number;
  readonly text: string;
  /** 16 random bytes: without them nobody can tell the commitment of an entry by guessing its text. */
  readonly salt: Uint8Array;
  /** SHA-256(salt || text): what the Merkle tree is made of, and all that is ever published. */
  readonly commitment: Uint8Array;
};

export const SALT_BYTES = 16;

/** Makes the entry that takes place `index` in the practice's log. Only tests give a salt. */
export function makeEntry(
  index: number,
  content: EntryContent,
  salt: Uint8Array = randomBytes(SALT_BYTES),
): Entry {
  const text = entryText(index, content);
  return { index, text, salt, commitment: commitmentOf(salt, text) };
}

/** The text of an entry: RFC 8785 JSON with exactly the members of version 1. */
export function entryText(index: number, content: EntryContent): string {
  const { practice, act, actor, data, at } = content;
  const members: Record<string, Json> = {
    act,
    actor: { kind: actor.kind, id: actor.id },
    at: at.toISOString(),
    data,
    index,
    practice,
    v: 1,
  };
  return canonicalJson(members);
}

/** SHA-256(salt || text), the text in UTF-8. */
export function commitmentOf(salt: Uint8Array, text: string): Uint8Array {
  const bytes = roomFor(salt.length + 3 * text.length);
  bytes.set(salt);
  const end = salt.length + bytes.write(text, salt.length, 'utf8');
  return sha256(bytes.subarray(0, end));
}

/** What is hashed is put together here, and no call keeps it. */
let room = Buffer.alloc(4096);

function roomFor(bytes: number): Buffer {
  if (room.length < bytes) room = Buffer.alloc(bytes);
  return room;
}
