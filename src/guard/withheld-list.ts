import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Reason, reasons } from './decide.ts';
import { atOnce, SLICE, type Sliced } from './slices.ts';

// Who was withheld from a release, and why, as its account keeps it: small, and so that what became of one patient is
// found without reading the rest. Patients are kept in stretches of 8,192 ordinals:
//
//   1 byte   0xff, which no list of the other form begins with: so many patients are in no practice
//   2 bytes  how many stretches there are, n
//   n + 1 times 4 bytes: where each stretch begins, counted from the first byte of all; the last is where all ends
//   the stretches, one after the other: four bits for each patient, 0 or the reason's code (its place among the reasons,
//   from 1), the patient with the even ordinal in the upper half of the byte, packed by DEFLATE (RFC 1951). A stretch
//   of which nobody was withheld is empty.
//
// Numbers have their most significant byte first. Nobody withheld at all: no bytes. The other form, for few among many,
// which accounts of before have too, is five bytes a patient, ascending: the ordinal in four, and the code.

/** The best packing takes twenty times as long for a tenth less. */
const PACKING = { level: 6, memLevel: 4, windowBits: 12 };
/** So many stretches that were packed last are kept: whoever asks about everybody has the same withheld each time. */
const KEPT = 8;
/** Patients of a stretch. Packed, one is never longer than 4,200 bytes. */
const STRETCH = 8192;
const STRETCHES = 0xff;
/** So many of a stretch packed are no shorter, and packing takes longer, than five bytes each. */
const FEW = 64;
const HEAD_BYTES = 3;
const PLACE_BYTES = 4;
/** A patient of the other form: these begin with the ordinal, and are in its order. */
export const PAIR_BYTES = 5;

/** A part of a list: from which byte on (0 is the first), and how many. */
export type Slice = { readonly from: number; readonly length: number };

/** Of every list, what has to be read first to find a patient: how it begins, and where the stretch is. */
export const headSlice: Slice = { from: 0, length: HEAD_BYTES };
export const placeSlice = (ordinal: number): Slice => ({
  from: HEAD_BYTES + PLACE_BYTES * Math.floor(ordinal / STRETCH),
  length: 2 * PLACE_BYTES,
});

/** Whether a list that begins so can be read in slices; else it has pairs of five bytes, or nothing. */
export const isSliced = (head: Uint8Array): boolean => head[0] === STRETCHES;

/**
 * Where the stretch of a patient is, from the bytes of {@link headSlice} and {@link placeSlice}.
 *
 * @returns undefined when nobody of the stretch was withheld, or the list ends before it
 */
export function stretchSlice(head: Uint8Array, place: Uint8Array, ordinal: number): Slice | undefined {
  if (!isSliced(head) || Math.floor(ordinal / STRETCH) >= Buffer.from(head).readUInt16BE(1)) return undefined;
  const bytes = Buffer.from(place);
  const [from, to] = [bytes.readUInt32BE(0), bytes.readUInt32BE(PLACE_BYTES)];
  return to > from ? { from, length: to - from } : undefined;
}

/** Why a patient was withheld, from the bytes of the stretch; null when they were not. */
export function reasonIn(stretch: Uint8Array, ordinal: number): Reason | null {
  const code = codeAt(unpack(stretch), ordinal % STRETCH);
  return code === 0 ? null : reasonOf(code);
}

/** The list of those withheld. @param codes the code of each patient by ordinal, 0 for those who were not; with memory of its own */
export function encodeWithheld(codes: Uint8Array): Buffer {
  return atOnce(encodingWithheld(codes));
}

/** The same in slices. */
export function* encodingWithheld(codes: Uint8Array): Sliced<Buffer> {
  const stretches: Buffer[] = [];
  for (let from = 0; from < codes.length; from += STRETCH) {
    if (from % SLICE === 0 && from > 0) yield;
    stretches.push(pack(codes.subarray(from, from + STRETCH)));
  }
  return join(stretches);
}

/**
 * The list of few among many: the work and the bytes are by how many they are, not by the size of the practice.
 *
 * @param ordinals each once, ascending; `codes` that of each
 */
export function encodeFewWithheld(ordinals: Int32Array, codes: Uint8Array): Buffer {
  if (ordinals.length <= FEW * stretchesOf(ordinals)) {
    const pairs = Buffer.alloc(ordinals.length * PAIR_BYTES);
    for (let n = 0; n < ordinals.length; n++) {
      pairs.writeUInt32BE(ordinals[n] as number, n * PAIR_BYTES);
      pairs.writeUInt8(roomFor(codes[n] as number), n * PAIR_BYTES + 4);
    }
    return pairs;
  }
  const stretches: Buffer[] = [];
  for (let n = 0; n < ordinals.length; ) {
    const from = (ordinals[n] as number) - ((ordinals[n] as number) % STRETCH);
    const some = new Uint8Array(STRETCH);
    for (; n < ordinals.length && (ordinals[n] as number) < from + STRETCH; n++)
      some[(ordinals[n] as number) - from] = codes[n] as number;
    while (stretches.length < from / STRETCH) stretches.push(Buffer.alloc(0));
    stretches.push(pack(some));
  }
  return join(stretches);
}

