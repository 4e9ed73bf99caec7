import type { ExtractState, Treatment } from '../../../extracts/extract.ts';
import type { Ground } from '../../../extracts/grounds.ts';
import type { ContentName } from '../../../extracts/registered-version.ts';

type Tag = { readonly text: string; readonly colour: string };

export const stateTags: Readonly<Record<ExtractState, Tag>> = {
  draft: { text: 'Draft', colour: 'grey' },
  'awaiting-approval': { text: 'Waits for approval', colour: 'blue' },
  approved: { text: 'Approved', colour: 'green' },
  suspended: { text: 'Suspended', colour: 'red' },
  ended: { text: 'Ended', colour: 'grey' },
  superseded: { text: 'Replaced by a later version', colour: 'grey' },
};

export const groundWords: Readonly<Record<Ground, string>> = {
  'direct-care': 'The patients’ own care',
  'explicit-consent': 'Explicit consent of each patient',
  'nhs-england-direction': 'Direction of NHS England (section 259)',
  'section-251': 'Section 251 approval (regulation 2 or 5)',
  'public-health': 'Communicable disease and other public health risks (regulation 3)',
  'legal-obligation': 'Legal obligation or court order',
  'public-interest': 'Overriding public interest',
  'de-identified': 'De-identified data, record by record',
  payment: 'Payment of the practice',
  aggregate: 'Counts only',
  other: 'Anything else, not classified yet',
};

export const treatmentWords: Readonly<Record<Treatment, string>> = {
  keep: 'As it is',
  year: 'Year only',
  month: 'Year and month only',
  'outward-code': 'First half of the postcode',
  pseudonym: 'Pseudonym',
};

/** How each thing that can be edited is called on pages. */
export const contentWords: Readonly<Record<ContentName, string>> = {
  name: 'Name',
  recipient: 'Recipient',
  recipientOds: 'ODS code of the recipient',
  recipientIsCompany: 'Is the recipient a company?',
  contact: 'Whom to ask there',
  purpose: 'Purpose',
  payment: 'Does anybody pay?',
  passedOn: 'May it be passed on?',
  ground: 'Ground',
  reference: 'Reference of the ground',
  groundExpiresOn: 'The approval or notice expires on',
  groundWords: 'What the ground asks for in writing',
  stricter: 'Objections applied although the ground does not ask',
  gdprBasis: 'UK GDPR basis',
  confidentialityBasis: 'Common law basis',
  agreementReference: 'Agreement',
  agreementStartsOn: 'Agreement starts on',
  agreementEndsOn: 'Agreement ends on',
  destroyBy: 'Data destroyed by',
  startsOn: 'First day',
  endsOn: 'Last day',
  frequency: 'How often',
  fields: 'Fields that leave',
  fieldGroups: 'Why they are needed',
  freeText: 'Free text',
  nhsNumberColumn: 'Column with the NHS number',
  personColumns: 'Columns that say whose row it is',
  fhir: 'FHIR resources',
  checksApproved: 'Checks of numbers',
  includeLeft: 'Patients who left the practice',
  toldDays: 'Patients told first',
  stops: 'When a release stops',
};
