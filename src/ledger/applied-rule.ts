import type { JsonObject } from './jcs.ts';
import type { Applies } from './release-entry.ts';

/** Which version of an extract a release was of, and what of its rule was applied. */
export type AppliedRule = { readonly extract: string; readonly version: number; readonly applies: Applies };

const parts = ['type1', 'type2', 'consent', 'told'];

/** Reads it from the entry of a decision; undefined when it does not say it. By hand: a schema takes ten times as long. */
export function appliedRule({ extract, version, applies }: JsonObject): AppliedRule | undefined {
  if (typeof extract !== 'string' || typeof version !== 'number' || !Number.isSafeInteger(version))
    return undefined;
  if (typeof applies !== 'object' || applies === null || Array.isArray(applies)) return undefined;
  if (!Object.keys(applies).every((name) => parts.includes(name))) return undefined;
  const { type1, type2, consent, told } = applies as JsonObject;
  if (typeof type1 !== 'boolean' || typeof type2 !== 'boolean') return undefined;
  if (consent !== undefined && consent !== true) return undefined;
  if (told !== undefined && !(Number.isSafeInteger(told) && Number(told) > 0)) return undefined;
  return { extract, version, applies: applies as Applies };
}
