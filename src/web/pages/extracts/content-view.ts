import { showDay } from '../../../day.ts';
import type { Field, Stops } from '../../../extracts/extract.ts';
import { isGround } from '../../../extracts/grounds.ts';
import type { Content, ContentName } from '../../../extracts/registered-version.ts';
import { contentWords, groundWords, treatmentWords } from './words.ts';

/** A line of what a version says: what it is called, and what stands there, a line each. */
export type ContentLine = { readonly about: ContentName; readonly key: string; readonly lines: string[] };

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
const day = (given: string | null): string[] => (given === null ? [] : [showDay(given)]);
const text = (given: string | null): string[] => (given === null || given === '' ? [] : [given]);
const field = ({ name, treatment }: Field): string => `${name}: ${treatmentWords[treatment].toLowerCase()}`;

/** 1 day, 28 days. */
export const daysWords = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

const stopLines = ({ usualNumber, listAgeDays, maxUnreadable }: Stops): string[] => [
  usualNumber === null
    ? 'Not for the number of patients'
    : `When the number of patients is ${percent(usualNumber)} off the usual`,
  listAgeDays === null
    ? 'Not for the age of the patient list'
    : `When the patient list is older than ${listAgeDays} days`,
  maxUnreadable === null
    ? 'Not for rows that cannot be read'
    : `When more than ${percent(maxUnreadable)} of the rows cannot be read`,
];

const linesOf: { readonly [K in ContentName]: (value: Content[K]) => string[] } = {
  name: text,
  recipient: text,
  recipientOds: text,
  recipientIsCompany: (is) => (is === null ? [] : [is ? 'Yes' : 'No']),
  contact: text,
  purpose: text,
  payment: text,
  passedOn: text,
  ground: (ground) => [isGround(ground) ? groundWords[ground] : ground],
  reference: text,
  groundExpiresOn: day,
  groundWords: text,
  stricter: (types) => types.map((type) => (type === 'type-1' ? 'Type 1' : 'Type 2')),
  gdprBasis: text,
  confidentialityBasis: text,
  agreementReference: text,
  agreementStartsOn: day,
  agreementEndsOn: day,
  destroyBy: day,
  startsOn: day,
  endsOn: day,
  frequency: text,
  fields: (fields) => fields.map(field),
  fieldGroups: (groups) =>
    (groups ?? []).map(({ name, fields, reason }) => `${name} (${fields.join(', ')}): ${reason}`),
  freeText: (fields) => (fields ?? []).map((one) => `${one.field}: ${one.reason}`),
  nhsNumberColumn: (name) => [name ?? 'Found among the usual names'],
  personColumns: (columns) =>
    (columns ?? []).map(
      ({ name, kind }) =>
        `${name}: ${kind === 'nhs-number' ? 'NHS number' : 'number of the clinical system'}`,
    ),
  fhir: (fhir) =>
    fhir === null
      ? []
      : [
          fhir.types.join(', '),
          fhir.narrative ? 'The narrative text stays in them' : 'Without the narrative text',
        ],
  checksApproved: (are) => [are ? 'Approved: the job withholds by itself' : 'Not approved'],
  includeLeft: (are) => [are ? 'Leave with the others' : 'Withheld'],
  toldDays: (days) => [days === null ? 'Not asked' : `Told of it at least ${daysWords(days)} before`],
  stops: stopLines,
};

/** One thing that a version says. */
export function contentLine<K extends ContentName>(about: K, content: Content): ContentLine {
  return { about, key: contentWords[about], lines: linesOf[about](content[about]) };
}

type Section = { readonly heading: string; readonly names: readonly ContentName[] };

const sections: readonly Section[] = [
  {
    heading: 'Who gets it, and what for',
    names: ['recipient', 'recipientOds', 'recipientIsCompany', 'purpose', 'payment', 'passedOn', 'contact'],
  },
  {
    heading: 'On what ground',
    names: [
      'ground',
      'reference',
      'groundExpiresOn',
      'groundWords',
      'stricter',
      'gdprBasis',
      'confidentialityBasis',
    ],
  },
  {
    heading: 'When, and how long',
    names: [
      'startsOn',
      'endsOn',
      'frequency',
      'agreementReference',
      'agreementStartsOn',
      'agreementEndsOn',
      'destroyBy',
    ],
  },
  {
    heading: 'What leaves',
    names: ['fields', 'fieldGroups', 'freeText', 'nhsNumberColumn', 'personColumns', 'fhir'],
  },
  { heading: 'How the guard runs it', names: ['checksApproved', 'includeLeft', 'toldDays', 'stops'] },
];

/** What few extracts have: of the others it is not said that they lack it. */
const rare: readonly ContentName[] = ['stricter', 'groundExpiresOn', 'freeText', 'personColumns', 'fhir'];

/** All that a version says, section by section. What nobody has said is said to be so. */
export function contentSections(content: Content) {
  return sections.map(({ heading, names }) => ({
    heading,
    lines: names
      .map((name) => contentLine(name, content))
      .filter(({ about, lines }) => lines.length > 0 || !rare.includes(about)),
  }));
}
