import { join } from 'node:path';
import { background } from './background.ts';
import type { Config } from './config.ts';
import type { Decide } from './guard/decide.ts';
import { openGuard } from './guard/open-guard.ts';
import { ensureSigningKey } from './ledger/signing-key.ts';
import { type Log, openLog } from './log.ts';
import { readSecrets } from './secrets.ts';
import { extractServices } from './services/extracts.ts';
import { incidentServices } from './services/incidents.ts';
import { ledgerServices } from './services/ledger.ts';
import { monitorServices } from './services/monitor.ts';
import { noticeServices } from './services/notices.ts';
import { objectionServices } from './services/objections.ts';
import { opened } from './services/opened.ts';
import { patientServices } from './services/patients.ts';
import { reportServices } from './services/reports.ts';
import { staffServices } from './services/staff.ts';
import { tellingServices } from './services/tellings.ts';
import { usageServices } from './services/usage.ts';
import { missingTriggers } from './store/append-only.ts';
import { openDatabase } from './store/database.ts';
import { draftStore } from './store/draft-store.ts';
import { extractStore } from './store/extract-store.ts';
import { migrate } from './store/migrate.ts';
import { patientIndexSource } from './store/patient-index-store.ts';
import { practiceStore } from './store/practice-store.ts';
import { readiness } from './store/readiness.ts';
import { releaseStore } from './store/release-store.ts';
import { sessionStore } from './store/session-store.ts';
import { signing } from './store/signing.ts';
import { signingKeyStore } from './store/signing-key-store.ts';
import { type Limit, openLimiter } from './store/throttle-store.ts';
import { isUnavailable } from './store/unavailable.ts';
import { workStore } from './store/work-store.ts';
import { noteBirthday } from './work/birthdays.ts';
import type { WorkName } from './work/work-lists.ts';
import { workOverview } from './work/work-overview.ts';

export { backUp, restoreBackup } from './services/backup.ts';
export { isUnavailable };

/** What the outside gives: a clock and a log of its own, for tests that pass the time themselves. */
export type Outside = {
  readonly now?: () => Date;
  readonly log?: Log;
  /** How the guard decides on a patient: a broken one, to see it stop itself. */
  readonly decide?: Decide;
};

/**
 * The composition root: opens the database (migrated first), and puts the parts together; each group is a file of
 * services/. Throws when the database cannot be reached, is newer than the app, or has lost a trigger.
 */
export async function services(config: Config, outside: Outside = {}) {
  const log = outside.log ?? openLog(config.logLevel);
  const now = outside.now ?? (() => new Date());
  const secrets = readSecrets(config);
  await migrate(config.databaseUrl);
  const database = await openDatabase(config.databaseUrl, signing(secrets.vault));
  const refuse = async (why: string): Promise<never> => {
    await database.close();
    throw new Error(why);
  };
  const missing = await missingTriggers(database);
  if (missing.length > 0)
    await refuse(`The database has lost what makes it append-only: ${missing.join(', ')}. Restore a backup.`);
  if (config.production && (await practiceStore(database).list()).some(({ madeUp }) => madeUp))
    await refuse('The database holds a made-up practice, which production refuses: use an empty database.');
  const signingKeys = signingKeyStore(database);
  for (const practiceId of await signingKeys.unsigned())
    await ensureSigningKey(signingKeys, practiceId, now());
  await signingKeys.work().catch((error: Error) => refuse(error.message));

  const open = opened(database, secrets.vault, now);
  const extracts = extractStore(database, secrets.vault);
  const guard = openGuard({
    extracts,
    releases: releaseStore(database),
    indexSource: (practiceId) => patientIndexSource(database, practiceId),
    now,
    spoolFolder: join(config.dataDir, 'spool'),
    spoolMaxBytes: config.spoolMaxBytes,
    spoolsMaxBytes: config.spoolsMaxBytes,
    releasesMax: config.releasesMax,
    ...(outside.decide && { decide: outside.decide }),
  });
  const waiting = workStore(database);
  const work = background(log);
  const { incidents, ...looking } = incidentServices(open, log);
  const ledgers = ledgerServices(open, config, signingKeys, log);
  return {
    config,
    log,
    now,
    vault: secrets.vault,
    sessionSecret: secrets.sessionSecret,
    /** For code that has to work on the store itself (tests, the made-up practice). */
    database,
    isUnavailable,
    /** What `/health/ready` says, part by part. */
    readiness: () =>
      readiness(
        database,
        async () => {
          for (const { id } of await ledgers.ledger.practices()) await guard.refreshIndex(id);
        },
        signingKeys.work,
      ),
    patients: patientServices(open),
    /** Work that outlives the request that began it. */
    background: work,
    ...objectionServices(open, looking),
    work: {
      /** How much waits on each list, and how late it is. */
      overview: (practiceId: string) => workOverview(waiting, practiceId, now()),
      waiting: (practiceId: string, name: WorkName) => waiting.waiting(practiceId, name, now()),
      noteBirthday: open.on(waiting)(noteBirthday),
    },
    incidents,
    ...extractServices(open, extracts),
    ...usageServices(open, extracts),
    ...noticeServices(open),
    tellings: tellingServices(open),
    guard,
    staff: staffServices(open, config),
    sessions: sessionStore(database),
    openLimiter: (limit: Limit) => openLimiter(database, limit),
    /** Forms in progress and searches, so that nothing of a patient is in an address or a session. */
    drafts: draftStore(database, now),
    ...ledgers,
    monitor: monitorServices(open, ledgers.publicLog),
    reports: reportServices(open, {
      interruptDead: guard.interruptDead,
      verify: (practiceId) => ledgers.ledger.check(practiceId),
      verifyWhole: (practiceId, progress) => ledgers.ledger.checkWhole(practiceId, progress),
      openForProblem: looking.openForProblem,
      noteBrokenCheck: (practice, error) => log.error({ event: 'check-broke-off', practice, error }),
    }),
    close: async () => {
      await work.stop();
      await database.close();
    },
  };
}

export type Services = Awaited<ReturnType<typeof services>>;
