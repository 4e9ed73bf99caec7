import type { JsonObject } from '../ledger/entry.ts';
import type {
  ConsentRow,
  LeafRow,
  PatientRow,
  Portions,
  ProjectionRow,
  TextRow,
} from '../ledger/ledger-reader.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import { recordedAct } from './act-row.ts';
import { recordedConsent } from './consent-store.ts';
import type { Database, Transaction } from './database.ts';
import { packedRows } from './packed-rows.ts';

/** What of which practice is read, and from where. */
export type LedgerOf = {
  readonly tx: Transaction;
  readonly kind: Database['kind'];
  readonly practiceId: string;
};

/** How many rows Prisma reads at once. */
export const AT_ONCE = 1_000;

/** The tables that `ledger verify` reads from end to end, portion by portion. */
export async function* leavesOf({ tx, kind, practiceId }: LedgerOf, from: number): Portions<LeafRow> {
  const columns = [
    ['index', 'plain'],
    ['commitment', 'bytes'],
  ] as const;
  const rows = packedRows(tx, kind, {
    table: 'LedgerLeaf',
    columns,
    practiceId,
    by: 'index',
    after: from - 1,
  });
  for await (const portion of rows)
    yield portion.map(([index, commitment]) => ({ index, commitment }) as LeafRow);
}

export async function* textsOf({ tx, kind, practiceId }: LedgerOf, from: number): Portions<TextRow> {
  const columns = [
    ['index', 'plain'],
    ['salt', 'bytes'],
    ['text', 'plain'],
  ] as const;
  const rows = packedRows(tx, kind, {
    table: 'LedgerText',
    columns,
    practiceId,
    by: 'index',
    after: from - 1,
  });
  for await (const portion of rows)
    yield portion.map(([index, salt, text]) => ({ index, salt, text }) as TextRow);
}

export async function* patientsOf({ tx, kind, practiceId }: LedgerOf): Portions<PatientRow> {
  const columns = [
    ['ordinal', 'plain'],
    ['id', 'plain'],
    ['changedAtIndex', 'plain'],
    ['personId', 'plain'],
  ] as const;
  const rows = packedRows(tx, kind, { table: 'Patient', columns, practiceId, by: 'ordinal' });
  for await (const portion of rows)
    yield portion.map(
      ([ordinal, id, changedAtIndex, personId]) => ({ ordinal, id, changedAtIndex, personId }) as PatientRow,
    );
}

export async function* actsOf({ tx, practiceId }: LedgerOf): Portions<RecordedAct> {
  yield* portions(async (last: RecordedAct | undefined) => {
    const rows = await tx.objectionAct.findMany({
      where: { practiceId, ...(last && { ledgerIndex: { gt: last.ledgerIndex } }) },
      orderBy: { ledgerIndex: 'asc' },
      take: AT_ONCE,
    });
    return rows.map(recordedAct);
  });
}

export async function* consentsOf({ tx, practiceId }: LedgerOf): Portions<ConsentRow> {
  yield* portions(async (last: ConsentRow | undefined) => {
    const rows = await tx.consentAct.findMany({
      where: { practiceId, ...(last && { ledgerIndex: { gt: last.ledgerIndex } }) },
      orderBy: { ledgerIndex: 'asc' },
      take: AT_ONCE,
    });
    return rows.map(recordedConsent);
  });
}

/** The columns that the rules derive (src/objections/projection.ts), without those that only a work list needs. */
export async function* projectionsOf({ tx, practiceId }: LedgerOf): Portions<ProjectionRow> {
  const select = {
    ...{ id: true, patientId: true, type: true, status: true, since: true, receivedVia: true },
    ...{ requester: true, recordedAt: true, recordedBy: true, needsSettling: true, needsDecision: true },
    ...{ undated: true, errorsToConfirm: true },
  } as const;
  const rows = portions((last: { id: string } | undefined) =>
    tx.objection.findMany({
      where: { practiceId, ...(last && { id: { gt: last.id } }) },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
      select,
    }),
  );
  for await (const portion of rows)
    yield (portion as unknown as readonly Projected[]).map(
      ({ id: _, patientId, type, recordedAt, ...row }) => ({
        patientId,
        type,
        row: { ...row, recordedAt: recordedAt.toISOString() } as JsonObject,
      }),
    );
}

type Projected = { id: string; patientId: string; type: string; recordedAt: Date } & Record<string, unknown>;

/** Reads a table portion by portion through Prisma. @param page reads the next rows after the last, AT_ONCE at most */
export async function* portions<T>(page: (last: T | undefined) => Promise<T[]>): Portions<T> {
  for (let last: T | undefined; ; ) {
    const rows: T[] = await page(last);
    yield rows;
    if (rows.length < AT_ONCE) return;
    last = rows.at(-1);
  }
}
