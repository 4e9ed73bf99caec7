import { expect, test } from 'vitest';
import {
  type CoverableVersion,
  coveringNotices,
  isStillTrue,
  type ToldOf,
} from '../../src/notices/covers.ts';
import type { NoticeVersion } from '../../src/notices/notice.ts';

const told: ToldOf = {
  recipient: 'An institute',
  recipientOds: 'X26',
  purpose: 'Research into asthma',
  ground: 'explicit-consent',
  passedOn: 'No',
  destroyBy: '2028-12-31',
  fields: [
    { name: 'nhs_number', treatment: 'pseudonym' },
    { name: 'code', treatment: 'keep' },
    { name: 'date', treatment: 'month' },
  ],
  fhir: null,
};
const fhir = { ...told, fields: [], fhir: { types: ['Observation', 'Condition'], narrative: false } };
const [number, code, date] = told.fields as [never, never, never];

// One row a rule: what may be different for patients to have been told of it still.
test.each<[string, Partial<ToldOf>, boolean]>([
  ['nothing is different', {}, true],
  ['a field fewer', { fields: [number, code] }, true],
  ['the fields in another order', { fields: [date, code, number] }, true],
  ['a field more', { fields: [...told.fields, { name: 'postcode', treatment: 'keep' }] }, false],
  [
    'a value that was to leave as it is, and now does not',
    { fields: [{ name: 'code', treatment: 'year' }] },
    true,
  ],
  ['the year of what was to be the month', { fields: [{ name: 'date', treatment: 'year' }] }, true],
  ['the whole of what was to be the month', { fields: [{ name: 'date', treatment: 'keep' }] }, false],
  [
    'the number of what was to be a pseudonym',
    { fields: [{ name: 'nhs_number', treatment: 'keep' }] },
    false,
  ],
  [
    'another treatment, of which nobody can say what is less',
    { fields: [{ name: 'date', treatment: 'pseudonym' }] },
    false,
  ],
  ['another recipient', { recipient: 'A company' }, false],
  ['a recipient of another code', { recipientOds: 'X27' }, false],
  ['another purpose', { purpose: 'Research into asthma, and more' }, false],
  ['another ground', { ground: 'section-251' }, false],
  ['passed on further', { passedOn: 'To partners' }, false],
  ['kept shorter', { destroyBy: '2027-12-31' }, true],
  ['kept longer', { destroyBy: '2029-01-01' }, false],
  ['kept as long as they like', { destroyBy: null }, false],
  ['whole resources in place of fields', { fields: [], fhir: fhir.fhir }, false],
])('%s', (_, different, isTrue) => expect(isStillTrue(told, { ...told, ...different })).toBe(isTrue));

test.each<[string, NonNullable<ToldOf['fhir']>, boolean]>([
  ['a type of resource fewer', { types: ['Condition'], narrative: false }, true],
  ['a type more', { types: ['Observation', 'Condition', 'Patient'], narrative: false }, false],
  ['the narrative too', { types: ['Condition'], narrative: true }, false],
])('%s', (_, now, isTrue) => expect(isStillTrue(fhir, { ...fhir, fhir: now })).toBe(isTrue));

const at = (day: string) => new Date(`${day}T10:00:00Z`);
const version: CoverableVersion = {
  ...told,
  extractId: 'study',
  version: 1,
  state: 'approved',
  sentAt: at('2026-03-01'),
};
const notice = {
  noticeId: 'n',
  version: 2,
  state: 'published',
  covers: [{ extractId: 'study', version: 1 }],
  publishedAt: at('2026-03-02'),
} satisfies Partial<NoticeVersion>;

// One row a rule: which notices cover the third version of an extract, which says what the first one did.
test.each<[string, Partial<typeof notice | NoticeVersion>, Partial<CoverableVersion>, boolean]>([
  ['published, about a version that says the same', {}, {}, true],
  ['withdrawn since: who was told stays told', { state: 'withdrawn' }, {}, true],
  ['a draft', { state: 'draft', publishedAt: null }, {}, false],
  ['a draft that says when it was published', { state: 'draft' }, {}, false],
  ['about another extract', { covers: [{ extractId: 'audit', version: 1 }] }, {}, false],
  ['about a version that is not there', { covers: [{ extractId: 'study', version: 2 }] }, {}, false],
  ['about nothing', { covers: [] }, {}, false],
  ['about a version that said less', {}, { fields: [code] }, false],
  ['about a version that was replaced', {}, { state: 'superseded' }, true],
  [
    'published while that waited for approval',
    { publishedAt: at('2026-03-01') },
    { state: 'awaiting-approval' },
    true,
  ],
  ['published while that was a draft', {}, { state: 'draft', sentAt: null }, false],
  ['published, and then it was edited', {}, { state: 'draft' }, false],
  ['published, and then it was edited and sent again', {}, { sentAt: at('2026-03-03') }, false],
])('%s', (_, different, covered, covers) => {
  const now = { ...version, version: 3, sentAt: at('2026-04-01') };
  const found = coveringNotices([{ ...notice, ...different }], now, [
    { ...version, ...covered },
    { ...now, fields: [] },
  ]);
  expect(found).toEqual(covers ? ['n 2'] : []);
});
