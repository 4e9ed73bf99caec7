import { stat } from 'node:fs/promises';
import { backUp } from '../services.ts';
import { command } from './command.ts';

export const backup = command({
  words: ['backup'],
  usage: 'FILE',
  help: `Writes everything that the database holds, as of one moment, into FILE, while the server runs or not. FILE holds
patients' data: keep it as safe as the database. MASTER_KEY is not in it, and without the key it cannot be put back:
keep both, in different places.
Exit 0: FILE is whole. Exit 1: it could not be written; what was there before is still there.`,
  options: {},
  args: ['FILE'],
  async run({ args: [file = ''], config, say }) {
    let rows = 0;
    await backUp(config, file, (count) => {
      rows = count;
    });
    say(`${file}: ${rows} rows, ${(await stat(file)).size} bytes.`);
    return 0;
  },
});
