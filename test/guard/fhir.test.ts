import { describe, expect, it, test } from 'vitest';
import type { Plan } from '../../src/guard/decide-records.ts';
import { membersOf } from '../../src/guard/membership.ts';
import { withheldOf } from '../../src/guard/withheld-list.ts';
import { bothTypes, directCare, indexOf, scan } from './scan.ts';

const A = '9990000018';
const B = '9990000034';
const OBJECTOR = '9990000042';
const index = indexOf([{ nhsNumber: A }, { nhsNumber: B }, { nhsNumber: OBJECTOR, type1: true }]);
const NHS = 'https://fhir.nhs.uk/Id/nhs-number';
const UUID = '6a4160eb-a793-2f86-2302-378626f46cce';

const types = [
  ...['Patient', 'Observation', 'Condition', 'Group', 'Bundle', 'Provenance', 'List', 'Organization', 'Task'],
  ...['Encounter', 'Practitioner', 'Basic', 'Coverage', 'Appointment', 'Composition', 'PractitionerRole'],
];
const version = { fields: [], nhsNumberColumn: null, fhir: { types, narrative: true } };

const number = (value: string) => ({ system: NHS, value });
const patient = (id: string, value: string, more = {}) => ({
  resourceType: 'Patient',
  id,
  identifier: [number(value)],
  ...more,
});
const to = (id: string) => ({ reference: `Patient/${id}` });
const observation = (more: object) => ({ resourceType: 'Observation', subject: to('a'), ...more });
const lines = (...resources: object[]) =>
  resources.map((resource) => `${JSON.stringify(resource)}\n`).join('');

/** Patients a, b, and the objector o, who is also known by a UUID. */
const patients = lines(
  patient('a', A),
  patient('b', '999 000 0034'),
  patient('o', OBJECTOR),
  patient(UUID, OBJECTOR),
);
const patientsOut = lines(patient('a', A), patient('b', '999 000 0034'));

async function resources(text: string | Buffer, plan: Partial<Plan> = {}) {
  const done = await scan(text, { version, rule: bothTypes, index, ...plan }, 'application/fhir+ndjson');
  const { scanned, output } = done;
  if (!scanned.ok) return { fault: scanned.reason, line: scanned.line };
  return { left: output.toString(), reasons: Object.fromEntries(scanned.reasons), scanned };
}

/** What leaves of one resource behind the Patients, and why not. */
async function one(resource: object) {
  const done = await resources(patients + lines(resource));
  if (done.left === undefined) return done.fault;
  const left = done.left.slice(patientsOut.length);
  expect(done.left).toBe(patientsOut + (left === '' ? '' : lines(resource)));
  if (left !== '') return 'permit';
  const reasons: Record<string, number> = { ...done.reasons };
  reasons['objected-type-1'] = (reasons['objected-type-1'] ?? 0) - 2;
  return Object.keys(reasons)
    .filter((reason) => (reasons[reason] ?? 0) > 0)
    .join();
}

const entry = (resource: object, fullUrl?: string) => ({ ...(fullUrl && { fullUrl }), resource });
const bundle = (...some: object[]) => ({ resourceType: 'Bundle', type: 'collection', entry: some });
const contained = (...some: object[]) => ({ contained: some });

