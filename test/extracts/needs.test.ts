import { describe, expect, it, test } from 'vitest';
import { usualStops } from '../../src/extracts/extract.ts';
import { type Ground, grounds } from '../../src/extracts/grounds.ts';
import {
  groundNeeds,
  type NeedCode,
  needCodes,
  needsOf,
  undeclaredFreeText,
} from '../../src/extracts/needs.ts';
import { type Content, nothingSaid } from '../../src/extracts/registered-version.ts';

/** Nothing is missing of this. */
const complete: Content = {
  ...nothingSaid,
  name: 'Diabetes audit',
  recipient: 'An institute',
  recipientOds: 'X26',
  recipientIsCompany: false,
  contact: 'The desk',
  purpose: 'To compare care',
  payment: 'Nobody pays',
  passedOn: 'No',
  ground: 'nhs-england-direction',
  reference: 'Direction 2026/1',
  gdprBasis: 'Article 6(1)(c)',
  confidentialityBasis: 'Required by law',
  agreementReference: 'A 1',
  agreementStartsOn: '2026-01-01',
  agreementEndsOn: '2026-12-31',
  destroyBy: '2027-12-31',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  frequency: 'Once a week',
  fields: [{ name: 'nhs_number', treatment: 'pseudonym' }],
  fieldGroups: [{ name: 'Who', fields: ['nhs_number'], reason: 'To link' }],
  nhsNumberColumn: null,
  checksApproved: false,
  includeLeft: false,
  toldDays: null,
  stops: usualStops,
  stricter: [],
  personColumns: null,
  fhir: null,
};
const kept = (name: string) => [{ name, treatment: 'keep' as const }];
const written = { groundWords: 'As the ground asks' };
const expires = { groundExpiresOn: '2026-12-31' };

/** One row a rule: what breaks it, beside what the ground needs otherwise. */
const rows: readonly [NeedCode, Partial<Content>][] = [
  ['unclassified', { ground: 'other' }],
  ['purpose-refused', { purpose: 'Direct marketing of a device' }],
  ['purpose-refused', { purpose: 'Life insurance underwriting' }],
  ['purpose-refused', { name: 'For an insurer' }],
  ['no-reference', { reference: ' ' }],
  ['no-reference', { ground: 'payment', reference: '' }],
  ['no-consent-evidence', { ground: 'explicit-consent' }],
  ['no-expiry', { ground: 'section-251', ...written }],
  ['no-expiry', { ground: 'public-health' }],
  ['outlives-ground', { ground: 'public-health', groundExpiresOn: '2026-12-30' }],
  ['no-letter', { ground: 'section-251', ...expires }],
  [
    'is-a-direction',
    { ground: 'legal-obligation', reference: 'Health and Social Care Act 2012 s259', ...written },
  ],
  ['is-a-direction', { ground: 'legal-obligation', reference: 'Section 259 of the Act', ...written }],
  ['no-minimum-data', { ground: 'legal-obligation', reference: 'Order of the court' }],
  ['no-written-test', { ground: 'public-interest', endsOn: '2026-03-31' }],
  ['over-three-months', { ground: 'public-interest', endsOn: '2026-04-02', ...written }],
  ['no-assessment', { ground: 'de-identified' }],
  ['keeps-nhs-number', { ground: 'de-identified', fields: kept('NHS No'), ...written }],
  ['keeps-nhs-number', { ground: 'de-identified', fields: kept('who'), nhsNumberColumn: 'who', ...written }],
  ['keeps-name', { ground: 'de-identified', fields: kept('family_name'), ...written }],
  ['keeps-date-of-birth', { ground: 'de-identified', fields: kept('DOB'), ...written }],
  ['keeps-postcode', { ground: 'de-identified', fields: kept('home postcode'), ...written }],
  ['keeps-free-text', { ground: 'de-identified', fields: kept('Comments'), ...written }],
  [
    'keeps-free-text',
    {
      ground: 'de-identified',
      fields: kept('x'),
      freeText: [{ field: 'x', reason: 'It is needed' }],
      ...written,
    },
  ],
  ['free-text-without-reason', { freeText: [{ field: 'nhs_number', reason: ' ' }] }],
  ['free-text-undeclared', { fields: kept('clinical_notes') }],
  ['stricter-not-possible', { ground: 'direct-care', stricter: ['type-1'] }],
  [
    'stricter-not-possible',
    { ground: 'legal-obligation', reference: 'Order', stricter: ['type-2'], ...written },
  ],
  ['no-recipient-kind', { recipientIsCompany: null }],
  ['no-payment', { payment: '' }],
  ['no-passing-on', { passedOn: null }],
  ['no-contact', { contact: null }],
  ['no-gdpr-basis', { gdprBasis: null }],
  ['no-confidentiality-basis', { confidentialityBasis: null }],
  ['no-agreement', { agreementReference: null }],
  ['no-agreement', { agreementStartsOn: null }],
  ['no-agreement', { agreementEndsOn: null }],
  ['no-agreement', { destroyBy: null }],
  ['outlives-agreement', { agreementEndsOn: '2026-12-30' }],
  ['destroyed-too-early', { destroyBy: '2026-12-30' }],
  ['no-frequency', { frequency: null }],
  ['no-fields', { fields: [] }],
  ['no-reason-for-fields', { fieldGroups: null }],
  ['no-reason-for-fields', { fieldGroups: [{ name: 'Who', fields: ['nhs_number'], reason: '' }] }],
];
const explained = (content: Content): Content => ({
  ...content,
  fieldGroups:
    content.fieldGroups === complete.fieldGroups
      ? [{ name: 'All', fields: content.fields.map(({ name }) => name), reason: 'Needed' }]
      : content.fieldGroups,
});
const codes = (different: Partial<Content>) =>
  needsOf(explained({ ...complete, ...different })).map(({ code }) => code);

