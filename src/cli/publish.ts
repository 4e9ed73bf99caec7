import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { followLog } from '../ledger/follow-log.ts';
import type { Published } from '../ledger/public-log.ts';
import { readVerifier } from '../ledger/signed-note.ts';
import { entriesBytes, TILE_WIDTH, type Tile, tileBytes, tilePath, tilesAt } from '../ledger/tiles.ts';
import type { Services } from '../services.ts';
import { registerFiles } from '../web/pages/register/as-files.ts';
import { command } from './command.ts';
import { replaceFile } from './replace-file.ts';

export const publish = command({
  words: ['publish'],
  usage: 'DIR [--practice ODS]',
  help: `Writes what was last published of each ledger as plain files into DIR, for a website: DIR/log/<ods>/checkpoint,
the tiles under it, and the key to check them with; and DIR/register/<ods>/, a page of what left the practice, with the
same for programs. Files of the log that are there already are left, and the checkpoint comes last, so DIR can be served
meanwhile. Nothing in them says anything of a patient.
Exit 0: written. Exit 3: DIR holds a checkpoint that this ledger does not continue (an older database, or another);
nothing was written. Exit 1: nothing was published yet.`,
  options: { practice: { type: 'string' } },
  args: ['DIR'],
  async run({ values, args: [folder = ''], open, say, complain }) {
    const services = await open();
    const practices = (await services.staff.practices()).filter(
      ({ ods }) => values.practice === undefined || values.practice === ods,
    );
    if (practices.length === 0) {
      complain(
        values.practice === undefined
          ? 'There is no practice yet.'
          : `There is no practice ${values.practice}.`,
      );
      return 2;
    }
    for (const practice of practices) {
      const { id, ods } = practice;
      const published = await services.publicLog.latest(id);
      if (published === null) {
        complain(`${ods}: nothing was published yet. The server publishes once a day, at 4am.`);
        return 1;
      }
      const to = join(folder, 'log', ods);
      if (!(await continues(services, id, published, join(to, 'checkpoint')))) {
        complain(`${ods}: ${to} holds a checkpoint that this ledger does not continue. Nothing was written.`);
        return 3;
      }
      const files = await writeLog(services, id, published, to);
      say(`${ods}: the checkpoint of ${published.day}, ${published.size} entries, ${files} new files.`);
      const register = await registerFiles(services, practice);
      for (const [name, text] of register ?? []) await replaceFile(join(folder, 'register', ods, name), text);
      if (register !== null) say(`${ods}: its register, ${join(folder, 'register', ods, 'index.html')}.`);
    }
    return 0;
  },
});

/** Whether the checkpoint that a folder holds, if any, is a beginning of what would be written over it. */
async function continues(
  { publicLog }: Services,
  practiceId: string,
  { note }: Published,
  file: string,
): Promise<boolean> {
  const kept = existsSync(file) ? await readFile(file, 'utf8') : null;
  const verifiers = (await publicLog.verifiers(practiceId)).flatMap(
    ({ verifier }) => readVerifier(verifier) ?? [],
  );
  const readTile = async (tile: Tile) => (await publicLog.tile(practiceId, tile)) ?? [];
  return (await followLog(note, { verifiers, kept, readTile })).ok;
}

/** Writes what is not there yet, the checkpoint last. Returns how many files. */
async function writeLog(
  { publicLog }: Services,
  practiceId: string,
  { size, note }: Published,
  to: string,
): Promise<number> {
  let written = 0;
  const keep = async (path: string, bytesOf: () => Promise<Uint8Array>) => {
    if (existsSync(join(to, path))) return;
    await replaceFile(join(to, path), await bytesOf());
    written += 1;
  };
  for (let level = 0; TILE_WIDTH ** level <= size; level += 1)
    for (const tile of tilesAt(level, size)) {
      await keep(tilePath(tile), async () => tileBytes((await publicLog.tile(practiceId, tile)) ?? []));
      if (level > 0) continue;
      const entries = async () => entriesBytes((await publicLog.entries(practiceId, tile)) ?? []);
      await keep(tilePath(tile, true), entries);
    }
  const [key] = await publicLog.verifiers(practiceId);
  await replaceFile(join(to, 'verifier.txt'), `${key?.verifier ?? ''}\n`);
  await replaceFile(join(to, 'checkpoint'), note);
  return written;
}
