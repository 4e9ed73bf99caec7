import { type ConsentFile, importConsents } from '../consents/import-consents.ts';
import { recordConsent } from '../consents/record-consent.ts';
import { withdrawConsent } from '../consents/withdraw-consent.ts';
import { londonDay } from '../day.ts';
import { approveExtract } from '../extracts/approve-extract.ts';
import { addCanary } from '../extracts/canaries/add-canary.ts';
import { removeCanary } from '../extracts/canaries/remove-canary.ts';
import { changePseudonymKey } from '../extracts/change-pseudonym-key.ts';
import { editExtract } from '../extracts/edit-extract.ts';
import { endExtract } from '../extracts/end-extract.ts';
import { askExemption } from '../extracts/exemptions/ask-exemption.ts';
import { decideExemption } from '../extracts/exemptions/decide-exemption.ts';
import { endExemption } from '../extracts/exemptions/end-exemption.ts';
import type { VersionName } from '../extracts/extract-register.ts';
import type { ExtractStore } from '../extracts/extract-store.ts';
import { findUsableKey } from '../extracts/job-key.ts';
import { makeKey, type NewKey } from '../extracts/make-key.ts';
import { noteDestruction } from '../extracts/note-destruction.ts';
import { endOtherFlow, registerOtherFlow } from '../extracts/other-flow.ts';
import { registerExtract } from '../extracts/register-extract.ts';
import { resumeExtract } from '../extracts/resume-extract.ts';
import { returnExtract } from '../extracts/return-extract.ts';
import { revokeKey } from '../extracts/revoke-key.ts';
import { sendForApproval } from '../extracts/send-for-approval.ts';
import { suspendExtract } from '../extracts/suspend-extract.ts';
import { sharing } from '../guard/shared-reads.ts';
import type { Actor } from '../ledger/entry.ts';
import { canaryStore } from '../store/canary-store.ts';
import { consentStore } from '../store/consent-store.ts';
import { namedNoticesCovering } from '../store/covering-notices.ts';
import { exemptionStore } from '../store/exemption-store.ts';
import { extractRegister } from '../store/extract-register.ts';
import { keyStore } from '../store/key-store.ts';
import { otherFlowStore } from '../store/other-flow-store.ts';
import type { Opened } from './opened.ts';

/**
 * The register of extracts, and what belongs to each: exemptions, consents, test patients, keys of jobs.
 *
 * @param extracts what the guard reads of them
 */
export function extractServices({ database, vault, now, on }: Opened, extracts: ExtractStore) {
  const register = extractRegister(database, vault);
  const registering = on(register);
  const flows = otherFlowStore(database);
  const exemptions = exemptionStore(database);
  const exempting = on(exemptions);
  const consents = consentStore(database);
  const consenting = on(consents);
  const canaries = canaryStore(database);
  const onCanaries = on(canaries);
  const keys = keyStore(database);
  const shared = sharing();
  const usable = { ...keys, findByHash: (hash: string) => shared([hash], () => keys.findByHash(hash)) };
  return {
    extracts: {
      list: extracts.list,
      ofPractice: extracts.ofPractice,
      /** Whether the list and the objections of before were taken in, and when. */
      readiness: extracts.readiness,
      versions: register.versions,
      versionsOf: register.versionsOf,
      /** The notices by which patients are told of a version. */
      noticesCovering: (version: VersionName) => namedNoticesCovering(database.reader, version),
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
    keys: {
      /** The key that a text is, when it can be used now. */
      findUsable: (text: string) => findUsableKey(usable, text, now()),
      list: keys.list,
      extractsToName: keys.extractsToName,
      make: (input: NewKey, by: Actor, key?: string) => makeKey(keys, input, by, now(), key),
      revoke: (input: { practiceId: string; id: string }, by: Actor) => revokeKey(keys, input, by, now()),
    },
  };
}
