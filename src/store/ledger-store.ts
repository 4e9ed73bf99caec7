import { registeredEntry } from '../extracts/version-content.ts';
import type { JsonObject } from '../ledger/entry.ts';
import type { LedgerReader, ReleaseRow, VersionRow } from '../ledger/ledger-reader.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import { recordedAct } from './act-row.ts';
import { missingTriggers } from './append-only.ts';
import { recordedConsent } from './consent-store.ts';
import { type Database, openDatabase, type Transaction } from './database.ts';
import { registeredVersion } from './extract-register.ts';
import type {
  ExemptionModel,
  ExtractVersionModel,
  LedgerTileModel,
  ObjectionModel,
  PersonLinkModel,
} from './generated/sqlite/models.ts';
import { paged } from './paged.ts';
import { partsOf } from './release-parts.ts';
import { toTelling } from './telling-rows.ts';

/** A day, in milliseconds: verifying reads on however long it takes. */
const LONG = 24 * 60 * 60 * 1000;
/** Releases come with their accounts, which are large, so few at once. */
const RELEASES_AT_ONCE = 50;

/** Every practice that has a ledger here, by ODS code. */
export async function listPractices(database: Database): Promise<{ id: string; ods: string }[]> {
  return database.reader.practice.findMany({ select: { id: true, ods: true }, orderBy: { ods: 'asc' } });
}

/**
 * Gives `work` everything that a practice's ledger can be derived from, as of one moment, while others go on writing.
 * It reads on a connection of its own: on SQLite whoever shared one would read of that moment too.
 */
export async function readLedger<T>(
  databaseUrl: string,
  practiceId: string,
  work: (reader: LedgerReader<RecordedAct>) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(databaseUrl);
  try {
    const missing = await missingTriggers(database);
    return await database.reader.$transaction(
      (tx) => work({ ...ledgerReader(tx, practiceId), missingTriggers: async () => missing }),
      { isolationLevel: 'Serializable', maxWait: 30_000, timeout: LONG },
    );
  } finally {
    await database.close();
  }
}

function ledgerReader(
  tx: Transaction,
  practiceId: string,
): Omit<LedgerReader<RecordedAct>, 'missingTriggers'> {
  const where = { practiceId };
  return {
    ods: async () => (await tx.practice.findUniqueOrThrow({ where: { id: practiceId } })).ods,
    origin: async () => (await tx.practice.findUniqueOrThrow({ where: { id: practiceId } })).origin,
    signingKeys: () => tx.signingKey.findMany({ where, select: { verifier: true, madeAtIndex: true } }),
    published: () => tx.publishedCheckpoint.findMany({ where, orderBy: { day: 'asc' } }),
    tiles: () => tiles(tx, practiceId),
    head: () => tx.ledgerHead.findUnique({ where }),
    leaves: () =>
      paged((last, take) =>
        tx.ledgerLeaf.findMany({
          where: { ...where, ...after('index', last) },
          orderBy: { index: 'asc' },
          take,
        }),
      ),
    texts: () =>
      paged((last, take) =>
        tx.ledgerText.findMany({
          where: { ...where, ...after('index', last) },
          orderBy: { index: 'asc' },
          take,
        }),
      ),
    patients: () =>
      paged((last, take) =>
        tx.patient.findMany({
          where: { ...where, ...after('ordinal', last) },
          orderBy: { ordinal: 'asc' },
          select: { ordinal: true, id: true, changedAtIndex: true, personId: true },
          take,
        }),
      ),
    links: () =>
      paged<PersonLinkModel>((last, take) =>
        tx.personLink.findMany({
          where: { ...where, ...(last === undefined ? {} : { id: { gt: last.id } }) },
          orderBy: { id: 'asc' },
          take,
        }),
      ),
    acts: () =>
      paged(async (last, take) => {
        const rows = await tx.objectionAct.findMany({
          where: { ...where, ...after('ledgerIndex', last) },
          orderBy: { ledgerIndex: 'asc' },
          take,
        });
        return rows.map(recordedAct);
      }),
    consents: () =>
      paged(async (last, take) => {
        const rows = await tx.consentAct.findMany({
          where: { ...where, ...after('ledgerIndex', last) },
          orderBy: { ledgerIndex: 'asc' },
          take,
        });
        return rows.map(recordedConsent);
      }),
    tellings: () =>
      paged(async (last, take) => {
        const rows = await tx.toldAct.findMany({
          where: { ...where, ...after('ledgerIndex', last) },
          orderBy: { ledgerIndex: 'asc' },
          take,
        });
        return rows.map(toTelling);
      }),
    exemptions: () =>
      paged<ExemptionModel>((last, take) =>
        tx.exemption.findMany({
          where: { ...where, ...(last === undefined ? {} : { id: { gt: last.id } }) },
          orderBy: { id: 'asc' },
          take,
        }),
      ),
    versions: async () => (await tx.extractVersion.findMany({ where })).map(versionRow),
    canaries: () => tx.canary.findMany({ where, omit: { nhsNumber: true, practiceId: true } }),
    projections: () => projections(tx, practiceId),
    releases: () => releases(tx, practiceId),
    accounts: () => tx.releaseAccount.count({ where }),
  };
}

