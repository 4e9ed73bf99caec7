import type { ListTable } from './list-table.ts';

// A registration download as GP systems write it for the list of the NHS: a header `503\*`, then two lines a patient,
// `DOW~1~…` and `DOW~2~…`. A later part of a download that was split has no header.
const START = /^\s*(503\\?\*|DOW~1~)/;

/** Names for what the two lines of a patient hold, as columns of other lists are called. */
const header = [
  'NHS Number',
  'Surname',
  'Forenames',
  'Title',
  'Sex',
  'Date of Birth',
  'Address 1',
  'Address 2',
  'Address 3',
  'Address 4',
  'Address 5',
  'Postcode',
];

const sexes: Readonly<Record<string, string>> = {
  '0': 'Not known',
  '1': 'Male',
  '2': 'Female',
  '9': 'Not specified',
};

export const isRegistrationFile = (text: string): boolean => START.test(text);

/** Reads a registration download as a list with a header. A patient's row has the number of their first line. */
export function readRegistrationFile(text: string): ListTable {
  const lines = text
    .split(/\r\n|\n|\r/)
    .map((line, place) => ({ row: place + 1, cells: line.trim().split('~') }))
    .filter(({ cells }) => cells.length > 1);
  const body: ListTable['body'][number][] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    const { row, cells } = line;
    if (!isPart(cells, '1')) {
      body.push({ row, cells: [], fault: 'The line is not the first line of a patient' });
      continue;
    }
    const next = lines[at + 1]?.cells ?? [];
    const isWhole = isPart(next, '2');
    if (isWhole) at += 1;
    const second = isWhole ? next : [];
    const fault = isWhole ? undefined : 'The second line of the patient is missing';
    body.push({ row, cells: cellsOf(cells, second), ...(fault && { fault }) });
  }
  return { header, headerRow: 0, body };
}

const isPart = ([record, part]: readonly string[], wanted: '1' | '2') => record === 'DOW' && part === wanted;

/** Transaction, cipher, day, time and number of the record stand before the patient's own number. */
function cellsOf(first: readonly string[], second: readonly string[]): string[] {
  const [, , , , , , , nhsNumber, surname, forenames, , title, sex = '', birth, house, road] = first;
  const [, , locality, town, county, postcode] = second;
  const person = [nhsNumber, surname, forenames, title, sexes[sex] ?? sex, birth];
  return [...person, house, road, locality, town, county, postcode].map((cell) => cell ?? '');
}
