// Decides rows by what is known of whom they name.

/** Of a decision: none yet; permitted. All above it are withheld. src/guard/membership.ts says the same. */
const UNSEEN: u32 = 0;
const PERMITTED: u32 = 1;
/** Where there is no key: src/guard/number-table.ts says how keys lie. */
const EMPTY: i32 = -1;
const NO_ROW: u32 = u32.MAX_VALUE;

/**
 * Takes the rows found by rows.ts or lines.ts that follow each other as long as each has a number, and what it
 * comes to for whom it names is known: src/guard/decide-rows.ts does the same one by one.
 *
 * @param found where they wrote, with how many bytes for each row
 * @param from the number of the first row to take, from 0
 * @param slots pairs of a key and its ordinal, of which there are a power of two; `last` is the place of the last of them
 * @param shift by how much a hash is shifted to be the number of a slot
 * @param noted of each ordinal, a byte: what was noted on them in this release, where it is noted on too
 * @param decided of each ordinal, a byte: what a row that names them alone comes to; UNSEEN: it has to be asked
 * @param chosen where to write the numbers of the rows that are permitted; the word before it gets how many they are
 * @param notes where to write, of each of them, the ordinal and how many bytes the row has
 * @param runs where to write, of rows that are permitted and follow each other, the number of the first and one more than
 *   that of the last; the word before it gets how often
 * @param withheld where there is a word for each decision, to which is added how many rows stay for it
 * @returns the number of the first row that was not taken
 */
export function known(
  found: usize,
  space: usize,
  from: u32,
  count: u32,
  slots: usize,
  last: usize,
  shift: u32,
  noted: usize,
  decided: usize,
  chosen: usize,
  notes: usize,
  runs: usize,
  withheld: usize,
): u32 {
  const chosenCount = chosen - 4;
  const first = chosen;
  const runCount = runs - 4;
  const firstRun = runs;
  let runEnd: u32 = NO_ROW;
  let row = found + from * space;
  let start: u32 = from == 0 ? 0 : load<u32>(row - 4) + 1;
  let number = from;
  for (; number < count; number++) {
    const key = load<i32>(row);
    if (key < 0) break;
    let slot = (<usize>((<u32>key * 0x9e3779b1) >> shift)) << 3;
    let there = load<i32>(slots + slot);
    while (there != key && there != EMPTY) {
      slot = (slot + 8) & last;
      there = load<i32>(slots + slot);
    }
    if (there != key) break;
    const ordinal = load<u32>(slots + slot, 4);
    let decision = <u32>load<u8>(noted + ordinal);
    if (decision == UNSEEN) {
      decision = <u32>load<u8>(decided + ordinal);
      if (decision == UNSEEN) break;
      store<u8>(noted + ordinal, <u8>decision);
    }
    row += space;
    const end = load<u32>(row - 4) + 1;
    if (decision == PERMITTED) {
      store<u32>(chosen, number);
      store<u32>(notes, ordinal);
      store<u32>(notes, end - start, 4);
      chosen += 4;
      notes += 8;
      if (number != runEnd) {
        store<u32>(runs, number);
        runs += 8;
      }
      runEnd = number + 1;
      store<u32>(runs - 4, runEnd);
    } else {
      const stays = withheld + (decision << 2);
      store<u32>(stays, load<u32>(stays) + 1);
    }
    start = end;
  }
  store<u32>(chosenCount, <u32>((chosen - first) >> 2));
  store<u32>(runCount, <u32>((runs - firstRun) >> 3));
  return number;
}
