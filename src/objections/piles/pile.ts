import type { RecordedAct } from '../act-entry.ts';
import type { ReceivedVia } from '../received-via.ts';

/** Forms that arrived together and are keyed one after the other. It is the practice's: anybody there may key on. */
export type Pile = {
  readonly id: string;
  /** `YYYY-MM-DD`, and how: what the forms of the pile have in common. */
  readonly receivedOn: string;
  readonly receivedVia: ReceivedVia;
  /** How many sheets of paper there are, counted before keying. */
  readonly arrived: number;
  readonly startedAt: Date;
  /** Id of the person. */
  readonly startedBy: string;
  /** Null: open. */
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
};

/** What was keyed from a pile, for one person. One sheet of paper may name several. */
export type PileRequest = {
  /** The same as of the acts that the form became. */
  readonly requestId: string;
  readonly pileId: string;
  /** Counts the sheets of paper: 1, 2, 3 … */
  readonly sheet: number;
  readonly patientId: string;
  readonly keyedAt: Date;
  readonly keyedBy: string;
};

/** A request of a pile with the acts that it became, and whether somebody said that all of it was a mistake. */
export type KeyedRequest = PileRequest & { readonly acts: readonly RecordedAct[]; readonly inError: boolean };

/** Sheets of paper, at most: more are several piles. */
export const MOST_SHEETS = 500;

/** How many sheets are done: those of which something was keyed that nobody called a mistake. */
export function sheetsKeyed(requests: readonly Pick<KeyedRequest, 'sheet' | 'inError'>[]): number {
  return new Set(requests.filter(({ inError }) => !inError).map(({ sheet }) => sheet)).size;
}

/** The sheets of which everything that was keyed was a mistake, lowest first: they wait to be keyed again. */
export function sheetsToKeyAgain(requests: readonly Pick<KeyedRequest, 'sheet' | 'inError'>[]): number[] {
  const right = new Set(requests.filter(({ inError }) => !inError).map(({ sheet }) => sheet));
  const wrong = requests.map(({ sheet }) => sheet).filter((sheet) => !right.has(sheet));
  return [...new Set(wrong)].sort((one, other) => one - other);
}

/** What a person keyed last in a pile; undefined before the first. */
export function lastKeyedBy<R extends PileRequest>(requests: readonly R[], staffId: string): R | undefined {
  return requests
    .filter(({ keyedBy }) => keyedBy === staffId)
    .reduce<R | undefined>((last, one) => (last === undefined || isLater(one, last) ? one : last), undefined);
}

const isLater = (one: PileRequest, other: PileRequest): boolean =>
  one.keyedAt.getTime() === other.keyedAt.getTime() ? one.sheet >= other.sheet : one.keyedAt > other.keyedAt;
