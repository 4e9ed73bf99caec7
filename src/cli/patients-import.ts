import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PatientImport } from '../patients/patient-import.ts';
import type { ReportRow } from '../patients/report-row.ts';
import type { Services } from '../services.ts';
import { command, type Exit } from './command.ts';

export const patientsImport = command({
  words: ['patients', 'import'],
  usage: 'FILE --practice ODS [--whole-list]',
  help: `Takes in the practice's patient list, while the server runs or not. FILE is CSV as EMIS Web, SystmOne or Vision
export it, or a registration download (503\\*). Its columns are found by their names, or as somebody said in the app.
Needed: NHS number, given name, family name, date of birth.
Used if there: title, gender, address, postcode, date of death.
Repeating it changes nothing; one that was interrupted is run again, and nothing is lost or doubled.
With --whole-list, whoever is not in the file is marked as gone; more than 5% wait for a manager, in the app.

Exit 0: all rows were taken in. Exit 1: the file, or a row of it, was refused; each is named by its row.
Exit 2: wrong usage. Exit 3: a manager has to say in the app who is gone. Exit 4: another import is running.`,
  options: { practice: { type: 'string' }, 'whole-list': { type: 'boolean', default: false } },
  required: ['practice'],
  args: ['FILE'],
  async run({ values, args: [path = ''], by, open, say, complain }) {
    const { patients, staff } = await open();
    const practice = await staff.practiceByOds((values.practice ?? '').trim().toUpperCase());
    if (practice === undefined) {
      complain(`There is no practice ${values.practice}.`);
      return 2;
    }
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes === undefined) {
      complain(`The file ${path} cannot be read.`);
      return 1;
    }
    const wholeList = values['whole-list'] ?? false;
    const begun = await patients.import({ practice, fileName: basename(path), bytes, wholeList }, by);
    if (!begun.ok) {
      const isBusy = begun.reason === 'already-running';
      complain(
        isBusy ? 'Another import of this practice is running. Try again when it has ended.' : begun.fault,
      );
      return isBusy ? 4 : 1;
    }
    const ended = await runShowingProgress(begun.run);
    await reportRows(patients, ended, complain);
    return sayHowItEnded(practice.ods, ended, { say, complain });
  },
});

type Run = Extract<Awaited<ReturnType<Services['patients']['import']>>, { ok: true }>['run'];

/** Runs an import. A person at a terminal sees how far it is; Ctrl-C stops it between two transactions. */
async function runShowingProgress(run: Run): Promise<PatientImport> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  const { stderr } = process;
  const onProgress = (done: number, rows: number) => {
    if (stderr.isTTY) stderr.write(`\r${Math.floor((100 * done) / rows)}% (${done} of ${rows} rows)`);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await run({ onProgress, signal: stopping.signal });
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    if (stderr.isTTY) stderr.write('\r\x1b[K');
  }
}

const ROWS_AT_ONCE = 500;

/** Names every row that somebody has to look at, by its number in the file. */
async function reportRows(
  { importReport }: Services['patients'],
  { id }: PatientImport,
  complain: (line: string) => void,
): Promise<void> {
  for (const outcome of ['refused', 'ambiguous'] as const) {
    let rows: ReportRow[];
    let skip = 0;
    do {
      rows = await importReport(id, { outcome, skip, take: ROWS_AT_ONCE });
      for (const { row, reason } of rows) complain(`Row ${row} (${outcome}): ${reason}`);
      skip += rows.length;
    } while (rows.length === ROWS_AT_ONCE);
  }
}

function sayHowItEnded(
  ods: string,
  { status, message, rows, done, counts, wholeList, gone }: PatientImport,
  { say, complain }: { say(line: string): void; complain(line: string): void },
): Exit {
  const { added, changed, unchanged, refused, left, ambiguous } = counts;
  say(
    `${ods}: ${done} of ${rows} rows: ${added} added, ${changed} changed, ${unchanged} unchanged, ` +
      `${refused} refused, ${ambiguous} whose number is shared${left > 0 ? `, ${left} who have left` : ''}.`,
  );
  if (status === 'waiting') {
    complain(
      `${gone} people ${wholeList ? 'are not in the file' : 'have left, says the file'}. A manager has to say in the app, under Imports, whether they are gone.`,
    );
    return 3;
  }
  if (status !== 'complete') {
    complain(`${message ?? 'It was interrupted.'} Run it again: nothing is lost or doubled.`);
    return 1;
  }
  if (gone > 0)
    say(
      `${gone} people who ${wholeList ? 'are not in the file' : 'have left'} were marked as gone. Their objections stand.`,
    );
  return refused > 0 ? 1 : 0;
}
