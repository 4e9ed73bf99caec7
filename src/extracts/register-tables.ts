import { mayBeExempt } from './applied-types.ts';
import type { Exemption } from './exemptions/exemption.ts';
import type { OtherFlow } from './other-flow.ts';
import { contentOf, type VersionRecord } from './registered-version.ts';
import { waitsForTelling } from './telling-first.ts';

/** A table to hand out: a header row, and a row each. */
export type Table = readonly (readonly string[])[];

/** What is in the register: of each extract that was ever approved the version that counts. */
export type Register = {
  readonly practice: { readonly name: string; readonly ods: string };
  readonly extracts: readonly VersionRecord[];
  readonly otherFlows: readonly OtherFlow[];
  readonly exemptions: readonly Exemption[];
};

/**
 * The register from everything that is kept.
 *
 * @param versions of all extracts, of each the newest first
 * @param exemptions those in force
 */
export function registerOf(
  practice: Register['practice'],
  versions: readonly VersionRecord[],
  otherFlows: readonly OtherFlow[],
  exemptions: readonly Exemption[],
): Register {
  const counting = new Map<string, VersionRecord>();
  for (const version of versions) {
    const better = counting.get(version.extractId);
    if (version.approvedBy !== null && (better === undefined || rank(version) > rank(better)))
      counting.set(version.extractId, version);
  }
  return { practice, extracts: [...counting.values()], otherFlows, exemptions };
}

const rank = ({ state }: VersionRecord): number => ['suspended', 'approved'].indexOf(state) + 1;
const yesNo = (is: boolean | null): string => (is === null ? '' : is ? 'yes' : 'no');
const fieldsOf = ({ fields, fhir }: VersionRecord): string =>
  [...fields.map(({ name, treatment }) => `${name} (${treatment})`), ...(fhir?.types ?? [])].join('; ');

const toldFirst = (one: VersionRecord): string => {
  if (one.toldDays === null) return '';
  return waitsForTelling(one) ? String(one.toldDays) : `${one.toldDays} (only warns)`;
};

/** The exemptions of a version, but from what it applies all the same. */
const exemptionsOf = ({ exemptions }: Register, { extractId, version, ground, stricter }: VersionRecord) =>
  exemptions.filter(
    (one) =>
      one.extractId === extractId &&
      one.version === version &&
      mayBeExempt(ground, one.type) &&
      !stricter.includes(one.type),
  );

/** The register, a row for each extract and each flow that does not go through the guard. */
export function registerTable(register: Register): Table {
  const { extracts, otherFlows } = register;
  return [
    [
      'Through this guard',
      'Short name',
      'Name',
      'Version',
      'State',
      'Recipient',
      'ODS code',
      'Company',
      'Purpose',
      'Who pays',
      'Passed on',
      'Ground',
      'Reference',
      'Objections left out by exemption',
      'Agreement',
      'First day',
      'Last day',
      'How often',
      'Data destroyed by',
      'Certificate of destruction',
      'Fields (treatment)',
      'Checks of numbers',
      'Days since patients were told, at least',
      'Who applies objections',
      'Last evidenced',
    ],
    ...extracts.map((one) => [
      'yes',
      one.extractId,
      one.name,
      String(one.version),
      one.state,
      one.recipient,
      one.recipientOds,
      yesNo(one.recipientIsCompany),
      one.purpose,
      one.payment ?? '',
      one.passedOn ?? '',
      one.ground,
      one.reference,
      exemptionsOf(register, one)
        .map(({ type, endsOn, reference, reason }) => `${type} until ${endsOn} (${reference}): ${reason}`)
        .join('; '),
      one.agreementReference ?? '',
      one.startsOn,
      one.endsOn,
      one.frequency ?? '',
      one.destroyBy ?? '',
      one.destroyedOn ?? '',
      fieldsOf(one),
      yesNo(one.checksApproved),
      toldFirst(one),
      one.checksApproved ? 'The extract job, where it only asks about numbers; else the guard' : 'The guard',
      '',
    ]),
    ...otherFlows.map((flow) => [
      'no',
      '',
      flow.name,
      '',
      flow.endedAt === null ? 'running' : 'ended',
      flow.recipient,
      '',
      '',
      flow.purpose,
      ...Array.from({ length: 14 }, () => ''),
      flow.appliedBy,
      flow.evidencedOn ?? 'never',
    ]),
  ];
}

/** What the registry itself does for the security of processing, for article 30(1)(g). */
const security =
  'Only approved fields leave, by an approved extract between its dates; two people agree; patients who objected are withheld by the guard; every release is in a tamper-evident ledger; keys are hashed, pseudonym keys encrypted';

/**
 * The record of processing (UK GDPR article 30) as far as the register knows it: disclosures to recipients. What only
 * the practice knows (its data protection officer, transfers abroad) is left for it to fill in.
 */
export function processingTable({ practice, extracts, otherFlows }: Register): Table {
  return [
    [
      'Controller',
      'Data protection officer',
      'Processing',
      'Purposes',
      'Categories of people',
      'Categories of data',
      'Recipients',
      'Transfers outside the UK',
      'UK GDPR basis',
      'Common law basis',
      'Erased by',
      'Security',
    ],
    ...extracts.map((one) => [
      `${practice.name} (${practice.ods})`,
      '',
      `${one.name}, version ${one.version} (${one.state})`,
      one.purpose,
      one.includeLeft ? 'Patients of the practice, and patients who left' : 'Patients of the practice',
      (one.fieldGroups ?? []).map(({ name, fields }) => `${name}: ${fields.join(', ')}`).join('; ') ||
        fieldsOf(one),
      one.recipient,
      '',
      one.gdprBasis ?? '',
      one.confidentialityBasis ?? '',
      one.destroyBy ?? '',
      security,
    ]),
    ...otherFlows
      .filter(({ endedAt }) => endedAt === null)
      .map((flow) => [
        `${practice.name} (${practice.ods})`,
        '',
        `${flow.name} (not through this guard)`,
        flow.purpose,
        'Patients of the practice',
        '',
        flow.recipient,
        '',
        '',
        '',
        '',
        `Objections applied by: ${flow.appliedBy}`,
      ]),
  ];
}

/** The register for programs. Whom to ask at a recipient stays in the practice. */
export function registerJson(register: Register): string {
  const { practice, extracts, otherFlows } = register;
  const shown = extracts.map((version) => {
    const { contact: _, ...content } = contentOf(version);
    const { extractId: id, version: number, state, approvedAt, destroyedOn } = version;
    const exemptions = exemptionsOf(register, version).map(({ type, endsOn, reference, reason }) => ({
      type,
      endsOn,
      reference,
      reason,
    }));
    return { id, version: number, state, approvedAt, destroyedOn, exemptions, ...content };
  });
  const flows = otherFlows.map(({ registeredBy: _, ...flow }) => flow);
  return `${JSON.stringify({ practice, extracts: shown, notThroughThisGuard: flows }, null, 2)}\n`;
}
