import { showCode } from '../staff/one-time-code.ts';
import { isRole, roleNames, roles } from '../staff/roles.ts';
import { command } from './command.ts';

const words = {
  'email-invalid': 'The email address is not one.',
  'name-missing': 'The name is empty.',
  'email-taken': 'Somebody with this email address has an account already.',
  'not-permitted': 'The command line may not add this account.',
};

export const staffAdd = command({
  words: ['staff', 'add'],
  usage: `--practice ODS --email EMAIL --name NAME --role ${roles.join('|')}`,
  help: `Adds an account, and prints a one-time code with which the person sets a password within 24 hours.
The first manager and the first guardian of a practice are added here; they add the others in the app.
Exit 0: added. Exit 1: the email address has an account already. Exit 2: wrong usage.`,
  options: {
    practice: { type: 'string' },
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
  },
  required: ['practice', 'email', 'name', 'role'],
  async run({ values: { practice: ods = '', email = '', name = '', role = '' }, ...context }) {
    const { by, config, open, say, complain } = context;
    if (!isRole(role)) {
      complain(`The role is one of ${roles.join(', ')}.`);
      return 2;
    }
    const { staff } = await open();
    const practice = await staff.practiceByOds(ods.trim().toUpperCase());
    if (practice === undefined) {
      complain(`There is no practice ${ods}.`);
      return 2;
    }
    const added = await staff.add({ practiceId: practice.id, email, name, role }, by);
    if (!added.ok) {
      complain(words[added.reason]);
      return added.reason === 'email-taken' ? 1 : 2;
    }
    say(`Added as ${roleNames[role]} of ${practice.ods}.`);
    say(`One-time code: ${showCode(added.code ?? '')}`);
    say(`It works once, within 24 hours, at ${config.publicUrl}/first-password`);
    return 0;
  },
});
