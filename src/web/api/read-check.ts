import { type Asked, plainNumbers, type Written } from '../../guard/check.ts';
import { check, MOST_NUMBERS } from './schemas.ts';

/**
 * What is asked about. `lines`: each number as it came, with its comma and line end; only of a text. `written`: where
 * each stands, when it was read by its bytes.
 */
export type AskedNumbers =
  | {
      readonly ok: true;
      readonly numbers: Asked;
      readonly lines?: readonly string[];
      readonly written?: Written;
    }
  | {
      readonly ok: false;
      readonly reason: 'empty-body' | 'not-utf-8' | 'not-json' | 'not-a-check' | 'too-many-numbers';
    };

/**
 * Reads `{"nhsNumbers": ["…"]}`: as nearly everybody writes it by its bytes, else as any JSON.
 *
 * @param room memory in which the numbers may stand
 */
export function readJsonCheck(bytes: Buffer, room?: Int32Array): AskedNumbers {
  const numbers = plainNumbers(bytes, MOST_NUMBERS, room);
  if (numbers === undefined) return readAnyJsonCheck(bytes);
  return { ok: true, numbers: numbers.keys, written: { bytes, places: numbers.places } };
}

/** The same for whatever it may be. */
export function readAnyJsonCheck(bytes: Buffer): AskedNumbers {
  const text = decode(bytes);
  if (text === undefined) return { ok: false, reason: 'not-utf-8' };
  if (text.trim() === '') return { ok: false, reason: 'empty-body' };
  const json = parse(text);
  if (json === undefined) return { ok: false, reason: 'not-json' };
  // Counted before each entry is looked at, so that a list of millions is not.
  const list = (json as { nhsNumbers?: unknown } | null)?.nhsNumbers;
  if (Array.isArray(list) && list.length > MOST_NUMBERS) return { ok: false, reason: 'too-many-numbers' };
  const read = check.safeParse(json);
  return read.success ? { ok: true, numbers: read.data.nhsNumbers } : { ok: false, reason: 'not-a-check' };
}

/** Reads one NHS number a line, with or without a comma behind it: the shape of the national opt-out check. */
export function readTextCheck(bytes: Buffer): AskedNumbers {
  const text = decode(bytes);
  if (text === undefined) return { ok: false, reason: 'not-utf-8' };
  const lines = (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).filter((line) => line.trim() !== '');
  if (lines.length === 0) return { ok: false, reason: 'empty-body' };
  if (lines.length > MOST_NUMBERS) return { ok: false, reason: 'too-many-numbers' };
  return { ok: true, lines, numbers: lines.map((line) => line.trim().replace(/,$/, '')) };
}

/** The text without its byte order mark; undefined when it is not UTF-8. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
