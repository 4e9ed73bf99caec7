import { digestOfFew } from './members-digest.ts';
import { keepFew } from './members-list.ts';
import { type Account, PERMITTED, UNNAMED } from './membership.ts';
import type { Noted } from './noted-few.ts';
import type { PatientIndex } from './patient-index.ts';
import { encodeFewWithheld } from './withheld-list.ts';

/**
 * The account of few among many: it says what Membership's own of everybody would say, with work by how many were noted.
 *
 * @param unlisted as an account has it
 */
export function accountOfFew(noted: Noted, index: PatientIndex, salt: Buffer, unlisted: Buffer): Account {
  const { left, held, codes } = index.sharesAny ? withSharers(noted, index) : parted(noted);
  return {
    ...keepFew(left),
    unlisted,
    withheld: encodeFewWithheld(held, codes),
    salt,
    digest: digestOfFew(salt, index.linesOf(left), unlisted),
  };
}

/** Whose data left, and who was withheld, each with the reason's code; in the order of their ordinals. */
type Parted = { readonly left: Int32Array; readonly held: Int32Array; readonly codes: Uint8Array };

const isHeld = (code: number): boolean => code !== PERMITTED && code !== UNNAMED;

function parted({ ordinals, codes }: Noted): Parted {
  let [leftCount, heldCount] = [0, 0];
  for (let n = 0; n < codes.length; n++) {
    if (codes[n] === PERMITTED) leftCount++;
    else if (isHeld(codes[n] as number)) heldCount++;
  }
  // Whose data left is nearly everybody: memory for those withheld is made for as many as there are.
  const left = new Int32Array(leftCount);
  const held = new Int32Array(heldCount);
  const reasons = new Uint8Array(heldCount);
  [leftCount, heldCount] = [0, 0];
  for (let n = 0; n < ordinals.length; n++) {
    const [ordinal, code] = [ordinals[n] as number, codes[n] as number];
    if (code === PERMITTED) left[leftCount++] = ordinal;
    else if (isHeld(code)) {
      held[heldCount] = ordinal;
      reasons[heldCount++] = code - PERMITTED;
    }
  }
  return { left, held, codes: reasons };
}

/** The same where some share a number, and with it what became of it. */
function withSharers(noted: Noted, index: PatientIndex): Parted {
  const own = parted(noted);
  const more = new Set<number>();
  const heldToo = new Map<number, number>();
  for (let n = 0; n < noted.ordinals.length; n++) {
    const [ordinal, code] = [noted.ordinals[n] as number, noted.codes[n] as number];
    if (!index.isShared(ordinal)) continue;
    for (const sharer of index.sharersOf(ordinal)) {
      if (code === PERMITTED) more.add(sharer);
      else if (isHeld(code)) heldToo.set(sharer, code - PERMITTED);
    }
  }
  if (more.size + heldToo.size === 0) return own;
  own.held.forEach((ordinal, n) => {
    if (!heldToo.has(ordinal)) heldToo.set(ordinal, own.codes[n] as number);
  });
  const held = Int32Array.from(heldToo.keys()).sort();
  const left = new Int32Array(own.left.length + more.size);
  left.set(own.left);
  left.set([...more], own.left.length);
  return {
    left: left.sort().filter((ordinal, n) => n === 0 || ordinal !== left[n - 1]),
    held,
    codes: Uint8Array.from(held, (ordinal) => heldToo.get(ordinal) as number),
  };
}
