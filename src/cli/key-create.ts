import { showInstant } from '../day.ts';
import { command } from './command.ts';

const DAY = 24 * 60 * 60 * 1000;
const MOST_DAYS = 366;

const words = {
  'no-extracts': 'Name at least one extract.',
  'unknown-extract': 'The practice does not have all of these extracts.',
  'already-expired': 'The key would have expired already.',
};

export const keyCreate = command({
  words: ['key', 'create'],
  usage: '--practice ODS --name NAME --extract ID [--extract ID …] [--days N]',
  help: `Makes a key for an extract job, and prints it: on the first line, and only now. It works for the extracts named,
for so many days (1 to ${MOST_DAYS}, 90 when not given), or until a manager revokes it in the app.
Exit 0: made. Exit 1: the practice does not have such an extract. Exit 2: wrong usage.`,
  options: {
    practice: { type: 'string' },
    name: { type: 'string' },
    extract: { type: 'string', multiple: true },
    days: { type: 'string', default: '90' },
  },
  required: ['practice', 'name', 'extract'],
  async run({ values: { practice: ods = '', name = '', extract: extracts = [], ...values }, ...context }) {
    const { by, open, say, complain } = context;
    const days = Number(values.days);
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
      complain(`--days is a whole number from 1 to ${MOST_DAYS}.`);
      return 2;
    }
    const { staff, keys, now } = await open();
    const practice = await staff.practiceByOds(ods.trim().toUpperCase());
    if (practice === undefined) {
      complain(`There is no practice ${ods}.`);
      return 2;
    }
    const expiresAt = new Date(now().getTime() + days * DAY);
    const made = await keys.make({ practiceId: practice.id, name: name.trim(), extracts, expiresAt }, by);
    if (!made.ok) {
      complain(words[made.reason]);
      return 1;
    }
    say(made.key);
    say(
      `Works for ${extracts.join(', ')} of ${practice.ods} until ${showInstant(expiresAt)}. It is not shown again.`,
    );
    return 0;
  },
});
