import { join } from 'node:path';
import { background } from './background.ts';
import type { Config } from './config.ts';
import { consentRules } from './consents/consent-entry.ts';
import { type ConsentFile, importConsents } from './consents/import-consents.ts';
import { recordConsent } from './consents/record-consent.ts';
import { withdrawConsent } from './consents/withdraw-consent.ts';
import { londonDay } from './day.ts';
import { approveExtract } from './extracts/approve-extract.ts';
import { addCanary } from './extracts/canaries/add-canary.ts';
import { removeCanary } from './extracts/canaries/remove-canary.ts';
import { changePseudonymKey } from './extracts/change-pseudonym-key.ts';
import { editExtract } from './extracts/edit-extract.ts';
import { endExtract } from './extracts/end-extract.ts';
import { askExemption } from './extracts/exemptions/ask-exemption.ts';
import { decideExemption } from './extracts/exemptions/decide-exemption.ts';
import { endExemption } from './extracts/exemptions/end-exemption.ts';
import { findUsableKey } from './extracts/job-key.ts';
import { makeKey, type NewKey } from './extracts/make-key.ts';
import { noteDestruction } from './extracts/note-destruction.ts';
import { endOtherFlow, registerOtherFlow } from './extracts/other-flow.ts';
import { registerExtract } from './extracts/register-extract.ts';
import { resumeExtract } from './extracts/resume-extract.ts';
import { returnExtract } from './extracts/return-extract.ts';
import { revokeKey } from './extracts/revoke-key.ts';
import { sendForApproval } from './extracts/send-for-approval.ts';
import { suspendExtract } from './extracts/suspend-extract.ts';
import { extractRules } from './extracts/verify-rules.ts';
import type { Decide } from './guard/decide.ts';
import { digestOfMembers, isMember } from './guard/membership.ts';
import { openGuard } from './guard/open-guard.ts';
import { acceptNumber } from './incidents/accept-number.ts';
import { assessIncident } from './incidents/assess-incident.ts';
import { closeIncident } from './incidents/close-incident.ts';
import { openForProblem, openIncidents } from './incidents/open-incidents.ts';
import { tellOfIncident } from './incidents/tell-of-incident.ts';
import { keptCheckpoints } from './kept-checkpoints.ts';
import type { Actor } from './ledger/entry.ts';
import { changeSigningKey, ensureSigningKey } from './ledger/signing-key.ts';
import { verifyLedger } from './ledger/verify.ts';
import { type Log, openLog } from './log.ts';
import { acknowledgeObjections } from './objections/acknowledge-objections.ts';
import { answerWithdrawals } from './objections/answer-withdrawals.ts';
import { checkAuthority } from './objections/check-authority.ts';
import { checkCode } from './objections/check-code.ts';
import { checkReceipt, receiptProof } from './objections/check-receipt.ts';
import { takeCodedReport } from './objections/coded-report/take-coded-report.ts';
import { confirmError } from './objections/confirm-error.ts';
import { decideObjection } from './objections/decide-objection.ts';
import { addEvidence } from './objections/evidence/add-evidence.ts';
import { importObjections } from './objections/import-objections.ts';
import { markEnteredInError } from './objections/mark-entered-in-error.ts';
import { closePile } from './objections/piles/close-pile.ts';
import { markFormInError } from './objections/piles/mark-form-in-error.ts';
import { openPile } from './objections/piles/open-pile.ts';
import { recordFromPile } from './objections/piles/record-from-pile.ts';
import { recordObjection } from './objections/record-objection.ts';
import { refuseError } from './objections/refuse-error.ts';
import { settleObjection } from './objections/settle-objection.ts';
import { takeInObjections } from './objections/take-in-objections.ts';
import { tellOfNationalOptOut } from './objections/tell-of-national-opt-out.ts';
import { objectionRules } from './objections/verify-rules.ts';
import { withdrawObjection } from './objections/withdraw-objection.ts';
import { digestAccessLog, type Looked } from './patients/access-log.ts';
import { addPatients, type NewPatient } from './patients/add-patients.ts';
import { findPatients, type SearchTerms } from './patients/find-patients.ts';
import { decideGone } from './patients/finish-import.ts';
import { type ImportRequest, importPatients, lookAtList } from './patients/import-patients.ts';
import { findLikelyMatches } from './patients/likely-matches.ts';
import { type MappingSaid, rememberMapping } from './patients/list-mapping.ts';
import { recordPerson } from './patients/record-person.ts';
import { restrictPatient } from './patients/restrict-patient.ts';
import { linkPeople, unlinkPeople } from './patients/same-person-links.ts';
import { planUndo, type UndoRequest, undoImport } from './patients/undo-import.ts';
import { agreeToLetters } from './recipient-letters/agree-to-letters.ts';
import { noteLetterAnswered, noteLetterSent, stopLetter } from './recipient-letters/follow-letter.ts';
import type { RecipientLetter } from './recipient-letters/recipient-letter.ts';
import { writeLetter } from './recipient-letters/write-letter.ts';
import { comparedReport } from './reports/objection-report.ts';
import type { Period } from './reports/period.ts';
import { type Verdict, verifyPractices } from './reports/verify-practices.ts';
import { readSecrets } from './secrets.ts';
import { addPractice, type NewPractice } from './staff/add-practice.ts';
import { addStaff } from './staff/add-staff.ts';
import { changePassword, type NewPassword } from './staff/change-password.ts';
import { changeRole } from './staff/change-role.ts';
import { checkLogIn, type LogIn } from './staff/check-log-in.ts';
import { closeAccount } from './staff/close-account.ts';
import { makeCode, reopenAccount } from './staff/make-code.ts';
import { type FirstPassword, setFirstPassword } from './staff/set-first-password.ts';
import { accessLogStore } from './store/access-log-store.ts';
import { missingTriggers } from './store/append-only.ts';
import { authorityStore } from './store/authority-store.ts';
import { canaryStore } from './store/canary-store.ts';
import { codedReportStore } from './store/coded-report-store.ts';
import { consentStore } from './store/consent-store.ts';
import { openDatabase } from './store/database.ts';
import { draftStore } from './store/draft-store.ts';
import { evidenceStore } from './store/evidence-store.ts';
import { exemptionStore } from './store/exemption-store.ts';
import { extractRegister } from './store/extract-register.ts';
import { extractStore } from './store/extract-store.ts';
import { incidentStore } from './store/incident-store.ts';
import { keyStore } from './store/key-store.ts';
import { listPractices, readLedger } from './store/ledger-store.ts';
import { letterStore } from './store/letter-store.ts';
import { listMappingStore } from './store/list-mapping-store.ts';
import { migrate } from './store/migrate.ts';
import { objectionCounts } from './store/objection-counts.ts';
import { objectionImportStore } from './store/objection-import-store.ts';
import { objectionReader } from './store/objection-reader.ts';
import { objectionStore } from './store/objection-store.ts';
import { otherFlowStore } from './store/other-flow-store.ts';
import { patientImportStore } from './store/patient-import-store.ts';
import { patientIndexSource } from './store/patient-index-store.ts';
import { patientStore } from './store/patient-store.ts';
import { personStore } from './store/person-store.ts';
import { pileStore } from './store/pile-store.ts';
import { practiceStore } from './store/practice-store.ts';
import { publicLog } from './store/public-log.ts';
import { readiness } from './store/readiness.ts';
import { receiptStore } from './store/receipt-store.ts';
import { recipientLetterStore } from './store/recipient-letter-store.ts';
import { releaseStore } from './store/release-store.ts';
import { reportStore } from './store/report-store.ts';
import { sessionStore } from './store/session-store.ts';
import { signing } from './store/signing.ts';
import { signingKeyStore } from './store/signing-key-store.ts';
import { staffStore } from './store/staff-store.ts';
import { type Limit, openLimiter } from './store/throttle-store.ts';
import { isUnavailable } from './store/unavailable.ts';
import { usageAccountStore } from './store/usage-account-store.ts';
import { withheldPatientsStore } from './store/withheld-patients-store.ts';
import { workStore } from './store/work-store.ts';
import { giveAccount } from './usage-account/give-account.ts';
import type { AccountRecord } from './usage-account/usage-account-store.ts';
import { noteBirthday } from './work/birthdays.ts';
import type { WorkName } from './work/work-lists.ts';
import { workOverview } from './work/work-overview.ts';

