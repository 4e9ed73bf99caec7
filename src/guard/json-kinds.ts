// What is said of each value of a JSON text that was cut: by json-reader.ts, or by kernels/json.ts, where it stands too.

export const OBJECT = 1;
export const ARRAY = 2;
export const STRING = 3;
export const NUMBER = 4;
/** true, false or null. */
export const LITERAL = 5;

/** How many words say of a value: its first byte, one after its last, the number that follows all that is in it, its kind. */
export const WORDS = 4;
/** The bits of a kind; the others say more of some. */
export const KIND = 7;
/** Of a string: it is a name, which only json-kernel.ts says. */
export const NAME = 8;
/** Of a string: there are escapes in it. */
export const ESCAPED = 16;
/** Of a string that is no name: a slash, a question mark, a percent sign or a bar is in it. Only json-kernel.ts says so. */
export const MARKED = 32;
