import type { Looked } from '../../../patients/access-log.ts';

/** What somebody was doing when a patient was shown to them, in words that the patient can read too. */
const words: Readonly<Record<Looked, string>> = {
  'search-result': 'Searched for a patient: this one was among the results',
  'patient-page': 'Opened the patient’s page: details, and the objections on record',
  account: 'Looked up which extracts held their data',
  extracts: 'Looked up which extracts would hold their data tonight',
  'plain-answer': 'Looked up what is on record, as an answer to print',
  'access-log': 'Looked up who had looked at the patient',
  'objection-form': 'Recorded, withdrew or corrected an objection, or began to',
  'objection-list': 'Went through a list of objections that has the patient on it',
  evidence: 'Looked at a scan of a request',
  letter: 'Prepared a letter or a form to print',
  receipt: 'Printed or looked at a receipt',
  incident: 'Looked at an incident that concerns the patient',
  consents: 'Looked at consents to extracts',
  told: 'Looked at, or wrote down, what the patient was told',
  'notice-batch': 'Made letters, texts or emails that tell patients',
  'work-list': 'Worked through a list of things to do that has the patient on it',
  'release-withheld': 'Checked who was withheld from an extract',
  reconciliation: 'Compared the objections here with the clinical record',
  'unusual-looks': 'Asked a colleague why they had looked at the patient',
};

/** A word that this version does not know is shown as it is: a look is never left out. */
export const lookedWords = (what: string): string => words[what as Looked] ?? what;
