import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { command } from './command.ts';

export const objectionsImport = command({
  words: ['objections', 'import'],
  usage: 'FILE --practice ODS [--confirm-withdrawals]',
  help: `Takes in objections that were recorded elsewhere before. FILE is CSV with a header that names the columns
  nhs_number   ten digits, spaces and hyphens accepted
  type         1 or 2
  act          record or withdraw
  received_on  YYYY-MM-DD; an objection whose date cannot be used stands without one and is listed
and, if there is one, received_via (in-person, phone, letter, email, type-1-form, online-form, clinical-record, other).
Other columns are passed over. What is there already is left as it is, so that a file can be taken in again.
Withdrawals wait for a manager to confirm them in the app, unless --confirm-withdrawals is given.

Exit 0: all rows were taken. Exit 1: the file, or a row of it, was not; each is named by its row. Exit 2: wrong usage.
Exit 3: all rows were taken, and a manager has to confirm withdrawals in the app.`,
  options: { practice: { type: 'string' }, 'confirm-withdrawals': { type: 'boolean', default: false } },
  required: ['practice'],
  args: ['FILE'],
  async run({ values, args: [path = ''], by, open, say, complain }) {
    const { objections, staff } = await open();
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
    const { id: practiceId, ods, madeUp } = practice;
    const confirmWithdrawals = values['confirm-withdrawals'] ?? false;
    const file = { bytes, fileName: basename(path), practiceId, madeUp, confirmWithdrawals };
    const done = await objections.import(file, by);
    if (!done.ok) {
      complain(done.reason);
      return 1;
    }
    for (const { row, fault } of done.refused) complain(`Row ${row} was not taken: ${fault}.`);
    const { rows, recorded, confirmed, withdrawn, waiting, unchanged, refused, undated, unlisted } =
      done.counts;
    say(
      `${ods}: ${rows} rows: ${recorded} recorded, ${confirmed} confirmed, ${withdrawn} withdrawn, ` +
        `${waiting} withdrawals waiting, ${unchanged} unchanged, ${refused} refused.`,
    );
    if (unlisted > 0)
      say(`${unlisted} NHS numbers are of nobody on the list: their objections are kept, to be matched.`);
    if (undated > 0) say(`${undated} objections have no usable date: they stand, and the app lists them.`);
    if (waiting > 0)
      complain(
        `${waiting} withdrawals lift nothing until a manager confirms them in the app, under Objections.`,
      );
    if (refused > 0) return 1;
    return waiting > 0 ? 3 : 0;
  },
});