describe('a resource leaves, byte for byte', () => {
  it.each([
    ['of a subject', observation({})],
    [
      'with an encounter, of which nothing is known, and a practitioner by search',
      observation({
        encounter: { reference: 'Encounter/e1' },
        performer: [{ reference: 'Practitioner?identifier=https://x.example/gmc|1' }],
      }),
    ],
    ['of a version', observation({ subject: { reference: 'Patient/a/_history/2' } })],
    ['by search for the number', observation({ subject: { reference: `Patient?identifier=${NHS}|${A}` } })],
    [
      'by search, escaped',
      observation({ subject: { reference: `Patient?identifier=${encodeURIComponent(`${NHS}|${A}`)}` } }),
    ],
    ['with words', observation({ note: [{ text: 'Patient/carer said 5% of the time, see Patient?' }] })],
    ['by identifier', observation({ subject: { type: 'Patient', identifier: number(A) } })],
    ['of two who are both permitted', observation({ performer: [to('b')] })],
    [
      'with a contained organization',
      observation({
        ...contained({ resourceType: 'Organization', id: 'g' }),
        performer: [{ reference: '#g' }],
      }),
    ],
    [
      'with a contained patient',
      { resourceType: 'Condition', ...contained(patient('p', A)), subject: { reference: '#p' } },
    ],
    ['a group', { resourceType: 'Group', member: [{ entity: to('a') }, { entity: to('b') }] }],
    [
      'a bundle',
      bundle(
        entry(patient('n', B), 'urn:uuid:1'),
        entry(observation({ subject: { reference: 'urn:uuid:1' } })),
      ),
    ],
    [
      'a bundle that says how it was found',
      {
        ...bundle(entry(observation({}))),
        link: [{ relation: 'self', url: `https://x.example/Observation?subject=Patient/a&_count=5` }],
      },
    ],
    ['about nobody', { resourceType: 'Organization', id: 'x', name: 'The Patient Association' }],
    [
      'about nobody, with identifiers in another system',
      {
        resourceType: 'PractitionerRole',
        practitioner: { identifier: { system: 'https://x.example/gmc', value: '9990000042' } },
        location: [{ identifier: { system: 'https://x.example/site', value: '1' } }],
      },
    ],
    [
      'that follows what it is about',
      { resourceType: 'Provenance', target: [to('a')], agent: [{ who: { reference: 'Practitioner/1' } }] },
    ],
  ])('%s', async (_, resource) => expect(await one(resource)).toBe('permit'));
});

const objectorInside: [string, object][] = [
  ['subject', observation({ subject: to('o') })],
  ['beneficiary', { resourceType: 'Coverage', subscriber: to('a'), beneficiary: to('o') }],
  ['individual', { resourceType: 'Appointment', participant: [{ actor: to('a') }, { actor: to('o') }] }],
  ['for', { resourceType: 'Task', for: to('o'), owner: to('a') }],
  ['focus', observation({ focus: [to('o')] })],
  ['an extension', observation({ extension: [{ url: 'https://x.example', valueReference: to('o') }] })],
  [
    'an extension of a primitive',
    observation({ _status: { extension: [{ url: 'https://x.example', valueReference: to('o') }] } }),
  ],
  [
    'an extension as an address',
    observation({ extension: [{ url: 'https://x.example', valueUri: 'Patient/o' }] }),
  ],
  [
    'a contained Patient',
    { resourceType: 'Condition', ...contained(patient('p', OBJECTOR)), subject: to('a') },
  ],
  ['something contained', observation(contained({ resourceType: 'Condition', id: 'c', subject: to('o') }))],
  ['a member of a Group', { resourceType: 'Group', member: [{ entity: to('a') }, { entity: to('o') }] }],
  ['a Bundle', bundle(entry(observation({})), entry(observation({ subject: to('o') })))],
  [
    'a Bundle, by its address',
    bundle(
      entry(patient('q', OBJECTOR), 'urn:uuid:2'),
      entry(observation({ subject: { reference: 'urn:uuid:2' } })),
    ),
  ],
  ['Provenance.target', { resourceType: 'Provenance', target: [to('o')], agent: [{ who: to('a') }] }],
  ['List.entry', { resourceType: 'List', subject: to('a'), entry: [{ item: to('o') }] }],
  ['a version', observation({ performer: [{ reference: 'Patient/o/_history/1' }] })],
  [
    'an absolute address with a UUID',
    observation({ performer: [{ reference: `https://x.example/fhir/Patient/${UUID}` }] }),
  ],
  ['urn:uuid', observation({ performer: [{ reference: `urn:uuid:${UUID}`, type: 'Patient' }] })],
  ['a search', observation({ performer: [{ reference: `Patient?identifier=${NHS}|${OBJECTOR}` }] })],
  ['an identifier', observation({ performer: [{ identifier: number(OBJECTOR) }] })],
  ['an identifier of its own', { ...observation({}), identifier: [number(OBJECTOR)] }],
  [
    'an identifier by the old system',
    observation({
      performer: [{ identifier: { system: 'urn:oid:2.16.840.1.113883.2.1.4.1', value: OBJECTOR } }],
    }),
  ],
  ...[
    'http://fhir.nhs.net/Id/nhs-number',
    'https://fhir.nhs.uk/Id/nhs-number|1.0',
    ' HTTPS://fhir.nhs.uk/Id/NHS-Number/ ',
  ].map((system): [string, object] => [
    `an identifier by ${system}`,
    { ...observation({}), identifier: [{ system, value: OBJECTOR }] },
  ]),
  ['a link between Patients', patient('a', A, { link: [{ other: to('o'), type: 'seealso' }] })],
  ['escaped', JSON.parse(JSON.stringify(observation({ performer: [to('o')] })))],
  [
    'urn:uuid, said to be a Device',
    observation({ performer: [{ reference: `urn:uuid:${UUID}`, type: 'Device' }] }),
  ],
  [
    'urn:uuid as an address',
    observation({ extension: [{ url: 'https://x.example', valueUri: `urn:uuid:${UUID}` }] }),
  ],
  ...[
    'https://x.example/Observation?subject=Patient/o',
    'Observation?subject=Patient/a,Patient/o',
    'Observation?subject=Patient%2Fo',
    `Observation?patient.identifier=${NHS}|${OBJECTOR}`,
    `https://x.example/Observation?patient.identifier=${encodeURIComponent(`${NHS}|${OBJECTOR}`)}`,
    `${NHS}|${OBJECTOR}`,
    `${NHS}|999 000 0042`,
  ].map((valueUri): [string, object] => [
    `an address: ${valueUri}`,
    observation({ extension: [{ url: 'https://x.example', valueUri }] }),
  ]),
  [
    'an address that a Bundle gives to something else',
    bundle(
      entry({ resourceType: 'Organization' }, 'Patient/o'),
      entry(observation({ performer: [to('o')] })),
    ),
  ],
];

