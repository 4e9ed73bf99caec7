/** Values of one statement, at most: databases have a limit. */
const AT_ONCE = 500;

/** A long list in portions that one statement can take. */
export function* portionsOf<T>(values: readonly T[]): Iterable<T[]> {
  for (let from = 0; from < values.length; from += AT_ONCE) yield values.slice(from, from + AT_ONCE);
}
