import { showInstant } from '../../../../day.ts';
import { columnUses } from '../../../../patients/column-names.ts';
import type { DateOrder } from '../../../../patients/list-day.ts';
import type { ListMapping } from '../../../../patients/list-mapping.ts';
import { paths } from '../../../paths.ts';
import type { NameOf } from '../../objections/who.ts';
import { fieldOf, useWords } from './form.ts';

/** As much of a cell as tells what the column is. */
const SHOWN = 40;

/** A row of the table in which somebody says what each column is. */
export type ColumnView = {
  readonly field: string;
  readonly name: string;
  /** Cells of the first rows; empty where there is no file. */
  readonly samples: readonly string[];
};

/** The columns of a list, with what is in them in the first rows. */
export function columnViews(
  header: readonly string[],
  rows: readonly { readonly cells: readonly string[] }[] = [],
): ColumnView[] {
  return header.map((name, place) => ({
    field: fieldOf(place),
    name: name.trim() === '' ? `Column ${place + 1}` : name.trim(),
    samples: rows.map(({ cells }) => cut((cells[place] ?? '').replace(/\s+/g, ' ').trim())),
  }));
}

const cut = (cell: string) => (cell.length > SHOWN ? `${cell.slice(0, SHOWN)}…` : cell);

/** What a column can be, for a select. */
export const useItems = [
  { value: '', text: 'Not used' },
  ...columnUses.map((use) => ({ value: use, text: useWords[use] })),
];

const orders: Readonly<Record<DateOrder, string>> = {
  'day-first': 'Day first: 31/12/1980',
  'month-first': 'Month first: 12/31/1980',
};

export const orderItems = [
  ...(Object.keys(orders) as DateOrder[]).map((value) => ({ value, text: orders[value] })),
  { value: '', text: 'Ask me' },
];

/** What was said of lists with a header, as a row of the table on the imports page. */
export function mappingView(mapping: ListMapping, nameOf: NameOf) {
  const { header, uses, dateOrder, savedAt, savedBy } = mapping;
  const chosen = (uses ?? []).flatMap((use, place) =>
    use === null ? [] : [`${header[place]?.trim() || `Column ${place + 1}`}: ${useWords[use]}`],
  );
  return {
    href: paths.listColumns(mapping.headerDigest),
    names: header.filter((name) => name.trim() !== '').join(', '),
    chosen: uses === null ? ['Columns are found by their names'] : chosen,
    dateOrder: dateOrder === null ? 'Asked where the file does not tell' : orders[dateOrder],
    saved: showInstant(savedAt),
    savedBy: nameOf({ kind: 'staff', id: savedBy }),
  };
}