function versionRow(row: ExtractVersionModel): VersionRow {
  const { extractId: extract, version, state, approvedBy } = row;
  const named = { extract, version, state, approvedBy };
  try {
    return { ...named, content: registeredEntry(extract, version, registeredVersion(row)) };
  } catch {
    return { ...named, content: null };
  }
}

/** The condition for the rows after the last one read. */
function after<K extends string>(column: K, last: Record<K, number> | undefined) {
  return last === undefined ? {} : { [column]: { gt: last[column] } };
}

async function* projections(tx: Transaction, practiceId: string) {
  const rows = paged<ObjectionModel>((last, take) =>
    tx.objection.findMany({
      where: { practiceId, ...(last === undefined ? {} : { id: { gt: last.id } }) },
      orderBy: { id: 'asc' },
      take,
    }),
  );
  for await (const row of rows) yield { patientId: row.patientId, type: row.type, row: projected(row) };
}

/** The columns that the rules derive (src/objections/projection.ts), without those that only a work list needs. */
function projected(row: ObjectionModel): JsonObject {
  const { status, since, receivedVia, requester, recordedBy } = row;
  const { needsSettling, needsDecision, undated, errorsToConfirm } = row;
  return {
    status,
    since,
    receivedVia,
    requester,
    recordedBy,
    recordedAt: row.recordedAt.toISOString(),
    needsSettling,
    needsDecision,
    undated,
    errorsToConfirm,
  };
}

/** By the index of their first entry. Ids are few enough to be sorted here; the rows come in pieces. */
async function* releases(tx: Transaction, practiceId: string): AsyncGenerator<ReleaseRow> {
  const found = await tx.release.findMany({
    where: { practiceId },
    select: { id: true, startedIndex: true, decidedIndex: true },
  });
  const first = (row: (typeof found)[number]) => row.startedIndex ?? row.decidedIndex ?? -1;
  const ids = found.sort((one, other) => first(one) - first(other)).map(({ id }) => id);
  for (let from = 0; from < ids.length; from += RELEASES_AT_ONCE) {
    const some = ids.slice(from, from + RELEASES_AT_ONCE);
    const rows = new Map(
      (await tx.release.findMany({ where: { id: { in: some } } })).map((row) => [row.id, row]),
    );
    const accounts = await tx.releaseAccount.findMany({ where: { releaseId: { in: some } } });
    const byRelease = new Map(accounts.map((account) => [account.releaseId, account]));
    const parts = await partsOf(tx, some);
    for (const id of some) {
      const row = rows.get(id);
      if (row !== undefined) yield { ...row, account: byRelease.get(id) ?? null, parts: parts.get(id) ?? [] };
    }
  }
}

async function* tiles(tx: Transaction, practiceId: string) {
  for (let level = 1; ; level += 1) {
    const rows = paged<LedgerTileModel>((last, take) =>
      tx.ledgerTile.findMany({
        where: { practiceId, level, ...after('index', last) },
        orderBy: { index: 'asc' },
        take,
      }),
    );
    let found = 0;
    for await (const row of rows) {
      found += 1;
      yield row;
    }
    if (found === 0) return;
  }
}