/** In how many stretches these are. */
function stretchesOf(ordinals: Int32Array): number {
  let [count, end] = [0, 0];
  for (let n = 0; n < ordinals.length; n++) {
    const ordinal = ordinals[n] as number;
    if (ordinal < end) continue;
    count++;
    end = ordinal - (ordinal % STRETCH) + STRETCH;
  }
  return count;
}

function join(stretches: Buffer[]): Buffer {
  while (stretches.at(-1)?.length === 0) stretches.pop();
  if (stretches.length === 0) return Buffer.alloc(0);
  const head = Buffer.alloc(HEAD_BYTES + PLACE_BYTES * (stretches.length + 1));
  head.writeUInt8(STRETCHES, 0);
  head.writeUInt16BE(stretches.length, 1);
  let at = head.length;
  [...stretches, Buffer.alloc(0)].forEach((stretch, place) => {
    head.writeUInt32BE(at, HEAD_BYTES + PLACE_BYTES * place);
    at += stretch.length;
  });
  return Buffer.concat([head, ...stretches]);
}

/** Everybody of a list, ascending by ordinal, with the reason. */
export function* withheldOf(withheld: Uint8Array): Iterable<{ ordinal: number; reason: Reason }> {
  const bytes = Buffer.from(withheld);
  if (bytes.length > 0 && !isSliced(bytes)) {
    for (let at = 0; at < bytes.length; at += PAIR_BYTES)
      yield { ordinal: bytes.readUInt32BE(at), reason: reasonOf(bytes.readUInt8(at + 4)) };
    return;
  }
  const count = bytes.length === 0 ? 0 : bytes.readUInt16BE(1);
  for (let n = 0; n < count; n++) {
    const { from, length } = placeSlice(n * STRETCH);
    const slice = stretchSlice(bytes, bytes.subarray(from, from + length), n * STRETCH);
    if (slice === undefined) continue;
    const halves = unpack(bytes.subarray(slice.from, slice.from + slice.length));
    for (let place = 0; place < STRETCH; place++) {
      const code = codeAt(halves, place);
      if (code !== 0) yield { ordinal: n * STRETCH + place, reason: reasonOf(code) };
    }
  }
}

function pack(codes: Uint8Array): Buffer {
  if (isNothing(codes)) return Buffer.alloc(0);
  const halves = Buffer.alloc(STRETCH / 2);
  for (let place = 0; place < codes.length; place++) {
    const code = codes[place] as number;
    if (code === 0) continue;
    roomFor(code);
    halves[place >> 1] = (halves[place >> 1] as number) | (place % 2 === 0 ? code << 4 : code);
  }
  return packedHalves(halves);
}

function roomFor(code: number): number {
  if (code > 15) throw new Error('A reason has a code that the account has no room for');
  return code;
}

/** Whether all is 0; in a check of few among many nearly every stretch is. */
function isNothing(codes: Uint8Array): boolean {
  const fours = new Int32Array(codes.buffer, codes.byteOffset, codes.length >> 2);
  for (let four = 0; four < fours.length; four++) if (fours[four] !== 0) return false;
  for (let place = 4 * fours.length; place < codes.length; place++) if (codes[place] !== 0) return false;
  return true;
}

const kept: { readonly halves: Buffer; readonly packed: Buffer }[] = [];

function packedHalves(halves: Buffer): Buffer {
  const known = kept.find((one) => one.halves.equals(halves));
  if (known !== undefined) return known.packed;
  const packed = deflateRawSync(halves, PACKING);
  kept.unshift({ halves, packed });
  kept.length = Math.min(kept.length, KEPT);
  return packed;
}

const unpack = (stretch: Uint8Array): Buffer => inflateRawSync(stretch, { maxOutputLength: STRETCH / 2 });

function codeAt(halves: Uint8Array, place: number): number {
  const two = halves[place >> 1] ?? 0;
  return place % 2 === 0 ? two >> 4 : two & 15;
}

function reasonOf(code: number): Reason {
  const reason = reasons[code - 1];
  if (reason === undefined) throw new Error('An account holds a reason that this version does not know');
  return reason;
}
