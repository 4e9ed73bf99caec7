import type { ReleaseRow } from '../ledger/ledger-reader.ts';
import type { PartRecord } from '../ledger/release-entry.ts';
import type { Column, Packed } from './packed-rows.ts';

const plain = (name: string): [string, Column] => [name, 'plain'];
const instant = (name: string): [string, Column] => [name, 'instant'];
const bytes = (name: string): [string, Column] => [name, 'bytes'];

/** What is read of a release and of its account, in the order in which {@link releaseRow} takes it. */
export const releaseColumns: readonly [string, Column][] = [
  ...['id', 'extractId', 'version', 'kind', 'keyId', 'format', 'status', 'reason'].map(plain),
  ...['countIn', 'countOut', 'countWithheld', 'reasons', 'digestIn', 'digestOut', 'bytesOut'].map(plain),
  ...['ledgerSize', 'ledgerRoot', 'emptied', 'startedIndex', 'decidedIndex'].map(plain),
  ...['startedAt', 'endedAt', 'decidedAt'].map(instant),
  ...['inParts', 'accountOf'].map(plain),
  ...['members', 'unlisted', 'withheld', 'salt'].map(bytes),
  plain('digest'),
  bytes('memberOrdinals'),
];

/** In how many parts a release came, from what was read of it. */
export const partsIn = (values: readonly Packed[]): number => Number(values[23]);
export const idIn = (values: readonly Packed[]): string => values[0] as string;

type Values = readonly [
  ...[string, string, number, string, string, string, string, string | null],
  ...[
    number | null,
    number | null,
    number | null,
    string | null,
    string | null,
    string | null,
    number | null,
  ],
  ...[number | null, string | null, number | null, number | null, number | null],
  ...[Date, Date | null, Date | null],
  ...[number, string | null],
  ...[Uint8Array, Uint8Array, Uint8Array, Uint8Array],
  string,
  Uint8Array | null,
];

/** A release with its account. Name by name: there may be a million, and a copy with `...` takes ten times as long. */
export function releaseRow(values: readonly Packed[], parts: readonly PartRecord[]): ReleaseRow {
  const all = values as unknown as Values;
  const [members, unlisted, withheld, salt, digest] = [all[25], all[26], all[27], all[28], all[29]];
  return {
    id: all[0],
    extractId: all[1],
    version: all[2],
    kind: all[3],
    keyId: all[4],
    format: all[5],
    status: all[6],
    reason: all[7],
    countIn: all[8],
    countOut: all[9],
    countWithheld: all[10],
    reasons: all[11],
    digestIn: all[12],
    digestOut: all[13],
    bytesOut: all[14],
    ledgerSize: all[15],
    ledgerRoot: all[16],
    emptied: all[17],
    startedIndex: all[18],
    decidedIndex: all[19],
    startedAt: all[20],
    endedAt: all[21],
    decidedAt: all[22],
    parts,
    account: all[24] === null ? null : { members, memberOrdinals: all[30], unlisted, withheld, salt, digest },
  };
}
