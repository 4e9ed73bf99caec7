import { z } from 'zod';
import { ledgerActs } from './acts.ts';
import { type Actor, commitmentOf, type JsonObject, type LedgerAct, SALT_BYTES } from './entry.ts';
import { isCanonicalJson, type Json } from './jcs.ts';
import type { LeafRow, TextRow } from './ledger-reader.ts';
import { sameHash } from './merkle.ts';

/** An entry read back from the log. */
export type ReadEntry = {
  readonly index: number;
  readonly act: LedgerAct;
  readonly actor: Actor;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly data: JsonObject;
};

const shape = z.strictObject({
  act: z.enum(ledgerActs),
  actor: z.strictObject({ kind: z.enum(['staff', 'job', 'system', 'command-line']), id: z.string() }),
  at: z.iso.datetime({ precision: 3 }),
  // It comes out of JSON, and canonical JSON says below what else it may not hold: to look a third time takes long.
  data: z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
  index: z.int(),
  practice: z.string(),
  v: z.literal(1),
});

/** Reads an entry and holds it against its leaf. Says in words what is wrong with it. */
export function readEntry(
  leaf: LeafRow,
  { salt, text }: TextRow,
  ods: string,
): { ok: true; entry: ReadEntry } | { ok: false; what: string } {
  const wrong = (what: string) => ({ ok: false as const, what });
  if (salt.length !== SALT_BYTES) return wrong('its salt is not 16 bytes long');
  if (!sameHash(commitmentOf(salt, text), leaf.commitment))
    return wrong('its text or salt is not what the leaf commits to');
  const value = parseJson(text);
  const parsed = shape.safeParse(value);
  if (!parsed.success) return wrong('its text is not an entry of version 1');
  const { index, practice, act, actor, at, data } = parsed.data;
  if (!isCanonicalJson(text, value as Json)) return wrong('its text is not canonical JSON');
  if (index !== leaf.index) return wrong(`its text says that it is entry ${index}`);
  if (practice !== ods) return wrong('its text names another practice');
  return { ok: true, entry: { index, act, actor, at, data } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
