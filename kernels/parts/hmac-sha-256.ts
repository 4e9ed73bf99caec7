// HMAC-SHA-256 (RFC 2104, FIPS 180-4) of texts so short that each fits in a block with its padding. The app's own is that of
// node:crypto, and is what this has to come to; it costs so much for each call that a release of a large practice would take
// a second more.

/** Where a key lies, ready for use: the 64 constants of FIPS 180-4, 4.2.2; what is hashed of it for the inner hash, and for the outer; room. */
const INNER: usize = 64 * 4;
const OUTER: usize = INNER + 8 * 4;
const WORDS: usize = OUTER + 8 * 4;

const KEY_LENGTH: usize = 64;
const BLOCK_WORDS: usize = 16 * 4;
const BLOCK_BITS: u32 = 512;
const DIGEST_BITS: u32 = 256;
/** What stands behind the last byte of a text. */
const END: u32 = 0x80000000;

/**
 * Makes a key ready.
 *
 * @param key 64 bytes: a shorter key with zeros behind it
 * @param at where the constants lie, and room for the rest
 */
export function makeReady(key: usize, at: usize): void {
  spread(key, at, 0x36363636);
  first(at + INNER);
  compress(at, at + INNER);
  spread(key, at, 0x5c5c5c5c);
  first(at + OUTER);
  compress(at, at + OUTER);
}

/** Writes the key, with these bits changed, as a block. */
function spread(key: usize, at: usize, pad: u32): void {
  for (let word: usize = 0; word < KEY_LENGTH; word += 4)
    store<u32>(at + WORDS + word, bswap(load<u32>(key + word)) ^ pad);
}

/** FIPS 180-4, 5.3.3. */
function first(state: usize): void {
  store<u32>(state, 0x6a09e667);
  store<u32>(state, 0xbb67ae85, 4);
  store<u32>(state, 0x3c6ef372, 8);
  store<u32>(state, 0xa54ff53a, 12);
  store<u32>(state, 0x510e527f, 16);
  store<u32>(state, 0x9b05688c, 20);
  store<u32>(state, 0x1f83d9ab, 24);
  store<u32>(state, 0x5be0cd19, 28);
}

/**
 * The first 16 bytes of the HMAC of ten bytes.
 *
 * @param at where the key is ready
 * @param text the ten bytes; 12 are read
 * @param to where to write
 */
export function ofTen(at: usize, text: usize, to: usize): void {
  const words = at + WORDS;
  const state = words + BLOCK_WORDS * 4;
  memory.fill(words, 0, BLOCK_WORDS);
  store<u32>(words, bswap(load<u32>(text)));
  store<u32>(words, bswap(load<u32>(text, 4)), 4);
  store<u32>(words, (bswap(load<u32>(text, 8)) & 0xffff0000) | (END >> 16), 8);
  store<u32>(words, BLOCK_BITS + 80, 60);
  memory.copy(state, at + INNER, 32);
  compress(at, state);
  memory.copy(words, state, 32);
  memory.fill(words + 32, 0, 32);
  store<u32>(words, END, 32);
  store<u32>(words, BLOCK_BITS + DIGEST_BITS, 60);
  memory.copy(state, at + OUTER, 32);
  compress(at, state);
  for (let word: usize = 0; word < 16; word += 4) store<u32>(to + word, bswap(load<u32>(state + word)));
}

/** FIPS 180-4, 6.2.2: brings the block that lies in the room, of which the words are written over, into a state. */
function compress(constants: usize, state: usize): void {
  const words = constants + WORDS;
  for (let at = words + BLOCK_WORDS; at < words + BLOCK_WORDS * 4; at += 4) {
    const fifteen = load<u32>(at - 60);
    const two = load<u32>(at - 8);
    const sigma0 = rotr<u32>(fifteen, 7) ^ rotr<u32>(fifteen, 18) ^ (fifteen >> 3);
    const sigma1 = rotr<u32>(two, 17) ^ rotr<u32>(two, 19) ^ (two >> 10);
    store<u32>(at, sigma1 + load<u32>(at - 28) + sigma0 + load<u32>(at - 64));
  }
  let a = load<u32>(state);
  let b = load<u32>(state, 4);
  let c = load<u32>(state, 8);
  let d = load<u32>(state, 12);
  let e = load<u32>(state, 16);
  let f = load<u32>(state, 20);
  let g = load<u32>(state, 24);
  let h = load<u32>(state, 28);
  for (let t: usize = 0; t < BLOCK_WORDS * 4; t += 4) {
    const sum1 = rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25);
    const t1 = h + sum1 + ((e & f) ^ (~e & g)) + load<u32>(constants + t) + load<u32>(words + t);
    const sum0 = rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22);
    const t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  store<u32>(state, load<u32>(state) + a);
  store<u32>(state, load<u32>(state, 4) + b, 4);
  store<u32>(state, load<u32>(state, 8) + c, 8);
  store<u32>(state, load<u32>(state, 12) + d, 12);
  store<u32>(state, load<u32>(state, 16) + e, 16);
  store<u32>(state, load<u32>(state, 20) + f, 20);
  store<u32>(state, load<u32>(state, 24) + g, 24);
  store<u32>(state, load<u32>(state, 28) + h, 28);
}