test.each(objectorInside)('an objector somewhere in it withholds it: %s', async (_, resource) => {
  expect(await one(resource)).toBe('objected-type-1');
});

test('an escaped reference is followed', async () => {
  const escaped = lines(observation({ performer: [to('o')] })).replaceAll('reference', 'referenc\\u0065');
  const done = await resources(patients + escaped.replace('Patient/o', 'Patient\\/\\u006f'));
  expect(done.left).toBe(patientsOut);
});

describe('a doubt withholds it', () => {
  it.each<[string, string, object]>([
    ['no-nhs-number', 'nobody is named', { resourceType: 'Observation' }],
    ['no-nhs-number', 'not bound yet', observation({ subject: to('later') })],
    [
      'no-nhs-number',
      'an address on some other server',
      observation({ performer: [{ reference: 'https://x.example/Patient/b' }] }),
    ],
    [
      'no-nhs-number',
      'a search for something else',
      observation({ performer: [{ reference: 'Patient?name=Smith' }] }),
    ],
    [
      'no-nhs-number',
      'a search for two',
      observation({ performer: [{ reference: `Patient?identifier=${NHS}|${A},${NHS}|${OBJECTOR}` }] }),
    ],
    ['no-nhs-number', 'no form of a reference', observation({ performer: [{ reference: 'patient/o' }] })],
    ['no-nhs-number', 'only an id', observation({ performer: [{ reference: 'o', type: 'Patient' }] })],
    [
      'no-nhs-number',
      'said to be a Patient, and is something else',
      observation({ performer: [{ reference: 'Person/o', type: 'Patient' }] }),
    ],
    ['no-nhs-number', 'a type that nobody knows', observation({ performer: [{ reference: 'Patients/o' }] })],
    [
      'no-nhs-number',
      'something contained that is not there',
      observation({ performer: [{ reference: '#p' }] }),
    ],
    ['no-nhs-number', 'a urn that nobody has', observation({ performer: [{ reference: 'urn:uuid:9' }] })],
    [
      'no-nhs-number',
      'an identifier in a local system',
      observation({ performer: [{ identifier: { system: 'https://x.example/mrn', value: '1' } }] }),
    ],
    [
      'no-nhs-number',
      'only a name',
      { resourceType: 'Observation', subject: { display: 'Mr Smith' }, performer: [to('a')] },
    ],
    ...[
      { resourceType: 'Task', for: { display: 'Mr Smith' }, owner: to('a') },
      observation({ focus: [{ display: 'Mr Smith' }] }),
      observation({ performer: [{ type: 'Patient', display: 'Mr Smith' }] }),
      { resourceType: 'Group', member: [{ entity: to('a') }, { entity: { display: 'Mr Smith' } }] },
    ].map((resource): [string, string, object] => [
      'no-nhs-number',
      `only a name, in a ${resource.resourceType}`,
      resource,
    ]),
    ['no-nhs-number', 'a Patient without a number', { resourceType: 'Patient', id: 'z' }],
    [
      'no-nhs-number',
      'a contained Patient without a number',
      observation(contained({ resourceType: 'Patient', id: 'p' })),
    ],
    [
      'no-nhs-number',
      'nobody named in an entry of a Bundle',
      bundle(entry(patient('n', A)), entry({ resourceType: 'Observation' })),
    ],
    ['no-nhs-number', 'an empty Bundle', bundle()],
    [
      'no-nhs-number',
      'about something unknown',
      { resourceType: 'Provenance', target: [{ reference: 'Observation/x' }], agent: [{ who: to('a') }] },
    ],
    [
      'no-nhs-number',
      'a list of something unknown',
      { resourceType: 'List', subject: to('a'), entry: [{ item: { reference: 'Condition/x' } }] },
    ],
    [
      'invalid-nhs-number',
      'a number that is none',
      observation({ performer: [{ identifier: number('9990000010') }] }),
    ],
    ['not-on-list', 'a stranger', observation({ performer: [{ identifier: number('9990000093') }] })],
    [
      'not-approved',
      'a type that the extract does not name',
      { resourceType: 'Procedure', subject: to('a') },
    ],
    [
      'not-approved',
      'such a type in a Bundle',
      bundle(entry(observation({})), entry({ resourceType: 'Procedure', subject: to('a') })),
    ],
    [
      'not-approved',
      'such a type contained',
      observation(contained({ resourceType: 'Medication', id: 'm' })),
    ],
    [
      'no-nhs-number',
      'a list of something by its UUID',
      {
        resourceType: 'List',
        subject: to('a'),
        entry: [{ item: { reference: 'urn:uuid:9', type: 'Observation' } }],
      },
    ],
    [
      'no-nhs-number',
      'a list in place of a reference',
      observation({ performer: [{ reference: ['Patient/later'] }] }),
    ],
    ...[
      '/Patient/later',
      `Patient/a#${'x'.repeat(3000)}`,
      'Observation?subject=Patient/a,Patient/later',
      'Observation?subject=Patient/a&x=%E0',
    ].map((valueUri): [string, string, object] => [
      'no-nhs-number',
      `an address: ${valueUri}`,
      observation({ extension: [{ url: 'https://x.example', valueUri }] }),
    ]),
    ['cannot-be-read', 'no type in a Bundle', bundle(entry(observation({})), entry({ note: 'x' }))],
    ['cannot-be-read', 'no type', { id: 'a', subject: to('a') }],
    ['cannot-be-read', 'a type that is none', { resourceType: 'patient', id: 'a' }],
    ['cannot-be-read', 'no type inside', observation(contained({ id: 'x' }))],
  ])('%s: %s', async (reason, _, resource) => expect(await one(resource)).toBe(reason));
});

