import type { Reason } from '../guard/decide.ts';
import { ORDINAL_BYTES } from '../guard/members-list.ts';
import {
  headSlice,
  isSliced,
  PAIR_BYTES,
  placeSlice,
  reasonIn,
  stretchSlice,
  withheldOf,
} from '../guard/withheld-list.ts';
import type { AccountRecord, Fate, UsageAccountStore } from '../usage-account/usage-account-store.ts';
import { bytesOf, cut, findEntries, readSlices } from './account-slices.ts';
import type { Database } from './database.ts';
import { readVersions } from './extract-register.ts';
import { Prisma } from './generated/sqlite/client.ts';
import { paged } from './paged.ts';
import { portionsOf } from './portions.ts';

type Opened = Pick<Database, 'kind' | 'reader'>;

/** What became of one patient, read from the accounts of releases by slices: none is read whole. */
export function usageAccountStore({ kind, reader }: Opened): UsageAccountStore {
  const opened = { kind, reader };
  return {
    async fatesOf(practiceId, record) {
      const fates: Fate[] = [];
      for await (const some of decided(reader, practiceId)) {
        const found = await lookUp(
          opened,
          some.map(({ id }) => id),
          record,
        );
        for (const { id, decidedAt, extractId, version, kind, status } of some) {
          const withheld = found.get(id);
          if (withheld === undefined || decidedAt === null) continue;
          fates.push({ releaseId: id, decidedAt, extractId, version, kind, status, withheld });
        }
      }
      return fates;
    },
    versions: (practiceId) => readVersions(reader, { practiceId }),
    countWithNationalOptOut: (practiceId) =>
      reader.release.count({
        where: { practiceId, decidedAt: { not: null }, reasons: { contains: '"national-opt-out":' } },
      }),
  };
}

/** Releases and checks that were decided, some at a time. */
async function* decided(reader: Opened['reader'], practiceId: string) {
  const select = { id: true, decidedAt: true, extractId: true, version: true, kind: true, status: true };
  type Row = { id: string; decidedAt: Date | null } & Pick<Fate, 'extractId' | 'version' | 'kind' | 'status'>;
  const rows = paged<Row>((last, take) =>
    reader.release.findMany({
      where: { practiceId, decidedAt: { not: null }, ...(last && { id: { gt: last.id } }) },
      orderBy: { id: 'asc' },
      select,
      take,
    }),
  );
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  yield* portionsOf(all);
}

type Row = {
  releaseId: string;
  /** Bytes, in hexadecimal. */
  member: string;
  head: string;
  place: string;
  withheld: number | bigint;
  unlisted: number | bigint;
  /** Null in accounts of before. */
  listed: number | bigint | null;
};

/** Of the releases that held the patient: null where their data left, else why it did not. */
async function lookUp(
  opened: Opened,
  releaseIds: readonly string[],
  { ordinal, nhsNumber }: AccountRecord,
): Promise<Map<string, Reason | null>> {
  const { kind, reader } = opened;
  const rows = await reader.$queryRaw<Row[]>(Prisma.sql`
    SELECT "releaseId", ${cut(kind, 'members', { from: ordinal >> 3, length: 1 })} AS "member",
      ${cut(kind, 'withheld', headSlice)} AS "head", ${cut(kind, 'withheld', placeSlice(ordinal))} AS "place",
      length("withheld") AS "withheld", length("unlisted") AS "unlisted", length("memberOrdinals") AS "listed"
    FROM "ReleaseAccount" WHERE "releaseId" IN (${Prisma.join(releaseIds)})`);
  const found = new Map<string, Reason | null>(await reasonsOf(opened, rows, ordinal));
  const unlisted = rows.map((row) => ({ releaseId: row.releaseId, bytes: Number(row.unlisted) }));
  const number = { width: 10, key: Buffer.from(nhsNumber, 'latin1') };
  if (number.key.length === number.width)
    for (const [id] of await findEntries(opened, 'unlisted', number, unlisted)) found.set(id, null);
  const listed = rows.map((row) => ({ releaseId: row.releaseId, bytes: Number(row.listed ?? 0) }));
  const entry = { width: ORDINAL_BYTES, key: keyOf(ordinal) };
  for (const [id] of await findEntries(opened, 'memberOrdinals', entry, listed)) found.set(id, null);
  for (const { releaseId, member } of rows)
    if (((bytesOf(member)[0] ?? 0) >> (ordinal & 7)) & 1) found.set(releaseId, null);
  return found;
}

async function reasonsOf(
  opened: Opened,
  rows: readonly Row[],
  ordinal: number,
): Promise<Map<string, Reason>> {
  const reasons = new Map<string, Reason>();
  const stretches = rows.flatMap(({ releaseId, head, place }) => {
    const slice = stretchSlice(bytesOf(head), bytesOf(place), ordinal);
    return slice === undefined ? [] : [{ releaseId, ...slice }];
  });
  for (const [releaseId, bytes] of await readSlices(opened, 'withheld', stretches)) {
    const reason = reasonIn(bytes, ordinal);
    if (reason !== null) reasons.set(releaseId, reason);
  }
  const old = rows
    .filter(({ head }) => !isSliced(bytesOf(head)))
    .map((row) => ({ releaseId: row.releaseId, bytes: Number(row.withheld) }));
  const wanted = { width: PAIR_BYTES, key: keyOf(ordinal) };
  for (const [releaseId, entry] of await findEntries(opened, 'withheld', wanted, old))
    for (const { reason } of withheldOf(entry)) reasons.set(releaseId, reason);
  return reasons;
}

/** An ordinal as lists of accounts have it. */
function keyOf(ordinal: number): Buffer {
  const key = Buffer.alloc(ORDINAL_BYTES);
  key.writeUInt32BE(ordinal);
  return key;
}
