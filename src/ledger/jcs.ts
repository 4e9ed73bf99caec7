/** What an entry may hold: strings, booleans, safe integers, null, and arrays and objects of these. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/**
 * The one text of a value, after RFC 8785 (JSON canonicalization): members sorted by UTF-16 code units, no spaces.
 * Two programs that mean the same therefore hash the same.
 *
 * @throws TypeError for whatever RFC 8785 or this ledger does not let in: fractions, numbers beyond 2^53 - 1,
 * minus zero, half of a surrogate pair, `undefined`, dates, class instances.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return integer(value);
  if (typeof value === 'string') return text(value);
  if (isList(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) return members(value);
  throw new TypeError(`a ledger entry cannot hold a ${typeof value}`);
}

function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function members(value: JsonObject): string {
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${text(name)}:${canonicalJson(value[name] as Json)}`).join(',')}}`;
}

function integer(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    throw new TypeError(`a ledger entry holds whole numbers only, not ${value}`);
  }
  return String(value);
}

function text(value: string): string {
  // Half a surrogate pair has no UTF-8 form, so its hash would depend on the program that reads it.
  if (/\p{Surrogate}/u.test(value))
    throw new TypeError('a ledger entry cannot hold half of a surrogate pair');
  return JSON.stringify(value);
}
