import { noticePaths } from './notice-paths.ts';
import { toldPaths } from './told-paths.ts';

/** The addresses of the pages, so that none is written twice. Ids are random (UUID v4) and never an NHS number. */
export const paths = {
  home: '/',
  logIn: '/log-in',
  logOut: '/log-out',
  /** Ends the session, for the next person to log in. */
  switchPerson: '/log-out/next',
  /** How long the session lasts, and its going on. */
  session: '/session',
  timedOut: '/timed-out',
  firstPassword: '/first-password',
  account: '/account',
  accountPassword: '/account/password',
  logOutEverywhere: '/account/log-out-everywhere',
  patients: '/patients',
  patient: (id: string) => `/patients/${id}`,
  /** What left of the patient's data, and what they were kept out of. */
  patientAccount: (id: string) => `/patients/${id}/account`,
  /** The same as a letter, in large print when `print` says so. */
  accountLetter: (id: string) => `/patients/${id}/account/letter`,
  largeAccountLetter: (id: string) => `/patients/${id}/account/letter?print=large`,
  /** Who holds the patient's data, and letters to them, which the patient asks for. */
  patientRecipients: (id: string) => `/patients/${id}/recipients`,
  recipientLetters: '/recipient-letters',
  recipientLetter: (id: string) => `/recipient-letters/${id}`,
  recipientLetterSent: (id: string) => `/recipient-letters/${id}/sent`,
  recipientLetterAnswer: (id: string) => `/recipient-letters/${id}/answer`,
  stopRecipientLetter: (id: string) => `/recipient-letters/${id}/stop`,
  /** What each extract would do with the patient's rows tonight. */
  patientExtracts: (id: string) => `/patients/${id}/extracts`,
  /** What is on record, and what is not, to print for the patient. */
  patientAnswer: (id: string) => `/patients/${id}/answer`,
  /** What a search found; the search itself is in the draft that the address names. */
  patientsFound: (draft: string) => `/patients/found/${draft}`,
  /** Somebody who is not on the list; `search` is the draft of the search that did not find them. */
  newPerson: '/patients/new',
  newPersonFor: (search: string) => `/patients/new?search=${search}`,
  toBeMatched: '/patients/to-be-matched',
  matchPerson: (id: string) => `/patients/${id}/match`,
  /** Which records are of the same person, and whether this one is restricted. */
  patientRecords: (id: string) => `/patients/${id}/records`,
  /** `id` is of a link between two records. */
  undoLink: (id: string) => `/patients/links/${id}/undo`,
  restrictPatient: (id: string) => `/patients/${id}/restriction`,
  patientAccess: (id: string) => `/patients/${id}/access`,
  /** The same, all of it, to print for the patient. */
  accessToPrint: (id: string) => `/patients/${id}/access/letter`,
  /** Looks at patients that somebody should ask about. */
  unusualLooks: '/unusual-looks',
  reviewLook: (id: string) => `/unusual-looks/${id}/review`,
  /** What the patient was told about data that leaves; the button of the desk sends here too. */
  patientTold: (id: string) => `/patients/${id}/told`,
  patientLetterReturned: (id: string) => `/patients/${id}/told/returned`,
  /** Forms that arrived together. */
  piles: '/piles',
  pile: (id: string) => `/piles/${id}`,
  closePile: (id: string) => `/piles/${id}/close`,
  /** What a search in a pile found; the draft knows which pile. */
  foundInPile: (draft: string) => `/piles/found/${draft}`,
  /** Says that a form of a pile was keyed wrongly. */
  correctInPile: (requestId: string) => `/piles/requests/${requestId}/correct`,
  objections: '/objections',
  newObjection: '/objections/new',
  newObjectionFor: (patientId: string) => `/objections/new?patient=${patientId}`,
  newWithdrawal: '/objections/withdraw',
  newWithdrawalFor: (patientId: string) => `/objections/withdraw?patient=${patientId}`,
  /** What was recorded with an act, to print; `actId` is of any act of the form. */
  receipt: (actId: string) => `/objections/receipts/${actId}`,
  /** Says that the patient has the receipt. */
  acknowledge: (actId: string) => `/objections/receipts/${actId}/acknowledged`,
  /** What shows that a request was made: a page about any act of it, to which forms are sent too. */
  addEvidence: '/objections/evidence',
  evidence: (actId: string) => `/objections/evidence?act=${actId}`,
  scan: (id: string) => `/objections/evidence/${id}`,
  /** The type 1 form on paper: empty, filled in for a patient, or the wording of before. */
  blankForm: '/forms/type-1',
  blankFormFor: (patientId: string) => `/forms/type-1?patient=${patientId}`,
  formWording: (version: string) => `/forms/type-1?version=${version}`,
  /** Letters that tell patients what was recorded: of everybody who waits, or of one pile. */
  letters: '/letters',
  lettersOfPile: (pileId: string) => `/letters?pile=${pileId}`,
  /** A proxy's authority, to be looked at by a second person. */
  authorityCheck: (requestId: string) => `/authority-checks/${requestId}`,
  /** Says that an act was entered in error; a second person answers. */
  markInError: (actId: string) => `/objections/acts/${actId}/error`,
  answerError: (actId: string) => `/objections/acts/${actId}/error/answer`,
  decideObjection: (actId: string) => `/objections/acts/${actId}/decision`,
  /** `id` is of an objection in the list, not of an act. */
  settleObjection: (id: string) => `/objections/${id}/settle`,
  tellNational: (id: string) => `/objections/${id}/national-opt-out`,
  waitingWithdrawals: '/objections/imported-withdrawals',
  /** Asks whether all withdrawals of one file are to be confirmed. */
  confirmAllWithdrawals: (importId: string) => `/objections/imported-withdrawals/${importId}`,
  takenIn: '/objections/taken-in',
  imports: '/imports',
  import: (id: string) => `/imports/${id}`,
  importProgress: (id: string) => `/imports/${id}/progress`,
  /** A manager's word on the people whom a whole list did not have. */
  importGone: (id: string) => `/imports/${id}/gone`,
  work: '/work',
  /** `name` is of src/work/work-lists.ts. */
  workList: (name: string) => `/work/${name}`,
  workBirthday: '/work/birthdays',
  /** Reports of codes from the clinical system, and what came out when they were compared with what is here. */
  coded: '/coded',
  newCoded: '/coded/new',
  reconciliation: (id: string) => `/coded/${id}`,
  /** `list` is of src/objections/coded-report/reconciliation.ts. */
  reconciliationList: (id: string, list: string) => `/coded/${id}/${list}`,
  /** Records what the clinical record has and we did not. */
  recordCoded: (id: string) => `/coded/${id}/not-held/recording`,
  incidents: '/incidents',
  incident: (id: string) => `/incidents/${id}`,
  assessIncident: (id: string) => `/incidents/${id}/assessment`,
  /** Notes that the regulator or the patient was told. */
  tellOfIncident: (id: string) => `/incidents/${id}/told`,
  closeIncident: (id: string) => `/incidents/${id}/closing`,
  /** The guardian's word that an unusual number of patients is right. */
  acceptNumber: (id: string) => `/incidents/${id}/number`,
  /** What has to be said of a list before it is taken in; the list is in the draft. */
  importQuestion: (draft: string) => `/imports/new/${draft}`,
  undoImport: (id: string) => `/imports/${id}/undo`,
  /** What was said of lists with a header; `digest` is of the header. */
  listColumns: (digest: string) => `/imports/columns/${digest}`,
  forgetListColumns: (digest: string) => `/imports/columns/${digest}/forget`,
  /** Exemptions of all extracts, and the way to what belongs to each extract. */
  exemptions: '/exemptions',
  decideExemption: (id: string) => `/exemptions/${id}/decision`,
  endExemption: (id: string) => `/exemptions/${id}/end`,
  /** `id` is of an extract: a readable slug. */
  extractExemptions: (id: string) => `/extracts/${id}/exemptions`,
  extractConsents: (id: string) => `/extracts/${id}/consents`,
  extractCanaries: (id: string) => `/extracts/${id}/canaries`,
  removeCanary: (id: string) => `/extracts/${id}/canaries/removal`,
  /** A file of consents to one extract, which the query names. */
  importConsents: '/consents/import',
  importConsentsTo: (extractId: string) => `/consents/import?extract=${extractId}`,
  patientConsents: (id: string) => `/patients/${id}/consents`,
  withdrawConsent: (id: string) => `/patients/${id}/consents/withdrawal`,
  reports: '/reports',
  reportCsv: '/reports/objections.csv',
  /** The register of extracts. `version` is a number. */
  extracts: '/extracts',
  newExtract: '/extracts/new',
  /** Takes a definition from a file. */
  importExtract: '/extracts/import',
  extract: (id: string) => `/extracts/${id}`,
  extractVersion: (id: string, version: number | string) => `/extracts/${id}/versions/${version}`,
  editExtract: (id: string, version: number | string) => `/extracts/${id}/versions/${version}/edit`,
  extractFields: (id: string, version: number | string) => `/extracts/${id}/versions/${version}/fields`,
  /** Reads the names of columns from a sample file; which version they are for is in the query. */
  sampleColumns: '/extracts/columns',
  sampleColumnsFor: (id: string, version: number | string) =>
    `/extracts/columns?extract=${id}&version=${version}`,
  /** Sends a sample file through the guard, and shows what would leave. */
  previewExtract: '/extracts/preview',
  previewExtractFor: (id: string, version: number | string) =>
    `/extracts/preview?extract=${id}&version=${version}`,
  sendExtract: (id: string, version: number | string) => `/extracts/${id}/versions/${version}/sending`,
  approveExtract: (id: string, version: number | string) => `/extracts/${id}/versions/${version}/approval`,
  returnExtract: (id: string, version: number | string) => `/extracts/${id}/versions/${version}/return`,
  suspendExtract: (id: string, version: number | string) => `/extracts/${id}/versions/${version}/suspension`,
  resumeExtract: (id: string, version: number | string) => `/extracts/${id}/versions/${version}/resumption`,
  endExtract: (id: string, version: number | string) => `/extracts/${id}/versions/${version}/end`,
  noteDestruction: (id: string, version: number | string) =>
    `/extracts/${id}/versions/${version}/certificate`,
  extractDefinition: (id: string, version: number | string) =>
    `/extracts/${id}/versions/${version}/definition.json`,
  pseudonymKey: (id: string) => `/extracts/${id}/pseudonym-key`,
  /** Agreements that end, data to be destroyed, certificates that are awaited. */
  agreements: '/agreements',
  /** Flows that do not go through this guard. */
  otherFlows: '/other-flows',
  newOtherFlow: '/other-flows/new',
  otherFlow: (id: string) => `/other-flows/${id}`,
  endOtherFlow: (id: string) => `/other-flows/${id}/end`,
  ...noticePaths,
  ...toldPaths,
  /** The register as files to hand out. */
  handOut: '/hand-out',
  registerCsv: '/hand-out/register.csv',
  registerJson: '/hand-out/register.json',
  /** The record of processing, UK GDPR article 30. */
  processingCsv: '/hand-out/record-of-processing.csv',
  releasesCsv: '/hand-out/releases.csv',
  releasesJson: '/hand-out/releases.json',
  /** What happened since a visit, what is overdue, and the checks of the ledger. */
  monitor: '/monitor',
  monitorSince: (day: string) => `/monitor?since=${day}`,
  /** What monitors looked at. */
  monitorLooks: '/monitor/looks',
  /** How often patients were looked at. */
  accessCounts: '/monitor/access-counts',
  /** Begins a check of the whole ledger. */
  verifications: '/monitor/verifications',
  verification: (id: string) => `/monitor/verifications/${id}`,
  verificationProgress: (id: string) => `/monitor/verifications/${id}/progress`,
  releases: '/releases',
  releasesOf: (extractId: string) => `/releases?extract=${extractId}`,
  release: (id: string) => `/releases/${id}`,
  /** Who was withheld from it, and why. */
  releaseWithheld: (id: string) => `/releases/${id}/withheld`,
  /** What its recipient and an auditor may know of it. */
  releaseManifest: (id: string) => `/releases/${id}/manifest.json`,
  keys: '/keys',
  newKey: '/keys/new',
  revokeKey: (id: string) => `/keys/${id}/revoke`,
  staff: '/staff',
  newStaff: '/staff/new',
  staffMember: (id: string) => `/staff/${id}`,
  staffRole: (id: string) => `/staff/${id}/role`,
  staffCode: (id: string) => `/staff/${id}/code`,
  closeStaff: (id: string) => `/staff/${id}/close`,
  reopenStaff: (id: string) => `/staff/${id}/reopen`,
  /** What of a practice's ledger everybody may see, without log in: pages for people, files for tools. */
  log: (ods: string) => `/log/${ods}`,
  logPoster: (ods: string) => `/log/${ods}/poster`,
  logCheckpoint: (ods: string) => `/log/${ods}/checkpoint`,
  logTiles: (ods: string) => `/log/${ods}/tile`,
  /** What leaves a practice, without log in; of all practices here the list. */
  publicRegisters: '/register',
  publicRegister: (ods: string) => `/register/${ods}`,
  publicRegisterJson: (ods: string) => `/register/${ods}.json`,
  publicRegisterProof: (ods: string) => `/register/${ods}.tlog-proof`,
  /** What a patient finds by the code on their receipt, without log in. */
  receiptCheck: (code: string) => `/receipts/${code}`,
  receiptProofs: (code: string) => `/receipts/${code}/proofs`,
  help: '/help',
  accessibility: '/accessibility',
  privacy: '/privacy',
};
