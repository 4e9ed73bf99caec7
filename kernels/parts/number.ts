// Reads NHS numbers: src/patients/nhs-number.ts says what one is.

/** In the place of the key of what is not plainly a valid number: to be looked at by somebody else. */
export const NO_KEY: i32 = -1;

/** The key of the number in ten bytes: they are digits, the last is the check digit, and not all are the same. */
// @ts-ignore: a decorator of the compiler
@inline
export function keyOf(cell: usize): i32 {
  const digits = i8x16.sub(v128.load(cell), i8x16.splat(0x30));
  if ((i8x16.bitmask(i8x16.le_u(digits, i8x16.splat(9))) & 0x3ff) != 0x3ff) return NO_KEY;
  const first = i16x8.extend_low_i8x16_u(digits);
  const ninth = <i32>i8x16.extract_lane_u(digits, 8);
  const tenth = <i32>i8x16.extract_lane_u(digits, 9);
  const weighed = i32x4.dot_i16x8_s(first, i16x8(10, 9, 8, 7, 6, 5, 4, 3));
  const sum =
    i32x4.extract_lane(weighed, 0) +
    i32x4.extract_lane(weighed, 1) +
    i32x4.extract_lane(weighed, 2) +
    i32x4.extract_lane(weighed, 3) +
    ninth * 2 +
    tenth;
  if (sum % 11 != 0) return NO_KEY;
  const pairs = i32x4.dot_i16x8_s(first, i16x8(10, 1, 10, 1, 10, 1, 10, 1));
  const eight =
    i32x4.extract_lane(pairs, 0) * 1_000_000 +
    i32x4.extract_lane(pairs, 1) * 10_000 +
    i32x4.extract_lane(pairs, 2) * 100 +
    i32x4.extract_lane(pairs, 3);
  const key = eight * 10 + ninth;
  return key == tenth * 111_111_111 ? NO_KEY : key;
}
