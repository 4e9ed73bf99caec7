import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Followed, followLog } from '../ledger/follow-log.ts';
import { readTile, type Tile, tilePath } from '../ledger/tiles.ts';
import { command } from './command.ts';
import { NO_KEY, readVerifiers } from './read-verifiers.ts';
import { replaceFile } from './replace-file.ts';

type Wrong = Extract<Followed, { ok: false }>['reason'];

const words: Record<Wrong, string> = {
  'not-a-note': 'what it gives as its checkpoint is none',
  'not-a-checkpoint': 'what it gives as its checkpoint is none, or is of another log',
  'not-signed':
    'its checkpoint is not signed with the key that you gave. Did the practice say that it changed its key?',
  'wrong-signature': 'the signature of its checkpoint is wrong',
  shrunk: 'IT HAS SHRUNK: it counts fewer entries than before',
  forked: 'IT HAS FORKED: entries that were there before are gone or were changed',
  'old-key': 'it is signed with an older key than before, which should not sign any more',
  'wrong-tiles': 'its tiles do not come to what its checkpoint says',
};

export const watch = command({
  words: ['watch'],
  usage: 'URL --key VERIFIER [--state DIR] [--days N]',
  help: `Looks at a practice's public log (URL such as https://registry.example/log/A12345), on any computer: the last
checkpoint has to be signed with the key, and everything that was in the one before has to be in it unchanged.
The last good one is kept in DIR (./watch when not given); one that is not is kept beside it, as evidence.
A log grows every day, because it says of itself that it was published: one that was the same for more than N days (3 when
not given) stands still, and that is an alarm too. Whether there is an entry for a change of key cannot be seen from here,
because entries are not public: ask the practice, or let its monitor run the check of the whole ledger.
Run it once a day. Exit 0: all is well. Exit 1: ALARM. Exit 4: the log cannot be reached; try again later.
After a change of key give both, the old one first: --key "OLD NEW".`,
  options: { key: { type: 'string' }, state: { type: 'string' }, days: { type: 'string' } },
  required: ['key'],
  args: ['URL'],
  async run({ values: { key = '', state = 'watch', days = '3' }, args: [url = ''], say, complain }) {
    const verifiers = readVerifiers(key);
    if (verifiers === undefined || !/^https?:\/\//.test(url)) {
      complain(verifiers === undefined ? NO_KEY : 'The address has to begin with http:// or https://.');
      return 2;
    }
    if (!/^[1-9]\d{0,3}$/.test(days)) {
      complain('--days takes a number of days from 1 on.');
      return 2;
    }
    const at = url.replace(/\/+$/, '');
    const file = join(state, 'checkpoint');
    const kept = existsSync(file) ? await readFile(file, 'utf8') : null;
    try {
      const note = Buffer.from(await fetched(`${at}/checkpoint`)).toString('utf8');
      const followed = await followLog(note, { verifiers, kept, readTile: (tile) => tileAt(at, tile) });
      if (!followed.ok) {
        await replaceFile(join(state, `alarm-${Date.now()}`), note);
        complain(`ALARM: ${url}: ${words[followed.reason]}. Both checkpoints are in ${state}.`);
        return 1;
      }
      await replaceFile(file, note);
      const same = await sinceWhen(join(state, 'same-since'), note === kept);
      const still = (Date.now() - same.getTime()) / DAY;
      if (still > Number(days)) {
        complain(
          `ALARM: ${url}: IT STANDS STILL: nothing was published since ${same.toISOString()}, ${Math.floor(still)} days. What there is holds.`,
        );
        return 1;
      }
      const { checkpoint, before, by, isNewKey } = followed;
      const { size, origin } = checkpoint;
      say(
        `${origin}: ${size} entries, ${size - before} new; all is well. Checked: signed with the key ${by.id.toString('hex')}${isNewKey ? ', which is NEW since the last time' : ''}; its tiles come to its root; ${before === 0 ? 'nothing was kept from before' : `the ${before} entries of the last time are in it unchanged`}; last published after ${same.toISOString()}.`,
      );
      return 0;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      complain(`${url} cannot be reached: ${error.message}. What was kept is as it was.`);
      return 4;
    }
  },
});

const DAY = 86_400_000;

/** Since when the checkpoint has been the same, as far as it was looked at; noted in a file. */
async function sinceWhen(file: string, isSame: boolean): Promise<Date> {
  const noted = isSame && existsSync(file) ? new Date((await readFile(file, 'utf8')).trim()) : undefined;
  if (noted !== undefined && !Number.isNaN(noted.getTime())) return noted;
  const now = new Date();
  await replaceFile(file, `${now.toISOString()}\n`);
  return now;
}

class Unreachable extends Error {}

/** @throws Unreachable also for a file that is missing: the log is not there to be looked at */
async function fetched(url: string): Promise<Uint8Array> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch((error: Error) => {
    throw new Unreachable(error.message);
  });
  if (!answer.ok) throw new Unreachable(`${new URL(url).pathname} gives ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function tileAt(log: string, tile: Tile) {
  return readTile(await fetched(`${log}/${tilePath(tile)}`), tile.width) ?? [];
}
