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

type Members = {
  readonly act: LedgerAct;
  readonly actor: Actor;
  readonly at: string;
  readonly data: JsonObject;
  readonly index: number;
  readonly practice: string;
};

const acts: ReadonlySet<unknown> = new Set(ledgerActs);
const kinds: ReadonlySet<unknown> = new Set(['staff', 'job', 'system', 'command-line']);
const instant = z.regexes.datetime({ precision: 3 });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether a value, read from JSON, has exactly the members of an entry of version 1. By hand: a schema would make each of a
 * million entries anew. What else `data` may not hold, canonical JSON says.
 */
function isEntry(value: unknown): value is Members {
  if (!isObject(value) || Object.keys(value).length !== 7) return false;
  const { act, actor, at, data, index, practice, v } = value;
  const isMade = acts.has(act) && typeof at === 'string' && instant.test(at);
  const isBy = isObject(actor) && Object.keys(actor).length === 2 && kinds.has(actor.kind);
  const isPlaced = Number.isSafeInteger(index) && typeof practice === 'string' && v === 1;
  return isMade && isBy && typeof actor.id === 'string' && isObject(data) && isPlaced;
}

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
  if (!isEntry(value)) return wrong('its text is not an entry of version 1');
  const { index, practice, act, actor, at, data } = value;
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
