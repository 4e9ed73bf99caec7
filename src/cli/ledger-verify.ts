import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { command } from './command.ts';

export const ledgerVerify = command({
  words: ['ledger', 'verify'],
  usage: '[--practice ODS] [--since FILE]',
  help: `Derives the ledger again from everything that is kept, for one practice or for all, and says what it checked.
With --since, of the ledger whose signed checkpoint FILE holds (the file /log/<ods>/checkpoint of some day, or the one
that "watch" kept): it has to be one that the ledger signed, and everything that it counts has to be there unchanged.
Exit 0: everything holds. Exit 1: something does not; the first entry at which it shows is named.`,
  options: { practice: { type: 'string' }, since: { type: 'string' } },
  async run({ values, open, say, complain }) {
    // Entries are read and let go of by the hundred thousand. Without it V8 lets three times as much of what nobody needs any
    // more lie about as there is that somebody does, since there is room; with it, a third, and it costs a tenth more time.
    setFlagsFromString('--heap-growing-percent=30');
    const since = values.since === undefined ? undefined : await readFile(values.since, 'utf8');
    const origin = since?.split('\n', 1)[0];
    const { ledger, staff } = await open();
    const practices = (await staff.practices()).filter(
      (practice) =>
        (values.practice === undefined || values.practice === practice.ods) &&
        (origin === undefined || origin === practice.origin),
    );
    if (origin !== undefined && practices.length === 0) {
      complain(`The checkpoint in ${values.since} is of no ledger here.`);
      return 1;
    }
    if (values.practice !== undefined && practices.length === 0) {
      complain(`There is no practice ${values.practice}.`);
      return 2;
    }
    let failed = false;
    for (const { id, ods } of practices) {
      const verified = await ledger.verify(id, since === undefined ? [] : [since]);
      if (verified.ok) {
        say(`${ods}: the ledger holds. Checked ${counts(verified.checked)}.`);
      } else {
        failed = true;
        const where = verified.index === null ? '' : `entry ${verified.index}: `;
        complain(`${ods}: the ledger does not hold. ${where}${verified.what}.`);
      }
    }
    return failed ? 1 : 0;
  },
});

/** `12 entries, 3 objection acts, …` */
function counts(checked: object): string {
  return Object.entries(checked)
    .map(([what, count]) => `${count} ${what.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`)
    .join(', ');
}
