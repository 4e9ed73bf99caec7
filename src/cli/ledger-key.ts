import { command } from './command.ts';

export const ledgerKey = command({
  words: ['ledger', 'key'],
  usage: '--practice ODS --change',
  help: `Makes a new key that signs the practice's checkpoints from now on, and writes that into the ledger. Everybody who
watches the log has to be given the new verifier, which is printed; what was signed before stays good.
Exit 0: changed. Exit 2: wrong usage.`,
  options: { practice: { type: 'string' }, change: { type: 'boolean' } },
  required: ['practice'],
  async run({ values: { practice: ods = '', change }, by, open, say, complain }) {
    const { staff, ledger } = await open();
    const practice = await staff.practiceByOds(ods);
    if (practice === undefined || change !== true) {
      complain(practice === undefined ? `There is no practice ${ods}.` : 'Say --change to make a new key.');
      return 2;
    }
    const verifier = await ledger.changeKey({ practiceId: practice.id }, by);
    say(`${ods}: from now on checkpoints are signed with another key. Its verifier:`);
    say(verifier ?? '');
    return 0;
  },
});
