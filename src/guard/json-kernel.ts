import { jsonKernel } from './json-kernel-code.ts';
import { openKernel } from './kernel.ts';

/** So many bytes can be looked at together. */
export const MOST_TEXT = 192 * 1024;
/** Behind the bytes have to be some more, which are loaded with them. */
const EXAMPLES = MOST_TEXT + 64;
const LINES = EXAMPLES + 16 * 16 * 400;
const VALUES = LINES + 16 * 4096;
const ROOM = VALUES + 16 * 16_384;

type Exports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly lines: (
    from: number,
    to: number,
    lines: number,
    values: number,
    room: number,
    examples: number,
  ) => number;
};

const { memory, lines } = openKernel<Exports>(jsonKernel, ROOM);

/** Where the bytes have to lie that are looked at. All scanners share it: nothing in it is kept from one chunk to the next. */
export const jsonText: Buffer = Buffer.from(memory.buffer, 0, MOST_TEXT);
/** What the kernel says, in words. */
export const jsonWords: Int32Array = new Int32Array(memory.buffer);
/** Where in {@link jsonWords} it is said of each line, in four words: its end, and what {@link findLines} says. */
export const FIRST_LINE = LINES / 4;

/**
 * Finds lines of {@link jsonText} and cuts them into values, many times as fast as json-tape.ts, which says what may be
 * read. Of each line it says, from {@link FIRST_LINE} on, four words: one after its line feed; at which byte of the memory
 * its values begin; how many they are, or 0 where the line is left to json-tape.ts; and its shape: lines with the same
 * number have the same names, objects and lists, and differ only in texts, numbers and literals; -1 where it is not known.
 *
 * @param from the first byte of a line
 * @param to one after the line feed of the last line to look at
 * @returns how many lines were found, one or more
 */
export function findLines(from: number, to: number): number {
  return lines(from, to, LINES, VALUES, ROOM, EXAMPLES);
}
