import { parseArgs } from 'node:util';
import type { Services } from '../services.ts';

export const name = 'ledger verify';

export const help = `ledger verify [--practice ODS]

Derives the ledger again from everything that is kept, for one practice or for all, and says what it checked.
Exit 0: everything holds. Exit 1: something does not; the first entry at which it shows is named.`;

/** Verifies the ledgers and returns the exit code: 0 all hold, 1 one does not, 2 wrong usage. */
export async function run(args: readonly string[], { ledger }: Pick<Services, 'ledger'>): Promise<number> {
  const ods = readOptions(args);
  if (ods === false) {
    console.error(`Usage: ${help.split('\n')[0]}`);
    return 2;
  }
  const practices = (await ledger.practices()).filter(
    (practice) => ods === undefined || practice.ods === ods,
  );
  if (ods !== undefined && practices.length === 0) {
    console.error(`There is no practice ${ods}.`);
    return 2;
  }
  let failed = false;
  for (const practice of practices) {
    const verified = await ledger.verify(practice.id);
    if (verified.ok) {
      console.log(`${practice.ods}: the ledger holds. Checked ${counts(verified.checked)}.`);
    } else {
      failed = true;
      const where = verified.index === null ? '' : `entry ${verified.index}: `;
      console.error(`${practice.ods}: the ledger does not hold. ${where}${verified.what}.`);
    }
  }
  return failed ? 1 : 0;
}

/** The practice asked for, undefined for all, false when the arguments make no sense. */
function readOptions(args: readonly string[]): string | undefined | false {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { practice: { type: 'string' } },
      allowPositionals: false,
    });
    return values.practice;
  } catch {
    return false;
  }
}

/** `12 entries, 3 objection acts, …` */
function counts(checked: object): string {
  return Object.entries(checked)
    .map(([what, count]) => `${count} ${what.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`)
    .join(', ');
}
