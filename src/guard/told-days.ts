/** By notice, and in it by ordinal, the day on which a patient was told, as dayNumber() counts; 0: not told. */
export type ToldDays = ReadonlyMap<string, Uint16Array>;

/** Since when a patient counts as told by one version of a notice (src/notices/telling.ts). */
export type ToldOn = { readonly notice: string; readonly day: number };

const LAST_DAY = 65_535;

/**
 * The days after some records were read again. Copies only what changes: a value of an index that somebody works with
 * stays as it is.
 *
 * @param size the number of ordinals in use
 */
export function toldDaysWith(
  before: ToldDays,
  size: number,
  records: readonly { readonly ordinal: number; readonly told?: readonly ToldOn[] }[],
): ToldDays {
  const after = new Map<string, Uint16Array>();
  const copyOf = (notice: string): Uint16Array => {
    const kept = after.get(notice);
    if (kept !== undefined) return kept;
    const copy = new Uint16Array(size);
    copy.set(before.get(notice) ?? []);
    after.set(notice, copy);
    return copy;
  };
  for (const { ordinal, told = [] } of records) {
    for (const [notice, days] of before)
      if ((after.get(notice) ?? days)[ordinal] && !told.some((one) => one.notice === notice))
        copyOf(notice)[ordinal] = 0;
    // A day that does not fit is none: doubt means not told.
    for (const { notice, day } of told)
      if (((after.get(notice) ?? before.get(notice))?.[ordinal] ?? 0) !== day)
        copyOf(notice)[ordinal] = day > 0 && day <= LAST_DAY ? day : 0;
  }
  return after.size === 0 ? before : new Map([...before, ...after]);
}

/** The first day on which a patient was told by any of these notices; 0: not told. */
export function firstToldDay(days: ToldDays, notices: readonly string[], ordinal: number): number {
  let first = 0;
  for (const notice of notices) {
    const day = days.get(notice)?.[ordinal] ?? 0;
    if (day > 0 && (first === 0 || day < first)) first = day;
  }
  return first;
}
