/** csv-kernel.wat, compiled; test/guard/csv-kernel.test.ts compiles it again and compares. */
export const kernel: Uint8Array = Buffer.from(
  [
    'AGFzbQEAAAABCQFgBH9/f38BfwMCAQAFAwEACwcRAgZtZW1vcnkCAARyb3dzAAAK+gYB9wYEBXsRfgN/AX4gA0EEayEcIBxBADYC',
    'AEIBIRYCQANAIAAgAU8NASAA/QAEACEEIAD9AAQQIQUgAP0ABCAhBiAA/QAEMCEHQgEgASAAa62GQgF9Qn8gASAAa0HAAEkbIQn9',
    'DCIiIiIiIiIiIiIiIiIiIiIhCCAJIAQgCP0j/WStIAUgCP0j/WStQhCGhCAGIAj9I/1krUIghiAHIAj9I/1krUIwhoSEgyEK/Qws',
    'LCwsLCwsLCwsLCwsLCwsIQggCSAEIAj9I/1krSAFIAj9I/1krUIQhoQgBiAI/SP9ZK1CIIYgByAI/SP9ZK1CMIaEhIMhC/0MCgoK',
    'CgoKCgoKCgoKCgoKCiEIIAkgBCAI/SP9ZK0gBSAI/SP9ZK1CEIaEIAYgCP0j/WStQiCGIAcgCP0j/WStQjCGhISDIQ39DAAAAAAA',
    'AAAAAAAAAAAAAAAhCCAJIAQgCP0j/WStIAUgCP0j/WStQhCGhCAGIAj9I/1krUIghiAHIAj9I/1krUIwhoSEgyEPIA0hDCAKIBWE',
    'IBggGYSEUARAIAsgDIQhEEIAIRcF/QwNDQ0NDQ0NDQ0NDQ0NDQ0NIQggCSAEIAj9I/1krSAFIAj9I/1krUIQhoQgBiAI/SP9ZK1C',
    'IIYgByAI/SP9ZK1CMIaEhIMhDiAKIRIgEiASQgGGhSESIBIgEkIChoUhEiASIBJCBIaFIRIgEiASQgiGhSESIBIgEkIQhoUhEiAS',
    'IBJCIIaFIRIgEiAVhSESIBJCP4chFSALIBJCf4WDIQsgDCASQn+FgyEMIAsgDIQhECAPIAogEoNCfyAQIAqEQgGGIBYgF4SEhYOE',
    'IQ8gCiASQn+FgyETIBNCAYYgGIQhFCAPIBRCfyAOIBAgCoSEhYOEIQ8gDiAUgyEOIAkgDyAOQgGGIBmEQn8gDIWDhIMhDyAKQj+I',
    'IRcgE0I/iCEYIA5CP4ghGQsgEEI/iCEWIA9CAFIEQCAQIA9CACAPfYNCAX2DIRBBACEBCwJAA0AgEFANASAQQgAgEH2DIREgAyAA',
    'IBF6p2o2AgAgA0EEaiEDIBpBAWohGiAQIBGFIRAgGiACRgRAIAwgEYNQDQQgG0EBaiEbQQAhGiAcIB0gDSARQgGGQgF9g3t8pzYC',
    'AAVCACAMIBGDUg0ECwwACwsgHSANe3whHSAAQcAAaiEADAALCyAbCw==',
  ].join(''),
  'base64',
);

/** The most bytes that are looked at in one call. */
export const MOST_AT_ONCE = 128 * 1024;
/** Behind the bytes have to be as many more as are looked at together. */
const TABLE = MOST_AT_ONCE + 64;
const COUNT = TABLE / 4;
const PLACES = COUNT + 1;

type Exports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly rows: (at: number, to: number, columns: number, places: number) => number;
};

const { memory, rows } = new WebAssembly.Instance(new WebAssembly.Module(kernel)).exports as Exports;
const bytesThere = new Uint8Array(memory.buffer);
const words = new Int32Array(memory.buffer);

/** Whole rows that follow each other; `places`: of each of their separators, row by row, from where the first begins. */
export type FoundRows = { readonly rows: number; readonly lines: number; readonly places: Int32Array };

/**
 * Finds whole rows of CSV that can be read, several times as fast as csv.ts, which says what they are: each has the
 * right number of cells, quotes only where they belong, no NUL, and its line end. The first that is otherwise ends it.
 *
 * @param from the first byte of a row
 * @param to one after the last byte to look at, at most {@link MOST_AT_ONCE} behind `from`
 * @param columns how many cells a row has, 1 or more
 * @param places where to write the places, made anew when it is too small
 * @returns how many rows, how many line feeds in them (also inside quotes), and the places: of each comma between cells, and
 *   of the line feed at the end of each row
 */
export function findRows(
  bytes: Buffer,
  from: number,
  to: number,
  columns: number,
  places: Int32Array,
): FoundRows {
  // Nothing is kept in the kernel's memory from one call to the next, so all scanners share it.
  bytesThere.set(bytes.subarray(from, to));
  const found = rows(0, to - from, columns, PLACES * 4);
  const count = found * columns;
  const kept = count > places.length ? new Int32Array(2 * count) : places;
  kept.set(words.subarray(PLACES, PLACES + count));
  return { rows: found, lines: words[COUNT] as number, places: kept };
}