describe('what is about other resources', () => {
  const condition = (id: string, who: string) => ({ resourceType: 'Condition', id, subject: to(who) });
  const list = (item: string) => ({
    resourceType: 'List',
    subject: to('a'),
    entry: [{ item: { reference: item } }],
  });

  it('leaves when they left, and counts as theirs; otherwise not', async () => {
    const [mine, theirs] = [condition('c1', 'b'), condition('c2', 'o')];
    const done = await resources(patients + lines(mine, theirs, list('Condition/c1'), list('Condition/c2')));
    expect(done.left).toBe(patientsOut + lines(mine, list('Condition/c1')));
  });
});

describe('the Patients of a stream', () => {
  it('bind their ids, also where their type is not approved', async () => {
    const only = { ...version, fhir: { types: ['Observation'], narrative: true } };
    const done = await resources(patients + lines(observation({}), observation({ subject: to('o') })), {
      version: only,
    });
    expect(done).toMatchObject({
      left: lines(observation({})),
      reasons: { 'not-approved': 2, 'objected-type-1': 3 },
    });
    const account = done.scanned?.membership.account(Buffer.alloc(16));
    expect([...membersOf(account?.members ?? Buffer.alloc(0))]).toEqual([0]);
    expect([...withheldOf(account?.withheld ?? Buffer.alloc(0))]).toEqual([
      { ordinal: 2, reason: 'objected-type-1' },
    ]);
  });

  it('with two numbers are permitted when both are', async () => {
    const two = (other: string) => ({ ...patient('t', A), identifier: [number(A), number(other)] });
    expect(await one(two(B))).toBe('permit');
    expect(await one(two(OBJECTOR))).toBe('objected-type-1');
  });

  it('that say different things of one id are ambiguous from then on', async () => {
    const done = await resources(lines(patient('x', A), patient('x', B), observation({ subject: to('x') })));
    expect(done).toMatchObject({ left: lines(patient('x', A)), reasons: { ambiguous: 2 } });
  });
});

