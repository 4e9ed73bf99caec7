import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { command, type Exit } from './command.ts';
import { type Facts, progressOn } from './progress.ts';
import { sendFile } from './send-file.ts';
import { takeAnswer } from './take-answer.ts';

/** The content types of what a file can hold. */
const types = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  fhir: 'application/fhir+ndjson',
} as const;
const isFormat = (word: string): word is keyof typeof types => Object.hasOwn(types, word);

export const release = command({
  words: ['release'],
  usage: '--extract ID [--format csv|ndjson|fhir] [--url URL] [--key KEY] [--out FILE] FILE',
  help: `Sends FILE (- is standard input) through the extract guard of a running registry, and writes what may leave
to --out, or to standard output. Nothing is written unless the answer is whole: its digest is compared first.
--format is of the file: CSV unless it says ndjson, or fhir for FHIR R4 resources, one a line.
--url is where the registry is reached (PUBLIC_URL when not given). The key is better given in the environment, as
OPT_OUT_REGISTRY_KEY, than with --key, which anybody on the machine can see.
Where standard error is a terminal, a line there tells rows, withheld, speed and time left; a nightly job’s log gets none.
Exit 0: written. Exit 1: failed, nothing was written. Exit 2: wrong usage. Exit 3: a person must act first, at the
practice. Exit 4: try again later.`,
  options: {
    extract: { type: 'string' },
    format: { type: 'string' },
    url: { type: 'string' },
    key: { type: 'string' },
    out: { type: 'string' },
  },
  required: ['extract'],
  args: ['FILE'],
  async run({ values, args: [file = ''], config, env, say, complain }) {
    const { extract = '', format = 'csv', url = config.publicUrl, out } = values;
    if (!isFormat(format)) {
      complain(`--format is one of ${Object.keys(types).join(', ')}.`);
      return 2;
    }
    const key = values.key ?? env.OPT_OUT_REGISTRY_KEY;
    if (key === undefined || key === '') {
      complain('A key is needed: set OPT_OUT_REGISTRY_KEY, or give --key.');
      return 2;
    }
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
      complain('--url is an address such as https://registry.example.');
      return 2;
    }
    const length = file === '-' ? undefined : await sizeOf(file);
    if (length === null) {
      complain(`The file ${file} cannot be read.`);
      return 1;
    }
    if (out !== undefined && !(await isWritable(dirname(out)))) {
      complain(`${out} cannot be written.`);
      return 1;
    }
    const progress = progressOn(process.stderr);
    try {
      const res = await sendFile({
        url: `${url.replace(/\/+$/, '')}/api/v1/extracts/${encodeURIComponent(extract)}/releases`,
        key,
        type: types[format],
        content: file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1024 * 1024 }),
        length,
        onSent: (sent, lines) =>
          progress.show(sent === length ? 'Deciding' : 'Sending', sent, length, {
            rows: Math.max(0, lines - (format === 'csv' ? 1 : 0)),
          }),
      });
      if (res.statusCode !== 200) {
        const { line, exit } = await problemOf(res);
        progress.clear();
        complain(line);
        return exit;
      }
      const size = Number(res.headers['content-length']);
      const counts = countsOf(res.headers['release-counts']);
      const taken = await takeAnswer(res, out, (bytes) => progress.show('Receiving', bytes, size, counts));
      progress.clear();
      if (!taken.ok) {
        complain(
          'The answer is not whole: nothing was written. What it held counts as having left. Send the file again.',
        );
        return 1;
      }
      if (out !== undefined)
        say(`${out}: ${res.headers['release-counts']}; release ${res.headers['release-id']}.`);
      return 0;
    } catch (error) {
      progress.clear();
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      const away = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code);
      complain(
        away
          ? `The registry cannot be reached at ${url} (${code}).`
          : `The file was not sent: the connection broke, or it cannot be read (${code}). Nothing was written.`,
      );
      return away ? 4 : 1;
    }
  },
});

/** The rows in and withheld of `in=6, out=5, withheld=1`. */
function countsOf(header: string | string[] | undefined): Facts {
  const [, rows, withheld] = /^in=(\d+), out=\d+, withheld=(\d+)$/.exec(String(header)) ?? [];
  return rows === undefined ? {} : { rows: Number(rows), withheld: Number(withheld) };
}

async function sizeOf(file: string): Promise<number | null> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? found.size : null;
}

const isWritable = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );

/** Too often, not ready, no room on the disk: the same file will do another time. */
const isForLater: ReadonlySet<number | undefined> = new Set([429, 503, 507]);

/** A problem document in one line, and the exit code for its status. */
async function problemOf(res: IncomingMessage): Promise<{ line: string; exit: Exit }> {
  const exit = res.statusCode === 409 ? 3 : isForLater.has(res.statusCode) ? 4 : 1;
  const wait = exit === 4 ? waitOf(res.headers['retry-after']) : '';
  const body = await text(res).catch(() => '');
  res.destroy();
  try {
    const { title, detail, code } = JSON.parse(body) as { title: string; detail: string; code: string };
    return { line: `${title} (${code}). ${detail}${wait}`, exit };
  } catch {
    return { line: `The registry answered with status ${res.statusCode}.${wait}`, exit };
  }
}

/** What `Retry-After` says, as a sentence; nothing when it does not say a number of seconds. */
function waitOf(header: string | undefined): string {
  return /^\d{1,6}$/.test(header ?? '') ? ` Try again in ${header} seconds.` : '';
}
