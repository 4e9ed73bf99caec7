import type { Treatment } from '../extracts/extract.ts';
import type { NewExtract } from '../extracts/register-extract.ts';
import { eventColumns } from './files.ts';

export type DemoExtract = Omit<NewExtract, 'practiceId' | 'startsOn' | 'endsOn'>;

const keep = eventColumns.map((name) => ({ name, treatment: 'keep' as Treatment }));

// Off, so that any file can be tried, however few rows it has and whatever is in them.
const noStops = { usualNumber: null, listAgeDays: null, maxUnreadable: null };
const open = { checksApproved: true, stops: noStops };

const fromPractice = {
  recipientIsCompany: false,
  payment: 'Nobody pays',
  frequency: 'Once a week',
  confidentialityBasis: 'Required by law: the direction obliges the practice to provide the data',
  gdprBasis: 'Article 6(1)(c) and 9(2)(h)',
} as const;

const events = (why: string) => [
  {
    name: 'Who and when',
    fields: ['nhs_number', 'event_date'],
    reason: 'To put events of one person in order',
  },
  { name: 'What', fields: ['kind', 'code', 'term', 'note'], reason: why },
];
const note = (reason: string) => [{ field: 'note', reason }];

/** The extracts of The Example Surgery. */
export const demoExtracts: readonly DemoExtract[] = [
  {
    extractId: 'research-events',
    name: 'Events for research',
    recipient: 'NHS England',
    recipientOds: 'X26',
    purpose: 'Research into long-term conditions, under a direction',
    ground: 'nhs-england-direction',
    reference: 'Made-up direction 2024/17',
    fields: keep,
    ...fromPractice,
    passedOn: 'To approved researchers, inside a secure environment only',
    contact: 'Data services desk, research@made-up.example',
    agreementReference: 'Made-up agreement DS-0017',
    fieldGroups: events('What is studied: conditions, and what was written of them'),
    freeText: note('The note says how sure the diagnosis was, which no code does'),
    ...open,
  },
  {
    extractId: 'planning-minimum',
    name: 'Planning of services, minimum data',
    recipient: 'NHS England',
    recipientOds: 'X26',
    purpose: 'Planning of services, under a direction',
    ground: 'nhs-england-direction',
    reference: 'Made-up direction 2024/21',
    ...fromPractice,
    passedOn: 'No',
    contact: 'Planning team, planning@made-up.example',
    agreementReference: 'Made-up agreement DS-0021',
    fieldGroups: [
      { name: 'Counting people once', fields: ['nhs_number'], reason: 'So that nobody counts twice' },
      { name: 'What and when', fields: ['event_date', 'code'], reason: 'To plan services by month' },
    ],
    fields: [
      { name: 'nhs_number', treatment: 'pseudonym' },
      { name: 'event_date', treatment: 'month' },
      { name: 'code', treatment: 'keep' },
    ],
    ...open,
  },
  {
    extractId: 'recall-list',
    name: 'Recall list',
    recipient: 'Exampleton Community Screening',
    recipientOds: 'ZZ901',
    purpose: 'Inviting patients to screening',
    ground: 'direct-care',
    reference: 'The recipient treats the people listed; confirmed by the guardian',
    fields: keep,
    ...fromPractice,
    gdprBasis: 'Article 6(1)(e) and 9(2)(h)',
    confidentialityBasis: 'Implied consent: the patients’ own care',
    passedOn: 'No',
    contact: 'Screening office, 01632 960901',
    agreementReference: 'Made-up agreement CS-0004',
    fieldGroups: events('Who is due, and why'),
    freeText: note('The screening nurse needs what the practice wrote'),
    ...open,
  },
];

/** The one extract of the second practice; its identifier is that of one of the first, and still another extract. */
export const secondExtracts: readonly DemoExtract[] = demoExtracts.slice(0, 1);
