import { command } from './command.ts';

export const ledgerVerify = command({
  words: ['ledger', 'verify'],
  usage: '[--practice ODS]',
  help: `Derives the ledger again from everything that is kept, for one practice or for all, and says what it checked.
Exit 0: everything holds. Exit 1: something does not; the first entry at which it shows is named.`,
  options: { practice: { type: 'string' } },
  async run({ values, open, say, complain }) {
    const { ledger } = await open();
    const practices = (await ledger.practices()).filter(
      ({ ods }) => values.practice === undefined || values.practice === ods,
    );
    if (values.practice !== undefined && practices.length === 0) {
      complain(`There is no practice ${values.practice}.`);
      return 2;
    }
    let failed = false;
    for (const { id, ods } of practices) {
      const verified = await ledger.verify(id);
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
