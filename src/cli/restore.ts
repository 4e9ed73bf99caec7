import { restoreBackup } from '../services.ts';
import { command } from './command.ts';

const words = {
  'not-empty':
    'The database holds a practice already, and nothing is ever written over: name an empty one in DATABASE_URL.',
  'not-a-backup': 'The file is no backup of this registry, or one of a newer version.',
  'other-master-key': 'The backup was made under another MASTER_KEY: put back the key that belongs to it.',
};

export const restore = command({
  words: ['restore'],
  usage: 'FILE',
  help: `Puts a backup into the empty database that the settings name. What was recorded after the backup is missing, so
every extract but direct care is suspended until a guardian resumes it, and each ledger goes on under another name, with
a new key. Staff accounts and keys are as they were then: close again what was closed since.
Exit 0: done. Exit 1: not done, the database is as it was. Exit 3: done, and a guardian has to resume extracts.`,
  options: {},
  args: ['FILE'],
  async run({ args: [file = ''], config, by, say, complain }) {
    const done = await restoreBackup(config, file, by, new Date(), () => undefined);
    if (!done.ok) {
      complain(words[done.reason]);
      return 1;
    }
    for (const { ods, origin, suspended } of done.practices) {
      say(`${ods} was put back. Its ledger goes on as ${origin}.`);
      if (suspended.length > 0)
        say(`${ods}: suspended until a guardian resumes it: ${suspended.join(', ')}.`);
    }
    say(
      'Next: record again what was recorded since, and close again accounts and keys that were closed since.',
    );
    return done.practices.some(({ suspended }) => suspended.length > 0) ? 3 : 0;
  },
});
