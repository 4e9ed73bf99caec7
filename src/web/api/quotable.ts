const LONGEST = 100;
/** Ten digits, whatever stands between them: it might be a patient's number. */
const tenDigits = /\d(?:\D?\D?\d){9}/;

/**
 * A column's name as a problem may repeat it: the caller wrote it, and a broken file may have a patient in its first
 * line.
 *
 * @returns at most 100 characters, or undefined when it could hold an NHS number
 */
export function quotable(name: string): string | undefined {
  return tenDigits.test(name.normalize('NFKC')) ? undefined : [...name].slice(0, LONGEST).join('');
}
