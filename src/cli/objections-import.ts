import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Services } from '../services.ts';

export const name = 'objections import';

export const help = `objections import FILE --practice ODS [--confirm-withdrawals]

Takes in objections that were recorded elsewhere before. FILE is CSV with a header that names the columns
  nhs_number   ten digits, spaces and hyphens accepted
  type         1 or 2
  act          record or withdraw
  received_on  YYYY-MM-DD; an objection whose date cannot be used stands without one and is listed
and, if there is one, received_via (in-person, phone, letter, email, type-1-form, online-form, clinical-record, other).
Other columns are passed over. What is there already is left as it is, so that a file can be taken in again.
Withdrawals wait for a manager to confirm them in the app, unless --confirm-withdrawals is given.

Exit 0: all rows were taken. Exit 1: the file, or a row of it, was not; each is named by its row. Exit 2: wrong usage.
Exit 3: all rows were taken, and a manager has to confirm withdrawals in the app.`;

type Options = { readonly file: string; readonly ods: string; readonly confirmWithdrawals: boolean };

/** Imports a file of objections and returns the exit code. */
export async function run(
  args: readonly string[],
  { objections, staff }: Pick<Services, 'objections' | 'staff'>,
): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) return wrong(`Usage: ${help.split('\n')[0]}`);
  const practice = await staff.practiceByOds(options.ods);
  if (practice === undefined) return wrong(`There is no practice ${options.ods}.`);
  const bytes = await readFile(options.file).catch(() => undefined);
  if (bytes === undefined) return wrong(`The file ${options.file} cannot be read.`, 1);

  const { confirmWithdrawals } = options;
  const file = { bytes, fileName: basename(options.file), practiceId: practice.id, madeUp: practice.madeUp };
  const done = await objections.import({ ...file, confirmWithdrawals }, { kind: 'command-line', id: name });
  if (!done.ok) return wrong(done.reason, 1);
  for (const { row, fault } of done.refused) console.error(`Row ${row} was not taken: ${fault}.`);
  const { rows, recorded, confirmed, withdrawn, waiting, unchanged, refused, undated } = done.counts;
  console.log(
    `${practice.ods}: ${rows} rows: ${recorded} recorded, ${confirmed} confirmed, ${withdrawn} withdrawn, ` +
      `${waiting} withdrawals waiting, ${unchanged} unchanged, ${refused} refused.`,
  );
  if (undated > 0)
    console.log(`${undated} objections have no usable date: they stand, and the app lists them.`);
  if (waiting > 0)
    console.log(
      `${waiting} withdrawals lift nothing until a manager confirms them in the app, under Objections.`,
    );
  if (refused > 0) return 1;
  return waiting > 0 ? 3 : 0;
}

function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { practice: { type: 'string' }, 'confirm-withdrawals': { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0 || values.practice === undefined) return undefined;
    return {
      file,
      ods: values.practice.trim().toUpperCase(),
      confirmWithdrawals: values['confirm-withdrawals'],
    };
  } catch {
    return undefined;
  }
}

function wrong(words: string, exit = 2): number {
  console.error(words);
  return exit;
}
