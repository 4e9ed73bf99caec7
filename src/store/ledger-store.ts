import type { LedgerReader } from '../ledger/ledger-reader.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import { missingTriggers } from './append-only.ts';
import { type Database, openDatabase, type Transaction } from './database.ts';
import type { ExemptionModel, LedgerTileModel, PersonLinkModel } from './generated/sqlite/models.ts';
import { registerTextOf } from './latest-register.ts';
import { accountCounts, releasesNamed, releasesOf } from './ledger-releases.ts';
import { actsOf, consentsOf, leavesOf, patientsOf, projectionsOf, textsOf } from './ledger-rows.ts';
import { noticeRow, translationRow } from './notice-rows.ts';
import { packedEntries } from './packed-entries.ts';
import { paged } from './paged.ts';
import { toldRows } from './told-rows.ts';
import { versionRow } from './version-row.ts';

/** A day, in milliseconds: verifying reads on however long it takes. */
export const LONG = 24 * 60 * 60 * 1000;

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
      (tx) => work({ ...ledgerReader(tx, database.kind, practiceId), missingTriggers: async () => missing }),
      { isolationLevel: 'Serializable', maxWait: 30_000, timeout: LONG },
    );
  } finally {
    await database.close();
  }
}

function ledgerReader(
  tx: Transaction,
  kind: Database['kind'],
  practiceId: string,
): Omit<LedgerReader<RecordedAct>, 'missingTriggers'> {
  const where = { practiceId };
  const of = { tx, kind, practiceId };
  return {
    ods: async () => (await tx.practice.findUniqueOrThrow({ where: { id: practiceId } })).ods,
    origin: async () => (await tx.practice.findUniqueOrThrow({ where: { id: practiceId } })).origin,
    signingKeys: () => tx.signingKey.findMany({ where, select: { verifier: true, madeAtIndex: true } }),
    published: () => tx.publishedCheckpoint.findMany({ where, orderBy: { day: 'asc' } }),
    registers: () => tx.publishedRegister.findMany({ where, select: { day: true, ledgerIndex: true } }),
    registerText: (day) => keptRegister(tx, practiceId, day),
    tiles: () => tiles(tx, practiceId),
    head: () => tx.ledgerHead.findUnique({ where }),
    packedEntries: (from, to) => packedEntries(of, from, to),
    leaves: (from) => leavesOf(of, from),
    texts: (from) => textsOf(of, from),
    patients: () => patientsOf(of),
    links: () =>
      paged<PersonLinkModel>((last, take) =>
        tx.personLink.findMany({
          where: { ...where, ...(last === undefined ? {} : { id: { gt: last.id } }) },
          orderBy: { id: 'asc' },
          take,
        }),
      ),
    acts: () => actsOf(of),
    consents: () => consentsOf(of),
    tellings: () => toldRows(of),
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
    wordings: async () => (await tx.noticeVersion.findMany({ where })).map(noticeRow),
    noticeTranslations: async () => (await tx.noticeTranslation.findMany({ where })).map(translationRow),
    projections: () => projectionsOf(of),
    releases: (from) => releasesOf(of, from),
    releasesNamed: (ids) => releasesNamed(of, ids),
    counts: async () => ({
      leaves: await tx.ledgerLeaf.count({ where }),
      texts: await tx.ledgerText.count({ where }),
      ...(await accountCounts(tx, practiceId)),
    }),
  };
}

async function keptRegister(tx: Transaction, practiceId: string, day: string): Promise<string | null> {
  const row = await tx.publishedRegister.findUnique({ where: { practiceId_day: { practiceId, day } } });
  try {
    return row && registerTextOf(row.content);
  } catch {
    return null;
  }
}

async function* tiles(tx: Transaction, practiceId: string) {
  for (let level = 1; ; level += 1) {
    const rows = paged<LedgerTileModel>((last, take) =>
      tx.ledgerTile.findMany({
        where: { practiceId, level, ...(last === undefined ? {} : { index: { gt: last.index } }) },
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
