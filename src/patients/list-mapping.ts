import type { Actor } from '../ledger/entry.ts';
import { type ColumnUse, columnUses, mayBeSeveral, needed } from './column-names.ts';
import type { ColumnUses } from './list-columns.ts';
import type { DateOrder } from './list-day.ts';
import { headerDigest } from './list-table.ts';

/** What somebody said of lists with a certain header. */
export type Remembered = {
  /** What each column is; null: as their names say. */
  readonly uses: ColumnUses | null;
  /** Counts only where a file itself does not tell. */
  readonly dateOrder: DateOrder | null;
};

export type ListMapping = Remembered & {
  /** SHA-256 of the header (list-table.ts). */
  readonly headerDigest: string;
  /** The names of the columns. They are no patient's data. */
  readonly header: readonly string[];
  readonly savedAt: Date;
  /** Id of who said it. */
  readonly savedBy: string;
};

/** Of one practice at a time: another's are never found. */
export interface ListMappingStore {
  /** Newest first. */
  list(practiceId: string): Promise<ListMapping[]>;
  find(practiceId: string, headerDigest: string): Promise<ListMapping | null>;
  save(practiceId: string, mapping: ListMapping): Promise<void>;
  forget(practiceId: string, headerDigest: string): Promise<void>;
}

export type MappingSaid = {
  readonly practiceId: string;
  readonly header: readonly string[];
} & Partial<Remembered>;

/** What is wrong with somebody's choice of columns; empty when nothing. */
export type UsesFault =
  | { readonly kind: 'missing'; readonly use: ColumnUse }
  | { readonly kind: 'twice'; readonly use: ColumnUse; readonly places: readonly number[] };

/** Whether the columns chosen can be used: all that are needed, and one of each that there may be one of. */
export function faultsOfUses(uses: ColumnUses): UsesFault[] {
  return columnUses.flatMap((use): UsesFault[] => {
    const places = uses.flatMap((one, place) => (one === use ? [place] : []));
    if (places.length === 0 && needed.some((field) => field === use)) return [{ kind: 'missing', use }];
    return places.length > 1 && !mayBeSeveral(use) ? [{ kind: 'twice', use, places }] : [];
  });
}

/** Remembers for every later list with this header what somebody said of it; what they do not say stays as it was. */
export async function rememberMapping(
  store: ListMappingStore,
  said: MappingSaid,
  by: Actor,
  now: Date,
): Promise<void> {
  const { practiceId, header } = said;
  const digest = headerDigest(header);
  const before = await store.find(practiceId, digest);
  await store.save(practiceId, {
    headerDigest: digest,
    header,
    uses: said.uses === undefined ? (before?.uses ?? null) : said.uses,
    dateOrder: said.dateOrder === undefined ? (before?.dateOrder ?? null) : said.dateOrder,
    savedAt: now,
    savedBy: by.id,
  });
}
