import type { Treatment } from '../extracts/extract.ts';
import type { NewExtract } from '../extracts/register-extract.ts';
import { eventColumns } from './files.ts';

export type DemoExtract = Omit<NewExtract, 'practiceId' | 'startsOn' | 'endsOn'>;

const keep = eventColumns.map((name) => ({ name, treatment: 'keep' as Treatment }));

// Off, so that any file can be tried, however few rows it has and whatever is in them.
const noStops = { usualNumber: null, listAgeDays: null, maxUnreadable: null };
const open = { checksApproved: true, stops: noStops };

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
    ...open,
  },
];

/** The one extract of the second practice; its identifier is that of one of the first, and still another extract. */
export const secondExtracts: readonly DemoExtract[] = demoExtracts.slice(0, 1);
