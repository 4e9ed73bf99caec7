import { acknowledgeObjections } from '../objections/acknowledge-objections.ts';
import { answerWithdrawals } from '../objections/answer-withdrawals.ts';
import { checkAuthority } from '../objections/check-authority.ts';
import { reconcile } from '../objections/coded-report/reconcile.ts';
import { recordCoded } from '../objections/coded-report/record-coded.ts';
import { confirmError } from '../objections/confirm-error.ts';
import { decideObjection } from '../objections/decide-objection.ts';
import { addEvidence } from '../objections/evidence/add-evidence.ts';
import { importObjections } from '../objections/import-objections.ts';
import { markEnteredInError } from '../objections/mark-entered-in-error.ts';
import { closePile } from '../objections/piles/close-pile.ts';
import { markFormInError } from '../objections/piles/mark-form-in-error.ts';
import { openPile } from '../objections/piles/open-pile.ts';
import { recordFromPile } from '../objections/piles/record-from-pile.ts';
import { recordObjection } from '../objections/record-objection.ts';
import { refuseError } from '../objections/refuse-error.ts';
import { settleObjection } from '../objections/settle-objection.ts';
import { takeInObjections } from '../objections/take-in-objections.ts';
import { tellOfNationalOptOut } from '../objections/tell-of-national-opt-out.ts';
import { withdrawObjection } from '../objections/withdraw-objection.ts';
import { authorityStore } from '../store/authority-store.ts';
import { codedReportStore } from '../store/coded-report-store.ts';
import { evidenceStore } from '../store/evidence-store.ts';
import { letterStore } from '../store/letter-store.ts';
import { objectionImportStore } from '../store/objection-import-store.ts';
import { objectionReader } from '../store/objection-reader.ts';
import { objectionStore } from '../store/objection-store.ts';
import { pileStore } from '../store/pile-store.ts';
import { reconciliationReader } from '../store/reconciliation-reader.ts';
import type { incidentServices } from './incidents.ts';
import type { Opened } from './opened.ts';

type Look = Pick<ReturnType<typeof incidentServices>, 'thenLook'>;

/** Objections, and the paper that comes with them. After an act that changes who objected, incidents are looked for. */
export function objectionServices({ database, vault, on }: Opened, { thenLook }: Look) {
  const objecting = on(objectionStore(database));
  const importing = on(objectionImportStore(database));
  const coding = on(codedReportStore(database));
  const piles = pileStore(database);
  const piling = on(piles);
  const authority = authorityStore(database);
  const evidence = evidenceStore(database, vault);
  return {
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
      reconcile: coding(reconcile),
      recordCoded: thenLook(coding(recordCoded)),
      tellOfNationalOptOut: objecting(tellOfNationalOptOut),
      import: thenLook(importing(importObjections)),
      answerWithdrawals: importing(answerWithdrawals),
      takeIn: importing(takeInObjections),
    },
    /** What reports from the clinical record and this registry said of each other. */
    reconciliations: reconciliationReader(database),
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
  };
}
