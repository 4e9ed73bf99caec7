import { command } from './command.ts';

const words = {
  'ods-invalid': 'An ODS code has 3 to 10 letters and numbers, such as A12345.',
  'name-missing': 'The name is empty.',
  'ods-taken': 'There is a practice with this ODS code already.',
};

export const practiceAdd = command({
  words: ['practice', 'add'],
  usage: '--ods CODE --name NAME',
  help: `Adds a practice, and begins its ledger. The address in PUBLIC_URL becomes part of the ledger's name for ever.
Exit 0: added. Exit 1: there is one with this code already. Exit 2: wrong usage.`,
  options: { ods: { type: 'string' }, name: { type: 'string' } },
  required: ['ods', 'name'],
  async run({ values: { ods = '', name = '' }, by, open, say, complain }) {
    const { staff } = await open();
    const added = await staff.addPractice({ ods, name }, by);
    if (!added.ok) {
      complain(words[added.reason]);
      return added.reason === 'ods-taken' ? 1 : 2;
    }
    const { practice } = added;
    say(`${practice.ods} was added. Its ledger is ${practice.origin}.`);
    say(
      `Next: opt-out-registry staff add --practice ${practice.ods} --role manager --name NAME --email EMAIL`,
    );
    return 0;
  },
});
