import { keepFew } from './members-list.ts';
import { digestOfRuns, runsOfOrdinals } from './members-digest.ts';
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
    digest: digestOfRuns(salt, runsOfOrdinals(left), unlisted, (from, to) => index.linesOfIds(from, to)),
  };
}

/** Whose data left, and who was withheld, each with the reason's code; in the order of their ordinals. */
type Parted = { readonly left: Int32Array; readonly held: Int32Array; readonly codes: Uint8Array };

const isHeld = (code: number): boolean => code !== PERMITTED && code !== UNNAMED;

function parted({ ordinals, codes }: Noted): Parted {
  return {
    left: ordinals.filter((_, n) => codes[n] === PERMITTED),
    held: ordinals.filter((_, n) => isHeld(codes[n] as number)),
    codes: codes.filter(isHeld).map((code) => code - PERMITTED),
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
