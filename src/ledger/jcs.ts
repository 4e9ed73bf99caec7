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

/**
 * Whether a text is the canonical one of the value that was parsed from it: the same answer as
 * `canonicalJson(value) === text`, and false where that throws, in a fraction of the time.
 *
 * @param value what `JSON.parse(text)` gave
 */
export function isCanonicalJson(text: string, value: Json): boolean {
  // What JSON.stringify writes is canonical but for the order of members, fractions and halves of surrogate pairs.
  if (JSON.stringify(value) === text && !text.includes('\\ud') && isOrdered(value)) return true;
  try {
    return canonicalJson(value) === text;
  } catch {
    return false;
  }
}

function isOrdered(value: Json): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (isList(value)) return value.every(isOrdered);
  let before: string | undefined;
  for (const name in value) {
    if (before !== undefined && name < before) return false;
    if (!isOrdered(value[name] as Json)) return false;
    before = name;
  }
  return true;
}

/** Whether two values have the same canonical text. Both have to be ones that an entry may hold. */
export function sameJson(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (isList(one) || isList(other))
    return (
      isList(one) &&
      isList(other) &&
      one.length === other.length &&
      one.every((value, at) => sameJson(value, other[at] as Json))
    );
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && sameJson(one[name] as Json, other[name] as Json))
  );
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
