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
  const { left, held, codes } = index.isShared ? withSharers(noted, index) : parted(noted);
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
  const left = new Int32Array(ordinals.length);
  const held = new Int32Array(ordinals.length);
  const reasons = new Uint8Array(ordinals.length);
  let [leftCount, heldCount] = [0, 0];
  for (let n = 0; n < ordinals.length; n++) {
    const [ordinal, code] = [ordinals[n] as number, codes[n] as number];
    if (code === PERMITTED) left[leftCount++] = ordinal;
    else if (isHeld(code)) {
      held[heldCount] = ordinal;
      reasons[heldCount++] = code - PERMITTED;
    }
  }
  return {
    left: left.subarray(0, leftCount),
    held: held.subarray(0, heldCount),
    codes: reasons.subarray(0, heldCount),
  };
}

/** The same where some share a number, and with it what became of it. */
function withSharers(noted: Noted, index: PatientIndex): Parted {
  const { ordinals, codes } = noted;
  const left = new Set<number>();
  const held = new Map<number, number>();
  const note = (ordinal: number, code: number) => {
    if (code === PERMITTED) left.add(ordinal);
    else if (isHeld(code)) held.set(ordinal, code - PERMITTED);
  };
  ordinals.forEach((ordinal, n) => note(ordinal, codes[n] as number));
  ordinals.forEach((ordinal, n) => {
    const sharers = index.sharersOf(ordinal);
    if (sharers.length > 1) for (const sharer of sharers) note(sharer, codes[n] as number);
  });
  const heldInOrder = Int32Array.from(held.keys()).sort();
  return {
    left: Int32Array.from(left).sort(),
    held: heldInOrder,
    codes: Uint8Array.from(heldInOrder, (ordinal) => held.get(ordinal) as number),
  };
}
