import { readFile } from 'node:fs/promises';
import { command } from './command.ts';

export const consentsImport = command({
  words: ['consents', 'import'],
  usage: 'FILE --practice ODS --extract ID',
  help: `Takes in patients' consents to one extract that asks for them. FILE is CSV with a header that names the columns
  nhs_number   ten digits, spaces and hyphens accepted
  given_on     YYYY-MM-DD
  how          paper-form, online, in-person, phone or asked-again
  reference    where the evidence is
Other columns are passed over. What is there already is left as it is, so that a file can be taken in again; it gives
nobody back who withdrew or objected on that day or later.

Exit 0: all rows were taken. Exit 1: the file, or a row of it, was not; each is named by its row. Exit 2: wrong usage.`,
  options: { practice: { type: 'string' }, extract: { type: 'string' } },
  required: ['practice', 'extract'],
  args: ['FILE'],
  async run({ values, args: [path = ''], by, open, say, complain }) {
    const { consents, staff } = await open();
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
    const done = await consents.import({ practiceId, madeUp, extractId: values.extract ?? '', bytes }, by);
    if (!done.ok) {
      complain(done.reason);
      return 1;
    }
    for (const { row, fault } of done.refused) complain(`Row ${row} was not taken: ${fault}.`);
    const { rows, recorded, unchanged } = done.counts;
    say(
      `${ods}: ${rows} rows: ${recorded} recorded, ${unchanged} unchanged, ${done.refused.length} refused.`,
    );
    return done.refused.length > 0 ? 1 : 0;
  },
});