describe('the narrative', () => {
  const plain = { version: { ...version, fhir: { types, narrative: false } } };
  const text = '"text":{"status":"generated","div":"<div>Ann \\"Smith\\"</div>"}';
  const head = '{ "resourceType":"Observation"';
  const subject = '"subject" : {"reference":"Patient/a"}';

  it.each([
    ['in the middle', `${head}, ${text}, ${subject} }`, `${head}, ${subject} }`],
    ['at the end', `${head} , ${subject} , ${text} }`, `${head} , ${subject} }`],
    [
      'at the start',
      `{ ${text} ,${head.slice(1)},${subject}}`,
      `{ ${head.slice(2)},${subject}}`.replace('{ "', '{ "'),
    ],
    [
      'of what is contained, and of a section',
      `${head},"contained":[{"resourceType":"Organization","id":"g",${text}}],${subject},"section":[{${text}}]}`,
      `${head},"contained":[{"resourceType":"Organization","id":"g"}],${subject},"section":[{}]}`,
    ],
    [
      'with a narrative inside',
      `${head},"text":{"text":{"status":"x"},"div":"<div>Ann</div>"},${subject}}`,
      `${head},${subject}}`,
    ],
    [
      'is not the text of a code',
      `${head},"code":{"text":"Cough"},${subject}}`,
      `${head},"code":{"text":"Cough"},${subject}}`,
    ],
  ])('%s, is removed, and nothing else', async (_, came, leaves) => {
    expect((await resources(`${patients}${came}\r\n`, plain)).left).toBe(`${patientsOut}${leaves}\r\n`);
    expect((await resources(`${patients}${came}\r\n`)).left).toBe(`${patientsOut}${came}\r\n`);
  });
});

test('direct care withholds nobody, and fails on what cannot be read', async () => {
  const all = patients + lines(observation({ subject: to('o') }), observation({ subject: to('later') }));
  expect((await resources(all, { rule: directCare })).left).toBe(all);
  expect(await resources(`${patients}{\n`, { rule: directCare })).toMatchObject({
    fault: 'row-cannot-be-read',
    line: 5,
  });
});
