import { gzipSync } from 'node:zlib';
import { type FullPractice, PART } from '../support/full-practice.ts';

const draftOf =
  (kind: string) =>
  async ({ draft, patientId }: FullPractice) => [await draft(kind, { patientId, body: {} })];
/** What an empty report of codes says. */
const none = { count: 0, some: [] };
const noCounts = { rows: 0, nowCoded: 0, coded: 0, missing: 0, vanished: 0, type2: 0, lookAlikes: 0 };
const emptyReport = { ...noCounts, notHeld: none, withdrawnHere: none, refused: none };

const objection = draftOf('objection');
const aKeptList = {
  fileName: 'list.csv',
  wholeList: false,
  zipped: gzipSync('Ref,Called,Of,Came on\n9990000018,Ann,Smith,3/4/1985\n').toString('base64'),
};
const withdrawal = draftOf('withdrawal');
const version = ({ extractId }: FullPractice) => [extractId, '1'];
const flow = ({ otherFlowId }: FullPractice) => [otherFlowId];

/**
 * For every route with an id in its path: what to put there so that it is a thing of the practice given. The walk in
 * separation.test.ts asks for them as somebody of another practice, and fails on a route that is missing here.
 */
export const places: Readonly<Record<string, (there: FullPractice) => string[] | Promise<string[]>>> = {
  '/staff/:id': ({ receptionist }) => [receptionist.id],
  '/staff/:id/role': ({ receptionist }) => [receptionist.id],
  '/staff/:id/code': ({ receptionist }) => [receptionist.id],
  '/staff/:id/close': ({ receptionist }) => [receptionist.id],
  '/staff/:id/reopen': ({ receptionist }) => [receptionist.id],
  '/patients/:id': ({ patientId }) => [patientId],
  '/patients/:id/match': ({ patientId }) => [patientId],
  '/patients/links/:id/undo': ({ patientId }) => [patientId],
  '/patients/:id/restriction': ({ patientId }) => [patientId],
  '/patients/:id/records': ({ patientId }) => [patientId],
  '/patients/:id/recipients': ({ patientId }) => [patientId],
  '/recipient-letters/:id': ({ recipientLetterId }) => [recipientLetterId],
  '/recipient-letters/:id/sent': ({ recipientLetterId }) => [recipientLetterId],
  '/recipient-letters/:id/answer': ({ recipientLetterId }) => [recipientLetterId],
  '/recipient-letters/:id/stop': ({ recipientLetterId }) => [recipientLetterId],
  '/patients/:id/account': ({ patientId }) => [patientId],
  '/patients/:id/account/letter': ({ patientId }) => [patientId],
  '/patients/:id/extracts': ({ patientId }) => [patientId],
  '/patients/:id/answer': ({ patientId }) => [patientId],
  '/patients/:id/access': ({ patientId }) => [patientId],
  '/patients/:id/told': ({ patientId }) => [patientId],
  '/patients/:id/told/returned': ({ patientId }) => [patientId],
  '/told/runs/:id': ({ runId }) => [runId],
  '/told/runs/:id/progress': ({ runId }) => [runId],
  '/told/runs/:id/letters.html': ({ runId }) => [runId],
  '/told/runs/:id/messages.csv': ({ textRunId }) => [textRunId],
  '/told/runs/:id/sent': ({ runId }) => [runId],
  '/told/runs/:id/stop': ({ runId }) => [runId],
  '/told/notices/:id/versions/:version': ({ noticeId }) => [noticeId, '1'],
  '/patients/found/:draft': async ({ draft, nhsNumber }) => [await draft('search', { nhsNumber })],
  '/imports/:id': ({ patientImportId }) => [patientImportId],
  '/imports/:id/progress': ({ patientImportId }) => [patientImportId],
  '/imports/:id/gone': ({ patientImportId }) => [patientImportId],
  '/imports/:id/undo': ({ patientImportId }) => [patientImportId],
  '/imports/new/:draft': async ({ draft }) => [await draft('patient-list', aKeptList)],
  '/imports/columns/:digest': ({ listDigest }) => [listDigest],
  '/imports/columns/:digest/forget': ({ listDigest }) => [listDigest],
  '/extracts/:id': ({ extractId }) => [extractId],
  '/extracts/:id/pseudonym-key': ({ extractId }) => [extractId],
  '/extracts/:id/versions/:version': version,
  '/extracts/:id/versions/:version/edit': version,
  '/extracts/:id/versions/:version/fields': version,
  '/extracts/:id/versions/:version/definition.json': version,
  '/extracts/:id/versions/:version/sending': version,
  '/extracts/:id/versions/:version/approval': version,
  '/extracts/:id/versions/:version/return': version,
  '/extracts/:id/versions/:version/suspension': version,
  '/extracts/:id/versions/:version/resumption': version,
  '/extracts/:id/versions/:version/end': version,
  '/extracts/:id/versions/:version/certificate': version,
  '/other-flows/:id': flow,
  '/other-flows/:id/end': flow,
  '/releases/:id': ({ releaseId }) => [releaseId],
  '/releases/:id/withheld': ({ releaseId }) => [releaseId],
  '/releases/:id/manifest.json': ({ releaseId }) => [releaseId],
  '/coded/:draft': async ({ draft }) => [await draft('coded-report', emptyReport)],
  '/incidents/:id': ({ incidentId }) => [incidentId],
  '/incidents/:id/assessment': ({ incidentId }) => [incidentId],
  '/incidents/:id/told': ({ incidentId }) => [incidentId],
  '/incidents/:id/closing': ({ incidentId }) => [incidentId],
  '/incidents/:id/number': ({ incidentId }) => [incidentId],
  '/exemptions/:id/decision': ({ exemptionId }) => [exemptionId],
  '/exemptions/:id/end': ({ exemptionId }) => [exemptionId],
  '/extracts/:id/exemptions': ({ extractId }) => [extractId],
  '/extracts/:id/consents': ({ extractId }) => [extractId],
  '/extracts/:id/canaries': ({ extractId }) => [extractId],
  '/extracts/:id/canaries/removal': ({ extractId }) => [extractId],
  '/patients/:id/consents': ({ patientId }) => [patientId],
  '/patients/:id/consents/withdrawal': ({ patientId }) => [patientId],
  '/keys/:id/revoke': ({ keyId }) => [keyId],
  '/objections/evidence/:id': ({ scanId }) => [scanId],
  '/authority-checks/:request': ({ proxyRequestId }) => [proxyRequestId],
  '/piles/:id': ({ pileId }) => [pileId],
  '/piles/:id/close': ({ pileId }) => [pileId],
  '/piles/requests/:request/correct': ({ actId }) => [actId],
  '/piles/found/:draft': async ({ draft, pileId, nhsNumber }) => [
    await draft('pile-search', { terms: { nhsNumber }, place: { pileId, sheet: 'next' } }),
  ],
  '/objections/receipts/:act': ({ actId }) => [actId],
  '/objections/receipts/:act/acknowledged': ({ actId }) => [actId],
  '/objections/acts/:act/error': ({ actId }) => [actId],
  '/objections/acts/:act/error/answer': ({ actId }) => [actId],
  '/objections/acts/:act/decision': ({ actId }) => [actId],
  '/objections/:id/settle': ({ objectionId }) => [objectionId],
  '/objections/:id/national-opt-out': ({ objectionId }) => [objectionId],
  '/objections/imported-withdrawals/:import': ({ objectionImportId }) => [objectionImportId],
  '/objections/new/:draft': objection,
  '/objections/new/:draft/sure': objection,
  '/objections/new/:draft/check': objection,
  '/objections/withdraw/:draft': withdrawal,
  '/objections/withdraw/:draft/sure': withdrawal,
  '/objections/withdraw/:draft/check': withdrawal,
  '/api/v1/extracts/:extract/readiness': ({ extractId }) => [extractId],
  '/api/v1/extracts/:extract/releases': ({ extractId }) => [extractId],
  '/api/v1/extracts/:extract/checks': ({ extractId }) => [extractId],
  '/api/v1/releases/:release': ({ releaseId }) => [releaseId],
  '/api/v1/releases/:release/parts': ({ partsId }) => [partsId],
  '/api/v1/releases/:release/complete': ({ partsId }) => [partsId],
  '/api/v1/releases/:release/parts/:name': ({ partsId }) => [partsId, PART],
};

/** Addresses that carry an id elsewhere than in their path. */
export const elsewhere: readonly ((there: FullPractice) => string)[] = [
  ({ patientId }) => `/objections/new?patient=${patientId}`,
  ({ extractId }) => `/extracts/preview?extract=${extractId}&version=1`,
  ({ patientId }) => `/objections/withdraw?patient=${patientId}`,
  ({ patientId }) => `/told/returned?patient=${patientId}`,
  ({ pileId }) => `/letters?pile=${pileId}`,
  ({ patientId }) => `/forms/type-1?patient=${patientId}`,
  ({ actId }) => `/objections/evidence?act=${actId}`,
  ({ patientId, pileId }) => `/objections/new?patient=${patientId}&pile=${pileId}`,
];
