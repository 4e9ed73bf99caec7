import { addDays } from '../day.ts';
import type { NewExtract } from '../extracts/register-extract.ts';
import { inOfficeHours, must, type Step, type World } from './history.ts';
import { seeded } from './random.ts';

type Registration = Omit<NewExtract, 'practiceId'>;

/**
 * What is in the register besides the extracts that run: one that ended and whose recipient still owes a certificate of
 * destruction, one that waits for the guardian, and flows that do not go through this guard.
 */
export function registerSteps(today: string): Step[] {
  const random = seeded(10_000_000);
  const ago = (days: number, act: Step['act']): Step => ({
    at: inOfficeHours(addDays(today, -days), random),
    act,
  });
  return [
    ago(700, (world) => registerFlows(world, today)),
    ago(500, (world) => register(world, winterAudit(today))),
    ago(498, (world) => approve(world, 'winter-audit')),
    ago(490, (world) => exempt(world, 'winter-audit', addDays(today, -250))),
    ago(200, (world) => end(world, 'winter-audit')),
    ago(3, (world) => register(world, diabetesAudit(today))),
  ];
}

const audit = {
  ground: 'section-251',
  recipientIsCompany: false,
  payment: 'Nobody pays',
  passedOn: 'No',
  gdprBasis: 'Article 6(1)(e) and 9(2)(i)',
  confidentialityBasis: 'Section 251 support',
  checksApproved: false,
} as const;

const winterAudit = (today: string): Registration => ({
  ...audit,
  extractId: 'winter-audit',
  name: 'Winter vaccines audit',
  recipient: 'Exampleton Institute of Public Health',
  recipientOds: 'ZZ902',
  purpose: 'To see which groups of patients were not reached by the winter vaccines',
  ground: 'public-health',
  reference: 'Made-up notice 2024/3',
  groundExpiresOn: addDays(today, -190),
  contact: 'Dr Ada Bell, vaccines@made-up.example',
  startsOn: addDays(today, -497),
  endsOn: addDays(today, -200),
  frequency: 'Once a month in winter',
  agreementReference: 'Made-up agreement PH-0102',
  agreementStartsOn: addDays(today, -500),
  agreementEndsOn: addDays(today, -200),
  destroyBy: addDays(today, -20),
  fields: [
    { name: 'nhs_number', treatment: 'pseudonym' },
    { name: 'event_date', treatment: 'month' },
    { name: 'code', treatment: 'keep' },
  ],
  fieldGroups: [
    {
      name: 'All',
      fields: ['nhs_number', 'event_date', 'code'],
      reason: 'To count vaccines by month and group',
    },
  ],
});

const diabetesAudit = (today: string): Registration => ({
  ...audit,
  extractId: 'diabetes-audit',
  name: 'Diabetes audit',
  recipient: 'Exampleton Clinical Audit Partnership',
  recipientOds: 'ZZ903',
  purpose:
    'To compare how well practices look after people with diabetes, and to tell each practice how it does',
  reference: '26/CAG/0001 (made up)',
  groundExpiresOn: addDays(today, 700),
  groundWords: 'Approval letter in the shared folder “Agreements”. The national opt-out applies.',
  contact: 'Audit office, audit@made-up.example',
  startsOn: addDays(today, 14),
  endsOn: addDays(today, 379),
  frequency: 'Once a year',
  agreementReference: 'Made-up agreement CA-0007',
  agreementStartsOn: addDays(today, 1),
  agreementEndsOn: addDays(today, 400),
  destroyBy: addDays(today, 1100),
  fields: [
    { name: 'nhs_number', treatment: 'keep' },
    { name: 'event_date', treatment: 'keep' },
    { name: 'code', treatment: 'keep' },
  ],
  fieldGroups: [
    {
      name: 'Who',
      fields: ['nhs_number'],
      reason: 'To link what the practice and the hospital did for one person',
    },
    {
      name: 'What and when',
      fields: ['event_date', 'code'],
      reason: 'To see whether each check was done in its year',
    },
  ],
});

const register = async ({ services, practiceId, manager }: World, extract: Registration) =>
  must(await services.extracts.register({ ...extract, practiceId }, manager));

const approve = async ({ services, practiceId, guardian }: World, extractId: string) =>
  must(await services.extracts.approve({ practiceId, extractId, version: 1 }, guardian));

const end = async ({ services, practiceId, manager }: World, extractId: string) =>
  must(await services.extracts.end({ practiceId, extractId, version: 1 }, manager));

/** The manager asks for it, the guardian approves. */
async function exempt({ services, practiceId, manager, guardian }: World, extractId: string, endsOn: string) {
  const asked = {
    practiceId,
    extractId,
    version: 1,
    type: 'type-2' as const,
    lawRequires: false,
    reason: 'The notice asks for every patient who could have had the vaccine',
    reference: 'Made-up notice 2024/3, paragraph 4',
    endsOn,
  };
  const { id } = must(await services.exemptions.ask(asked, manager));
  must(await services.exemptions.decide({ practiceId, id, decision: 'approve' }, guardian));
}

async function registerFlows({ services, practiceId, manager }: World, today: string) {
  const flows = [
    {
      name: 'Collections by the General Practice Extraction Service',
      recipient: 'NHS England',
      purpose: 'National planning, payment and public health collections',
      appliedBy: 'The supplier of the clinical system, by the type 1 code in each patient’s record',
      evidencedOn: addDays(today, -720),
      evidence: 'Letter of the supplier',
    },
    {
      name: 'Summary Care Record',
      recipient: 'NHS England',
      purpose: 'The patients’ own care, wherever they are seen',
      appliedBy: 'Nobody: it is for care. Patients opt out of it separately, with a form of its own',
      evidencedOn: null,
      evidence: '',
    },
  ];
  for (const flow of flows) must(await services.otherFlows.register({ ...flow, practiceId }, manager));
}