export { isUnavailable };

/** What the outside gives: a clock and a log of its own, for tests that pass the time themselves. */
export type Outside = {
  readonly now?: () => Date;
  readonly log?: Log;
  /** How the guard decides on a patient: a broken one, to see it stop itself. */
  readonly decide?: Decide;
};

/**
 * The composition root: opens the database (migrated first), and puts the parts together.
 * Throws when the database cannot be reached, is newer than the app, or has lost a trigger.
 */
export async function services(config: Config, outside: Outside = {}) {
  const log = outside.log ?? openLog(config.logLevel);
  const now = outside.now ?? (() => new Date());
  const secrets = readSecrets(config);
  await migrate(config.databaseUrl);
  const database = await openDatabase(config.databaseUrl, signing(secrets.vault));
  const practices = practiceStore(database);
  const refuse = async (why: string): Promise<never> => {
    await database.close();
    throw new Error(why);
  };
  const missing = await missingTriggers(database);
  if (missing.length > 0)
    await refuse(`The database has lost what makes it append-only: ${missing.join(', ')}. Restore a backup.`);
  if (config.production && (await practices.list()).some(({ madeUp }) => madeUp))
    await refuse('The database holds a made-up practice, which production refuses: use an empty database.');
  const signingKeys = signingKeyStore(database);
  for (const practiceId of await signingKeys.unsigned())
    await ensureSigningKey(signingKeys, practiceId, now());
  await signingKeys.work().catch((error: Error) => refuse(error.message));
  const published = publicLog(database);
  const receiptParts = {
    receipts: receiptStore(database),
    log: published,
    key: secrets.vault.derive('receipt codes'),
  };
  const register = extractRegister(database, secrets.vault);
  const extracts = extractStore(database, secrets.vault);
  const guard = openGuard({
    extracts,
    releases: releaseStore(database),
    indexSource: (practiceId) => patientIndexSource(database, practiceId),
    now,
    spoolFolder: join(config.dataDir, 'spool'),
    spoolMaxBytes: config.spoolMaxBytes,
    ...(outside.decide && { decide: outside.decide }),
  });
  const keys = keyStore(database);
  /** Gives a command its store and the time; what it still takes is its input, and who acts. */
  const on =
    <S>(store: S) =>
    <I, R>(command: (store: S, input: I, by: Actor, now: Date) => Promise<R>) =>
    (input: I, by: Actor) =>
      command(store, input, by, now());
  const registering = on(register);
  const flows = otherFlowStore(database);
  const incidents = incidentStore(database);
  const incident = on(incidents);
  const exemptions = exemptionStore(database);
  const exempting = on(exemptions);
  const consents = consentStore(database);
  const consenting = on(consents);
  const canaries = canaryStore(database);
  const onCanaries = on(canaries);
  const waiting = workStore(database);
  const lookForIncidents = (practiceId: string) => openIncidents(incidents, practiceId, now());
  /** A command after which incidents are looked for. Whatever keeps that from being done, the job does it later. */
  const thenLook =
    <I extends { practiceId: string }, R>(command: (input: I, by: Actor) => Promise<R>) =>
    async (input: I, by: Actor): Promise<R> => {
      const done = await command(input, by);
      await lookForIncidents(input.practiceId).catch((error) =>
        log.error({ event: 'incidents-not-looked-for', error }),
      );
      return done;
    };
  const objecting = on(objectionStore(database));
  const piles = pileStore(database);
  const piling = on(piles);
  const authority = authorityStore(database);
  const evidence = evidenceStore(database, secrets.vault);
  const importing = on(objectionImportStore(database));
  const patients = patientStore(database);
  const patientImports = patientImportStore(database);
  const people = personStore(database);
  const aboutPeople = on(people);
  const mappings = listMappingStore(database);
  const accesses = accessLogStore(database);
  const work = background(log);
  const staff = staffStore(database);
  const staffing = on(staff);
  const reports = { ...reportStore(database), ...withheldPatientsStore(database) };
  const counts = objectionCounts(database);
  const usage = usageAccountStore(database);
  const recipientLetters = recipientLetterStore(database);
  const following = on(recipientLetters);
  const rules = {
    objections: objectionRules,
    accounts: { digestOfMembers, isMember },
    extracts: extractRules,
    consents: consentRules,
  };
  const kept = keptCheckpoints(join(config.dataDir, 'published'));
  const keptOf = async (practiceId: string) => kept.read((await practices.find(practiceId))?.origin ?? '');
  const verify = async (practiceId: string, elsewhere: readonly string[] = []) => {
    const notes = [...elsewhere, ...[await keptOf(practiceId)].filter((note) => note !== null)];
    return readLedger(config.databaseUrl, practiceId, (reader) => verifyLedger(reader, rules, notes));
  };
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
          for (const { id } of await listPractices(database)) await guard.refreshIndex(id);
        },
        signingKeys.work,
      ),
    patients: {
      add: (practiceId: string, people: readonly NewPatient[], by: Actor) =>
        addPatients(patients, practiceId, people, by, now()),
      /** Null when the practice has no such patient, whoever else has. */
      byId: patients.byId,
      byIds: patients.byIds,
      withNumber: patients.byNhsNumber,
      find: (practiceId: string, terms: SearchTerms) => findPatients(patients, practiceId, terms),
      objectionsOf: patients.objectionsOf,
      /** Writes down who looked at whom. */
      noteLook: (person: { id: string; practiceId: string }, patientIds: readonly string[], what: Looked) =>
        accesses.note(person.practiceId, person.id, patientIds, what, now()),
      looks: accesses.ofPatient,
      /** Records of people: who is not on the list, who is there twice, who is restricted. */
      recordPerson: aboutPeople(recordPerson),
      link: aboutPeople(linkPeople),
      unlink: aboutPeople(unlinkPeople),
      restrict: aboutPeople(restrictPatient),
      toBeMatched: people.toBeMatched,
      linksOf: people.linksOf,
      recordsOf: people.recordsOf,
      likelyMatches: (practiceId: string, person: Parameters<typeof findLikelyMatches>[2]) =>
        findLikelyMatches(patients, practiceId, person),
      countLooks: accesses.countOfPatient,
      digestAccessLog: (practiceId: string) => digestAccessLog(accesses, practiceId, now()),
      import: (request: ImportRequest, by: Actor) =>
        importPatients(patientImports, mappings, request, by, now),
      /** What an import would make of the file, or has to be told first. */
      lookAtList: (request: ImportRequest) => lookAtList(mappings, request, now()),
      mappings: mappings.list,
      forgetMapping: mappings.forget,
      rememberMapping: (said: MappingSaid, by: Actor) => rememberMapping(mappings, said, by, now()),
      planUndo: (request: UndoRequest) => planUndo(patientImports, request, now()),
      undoImport: (request: UndoRequest, by: Actor) => undoImport(patientImports, request, by, now()),
      imports: patientImports.list,
      findImport: patientImports.find,
      importReport: patientImports.report,
      decideGone: (request: Parameters<typeof decideGone>[1], by: Actor) =>
        decideGone(patientImports, request, by, now()),
    },
    /** Work that outlives the request that began it. */
    background: work,
    objections: {
      ...objectionReader(database),
      record: thenLook(objecting(recordObjection)),
      withdraw: thenLook(objecting(withdrawObjection)),
      markInError: thenLook(objecting(markEnteredInError)),
      confirmError: thenLook(objecting(confirmError)),
      refuseError: objecting(refuseError),
      settle: thenLook(objecting(settleObjection)),
      decide: thenLook(objecting(decideObjection)),
      acknowledge: objecting(acknowledgeObjections),
      takeCodedReport: on(codedReportStore(database))(takeCodedReport),
      tellOfNationalOptOut: objecting(tellOfNationalOptOut),
      import: thenLook(importing(importObjections)),
      answerWithdrawals: importing(answerWithdrawals),
      takeIn: importing(takeInObjections),
    },
    work: {
      /** How much waits on each list, and how late it is. */
      overview: (practiceId: string) => workOverview(waiting, practiceId, now()),
      waiting: (practiceId: string, name: WorkName) => waiting.waiting(practiceId, name, now()),
      noteBirthday: on(waiting)(noteBirthday),
    },
    incidents: {
      list: incidents.list,
      count: incidents.count,
      /** Null when the practice has no such incident, whoever else has. */
      find: incidents.find,
      assess: incident(assessIncident),
      tell: incident(tellOfIncident),
      close: incident(closeIncident),
      acceptNumber: incident(acceptNumber),
      /** Opens what is to be opened since the last look, in every practice; how many were. */
      async look() {
        let opened = 0;
        for (const practiceId of await incidents.practiceIds()) opened += await lookForIncidents(practiceId);
        return opened;
      },
    },
    /** Of one person, by all their records: what left, and what was kept back. */
    usageAccount: (practiceId: string, records: readonly AccountRecord[]) =>
      giveAccount(usage, practiceId, records),
    /** Letters to those who hold a patient's data, because the patient asks for them. */
    recipientLetters: {
      ofPerson: recipientLetters.ofPerson,
      open: recipientLetters.open,
      closed: recipientLetters.closed,
      find: recipientLetters.find,
      write: (practiceId: string, letter: RecipientLetter, records: readonly AccountRecord[]) =>
        writeLetter(
          letter,
          records,
          (some) => giveAccount(usage, practiceId, some),
          async (extractId) => ({
            key: await extracts.pseudonymKey(practiceId, extractId),
            since: await register.pseudonymKeySince(practiceId, extractId),
          }),
          now(),
        ),
      agree: following(agreeToLetters),
      noteSent: following(noteLetterSent),
      noteAnswered: following(noteLetterAnswered),
      stop: following(stopLetter),
    },
    letters: letterStore(database),
    evidence: {
      ofRequest: evidence.ofRequest,
      scan: evidence.scan,
      add: on(evidence)(addEvidence),
    },
    authority: {
      find: authority.find,
      countWaiting: authority.countWaiting,
      check: on(authority)(checkAuthority),
    },
    piles: {
      find: piles.find,
      listOpen: piles.open,
      listClosed: piles.closed,
      requestsOf: piles.requestsOf,
      request: piles.request,
      actsOf: piles.actsOf,
      open: piling(openPile),
      close: piling(closePile),
      record: thenLook(piling(recordFromPile)),
      markFormInError: piling(markFormInError),
    },
    extracts: {
      list: extracts.list,
      ofPractice: extracts.ofPractice,
      versions: register.versions,
      versionsOf: register.versionsOf,
      pseudonymKeySince: register.pseudonymKeySince,
      register: registering(registerExtract),
      edit: registering(editExtract),
      send: registering(sendForApproval),
      approve: registering(approveExtract),
      return: registering(returnExtract),
      suspend: registering(suspendExtract),
      resume: registering(resumeExtract),
      end: registering(endExtract),
      changePseudonymKey: registering(changePseudonymKey),
      noteDestruction: registering(noteDestruction),
    },
    /** Flows that do not go through this guard. */
    otherFlows: {
      list: flows.list,
      register: on(flows)(registerOtherFlow),
      end: on(flows)(endOtherFlow),
    },
    exemptions: {
      ofExtract: exemptions.ofExtract,
      /** Those that wait for a guardian, and those in force today. */
      open: (practiceId: string) => exemptions.open(practiceId, londonDay(now())),
      openVersions: exemptions.openVersions,
      find: exemptions.find,
      ask: exempting(askExemption),
      decide: exempting(decideExemption),
      end: exempting(endExemption),
    },
    consents: {
      ofExtract: consents.ofExtract,
      ofPatient: consents.ofPatient,
      count: consents.count,
      countInForce: consents.countInForce,
      toBeAsked: consents.toBeAsked,
      record: consenting(recordConsent),
      withdraw: consenting(withdrawConsent),
      import: (file: ConsentFile, by: Actor) => importConsents(consents, file, by, now()),
    },
    canaries: {
      ofExtract: canaries.ofExtract,
      add: onCanaries(addCanary),
      remove: onCanaries(removeCanary),
    },
    guard,
    keys: {
      /** The key that a text is, when it can be used now. */
      findUsable: (text: string) => findUsableKey(keys, text, now()),
      list: keys.list,
      extractsToName: keys.extractsToName,
      make: (input: NewKey, by: Actor, key?: string) => makeKey(keys, input, by, now(), key),
      revoke: (input: { practiceId: string; id: string }, by: Actor) => revokeKey(keys, input, by, now()),
    },
    staff: {
      addPractice: (input: Omit<NewPractice, 'host'>, by: Actor) =>
        addPractice(practices, { ...input, host: new URL(config.publicUrl).host }, by, now()),
      practice: practices.find,
      practiceByOds: practices.findByOds,
      practices: practices.list,
      find: staff.find,
      findOpen: staff.findOpen,
      list: staff.list,
      add: staffing(addStaff),
      makeCode: staffing(makeCode),
      changeRole: staffing(changeRole),
      close: staffing(closeAccount),
      reopen: staffing(reopenAccount),
      checkLogIn: (typed: LogIn) => checkLogIn(staff, typed, now()),
      setFirstPassword: (typed: FirstPassword) => setFirstPassword(staff, typed, now()),
      changePassword: (input: NewPassword) => changePassword(staff, input, now()),
    },
    sessions: sessionStore(database),
    openLimiter: (limit: Limit) => openLimiter(database, limit),
    /** Forms in progress and searches, so that nothing of a patient is in an address or a session. */
    drafts: draftStore(database, now),
    ledger: {
      practices: () => listPractices(database),
      /** Derives a practice's ledger again from all that is kept, as of this moment. */
      verify,
      /** A new key for its checkpoints. Whoever holds the old verifier has to be given the new one. */
      changeKey: on(signingKeys)(changeSigningKey),
    },
    /** What of the ledgers everybody may see. */
    publicLog: {
      ...published,
      /**
       * Publishes the day's checkpoint of every practice that has none of that day yet. A ledger that does not continue
       * what was last published from here is not published: an old database in place of a newer one, most likely.
       */
      async publishAll() {
        for (const { id, origin } of await practices.list()) {
          const last = kept.read(origin);
          if (last !== null && !(await published.continues(id, last))) {
            log.error({ event: 'checkpoint-not-published', practice: id, reason: 'does-not-continue' });
            continue;
          }
          await published.publish(id, londonDay(now()), now());
          const latest = await published.latest(id);
          if (latest !== null) kept.keep(origin, latest.note);
        }
      },
    },
    /** Receipts of objections, for whoever holds the code; nothing of it says of whom. */
    receipts: {
      code: (actId: string) => checkCode(actId, receiptParts.key),
      check: (code: string) => checkReceipt(receiptParts, code),
      proof: (code: string, type: string) => receiptProof(receiptParts, code, type),
    },
    reports: {
      ...reports,
      /** Counts of objections in a period, and in the one before it. */
      objections: (practiceId: string, period: Period) => comparedReport(counts, practiceId, period, now()),
      /** Marks first the releases whose process died. */
      releases: async (...asked: Parameters<typeof reports.releases>) => {
        await guard.interruptDead(asked[0]);
        return reports.releases(...asked);
      },
      /** The check of the early morning, for every practice; returns those with a problem. */
      verifyAll: () =>
        verifyPractices(reports, (practiceId): Promise<Verdict> => verify(practiceId), now(), {
          letOut: (practiceId, problem) => openForProblem(incidents, { practiceId, problem }, now()),
        }),
    },
    close: async () => {
      await work.stop();
      await database.close();
    },
  };
}

export type Services = Awaited<ReturnType<typeof services>>;