test.each(rows)('%s, when %j', (code, different) => {
  expect(codes(different)).toEqual([code]);
});

test('every rule has its row', () => {
  expect([...new Set(rows.map(([code]) => code))].sort()).toEqual([...needCodes].sort());
});

/** What each ground needs besides what every extract does; with it nothing is missing. */
const enough: Readonly<Record<Ground, Partial<Content> | null>> = {
  'direct-care': {},
  'explicit-consent': written,
  'nhs-england-direction': {},
  'section-251': { ...written, ...expires },
  'public-health': expires,
  'legal-obligation': { reference: 'Order of the court', ...written },
  'public-interest': { ...written, endsOn: '2026-04-01' },
  'de-identified': { ...written, fields: [{ name: 'dob', treatment: 'year' }] },
  payment: {},
  aggregate: { reference: '', agreementReference: null, fields: [] },
  other: null,
};

describe('with what it needs, an extract can be sent', () => {
  it.each(Object.keys(grounds) as Ground[])('on the ground %s', (ground) => {
    const given = enough[ground];
    expect(codes({ ground, ...given })).toEqual(given === null ? ['unclassified'] : []);
  });
});

test('National Insurance is no insurance', () => {
  expect(codes({ purpose: 'To check National Insurance credits' })).toEqual([]);
});

test('what the register asks for does not stand against an approval, what the ground asks for does', () => {
  expect(groundNeeds({ ...complete, payment: null, fields: [] })).toEqual([]);
  expect(groundNeeds({ ...complete, ground: 'section-251' }).map(({ code }) => code)).toEqual([
    'no-expiry',
    'no-letter',
  ]);
});

test('a column that could hold free text is named, until somebody says why it leaves or it does not leave as it is', () => {
  const fields = kept('Consultation notes');
  expect(undeclaredFreeText({ ...complete, fields })).toEqual(['Consultation notes']);
  expect(
    undeclaredFreeText({ ...complete, fields, freeText: [{ field: 'Consultation notes', reason: 'x' }] }),
  ).toEqual([]);
  expect(
    undeclaredFreeText({ ...complete, fields: [{ name: 'Consultation notes', treatment: 'pseudonym' }] }),
  ).toEqual([]);
});
