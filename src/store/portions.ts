/** Values of one statement, at most: databases have a limit. */
const AT_ONCE = 500;

/** A long list in portions that one statement can take, or in smaller ones. */
export function* portionsOf<T>(values: readonly T[], most = AT_ONCE): Iterable<T[]> {
  for (let from = 0; from < values.length; from += most) yield values.slice(from, from + most);
}
