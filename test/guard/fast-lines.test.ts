// NDJSON and FHIR are decided by the shape of their lines, as far as that goes. Here both are decided so and without, and the
// two have to come to the same, to the byte.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PersonColumn, treatments } from '../../src/extracts/extract.ts';
import {
  type InputFault,
  type Plan,
  type ReleaseFormat,
  ReleaseMemory,
} from '../../src/guard/decide-records.ts';
import { openDecider } from '../../src/guard/open-decider.ts';
import { Output } from '../../src/guard/output.ts';
import { MemorySink } from './memory-sink.ts';
import { bothTypes, directCare, indexOf } from './scan.ts';
import { cut, someSizes } from './some-csv.ts';

const LONG = 300_000;
const A = '9990000018';
const B = '9990000034';
const OBJECTOR = '9990000042';
const index = indexOf([
  { nhsNumber: A, localIds: [{ kind: 'emis-number', value: '7' }] },
  { nhsNumber: B },
  { nhsNumber: OBJECTOR, type1: true, localIds: [{ kind: 'emis-number', value: '8' }] },
]);

async function decide(chunks: readonly Buffer[], format: ReleaseFormat, plan: Plan) {
  const [rows, notes] = [new MemorySink(), new MemorySink()];
  const outputs = { rows: new Output(rows), notes: new Output(notes) };
  const memory = new ReleaseMemory(plan);
  const decider = openDecider(format, plan, memory, outputs);
  let fault: InputFault | undefined;
  for (const chunk of chunks) fault ??= decider.take(chunk);
  fault ??= decider.finish();
  await outputs.rows.flush();
  await outputs.notes.flush();
  return {
    fault: fault?.reason,
    output: rows.bytes().toString(),
    notes: notes.bytes().toString('hex'),
    reasons: Object.fromEntries(decider.reasons),
    counts: [decider.rowsIn, decider.rowsOut, decider.emptied],
    account: memory.people.membership.account(Buffer.alloc(16)),
    doubted: [...memory.bindings.doubtedKeys],
  };
}

const EMPTY = Buffer.alloc(200_000, ' ');

/** Behind an empty line so long that all is found and read byte by byte. */
const slowly = (text: string) => {
  const bom = text.startsWith('\ufeff') ? '\ufeff' : '';
  return [Buffer.from(bom), EMPTY, Buffer.from(`\n${text.slice(bom.length)}`)];
};

async function expectSame(
  text: string,
  chunks: readonly Buffer[],
  format: ReleaseFormat,
  given: Partial<Plan>,
) {
  const version = { fields: [], nhsNumberColumn: null };
  const plan: Plan = { version, rule: bothTypes, index, pseudonymKey: Buffer.alloc(32), ...given };
  const fast = await decide(chunks, format, plan);
  expect(fast).toEqual(await decide(slowly(text), format, plan));
  return fast;
}

/** Other values for one at which a text, a number or a literal stands, as they are written. */
const scalars = [
  ...[A, B, OBJECTOR, '9990000093', '999 000 0042', '٩', ''].map((text) => JSON.stringify(text)),
  ...[A, OBJECTOR, '1.50', '-0', 'null', 'true', 'false'],
  ...[
    '"7"',
    '"8"',
    '"{8}"',
    '8',
    '"\\u0039990000042"',
    '"\\u0037"',
    '"2024-02-29"',
    '"EX1 1AA"',
    '"a\\"b"',
    '"a/b"',
  ],
];

/** Writes a value with others in place of some of its texts, numbers and literals: so it keeps its shape. */
function written(value: unknown, replace: () => string | undefined, space: string): string {
  if (Array.isArray(value)) return `[${value.map((one) => written(one, replace, space)).join(`,${space}`)}]`;
  if (typeof value !== 'object' || value === null) return replace() ?? JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, one]) => `${JSON.stringify(name)}:${space}${written(one, replace, space)}`,
  );
  return `{${members.join(`,${space}`)}}`;
}

/** Lines of one to three shapes, some of whose values are replaced, in turn, by others. */
const someLines = (shapes: readonly unknown[], others: readonly string[], most: number) => {
  const replaced = fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
  const line = fc.record({
    shape: fc.nat(2),
    replaced: fc.array(replaced, { minLength: 1, maxLength: 12 }),
    space: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constant(' ') }),
    end: fc.constantFrom('\n', '\n', '\r\n', '\n\n'),
  });
  return fc
    .tuple(
      fc.array(fc.constantFrom(...shapes), { minLength: 1, maxLength: 3 }),
      fc.array(line, { minLength: 1, maxLength: most }),
    )
    .map(([some, lines]) => lines.map((one) => ({ ...one, shape: some[one.shape % some.length] })));
};
type Line = { shape: unknown; replaced: readonly (string | undefined)[]; space: string; end: string };

function textOf(lines: readonly Line[]): string {
  return lines
    .map(({ shape, replaced, space, end }) => {
      let n = 0;
      return written(shape, () => replaced[n++ % replaced.length], space) + end;
    })
    .join('');
}

const objects: unknown[] = [
  { nhs_number: A, note: 'x', day: '2024-01-01', baby: B },
  { nhs_number: A, note: { mother_nhs_number: B, list: [1, { 'NHS No': A }] } },
  { note: '', nhs_number: B },
  { day: '', NHSNumber: A, note: null },
  { nhs_number: A, NHSNumber: B },
  { note: [], day: {} },
  { nhs_number: A, ' nhs_number': B },
  { nhs_number: { value: A }, note: [[A]] },
  { mother: A, baby: { nhs_number: B }, 'EMIS number': '7' },
  { mother: A, baby: [{ nhs_number: B }, { nhs_number: A }] },
  { mother: A, baby: [], 'EMIS number': 8 },
  {},
];
const field = fc.record({
  name: fc.constantFrom('nhs_number', 'note', 'day', 'baby', 'mother', 'EMIS number'),
  treatment: fc.constantFrom(...treatments),
});
const kept = ['nhs_number', 'note', 'day', 'baby'].map((name) => ({ name, treatment: 'keep' as const }));
const columns: readonly (readonly PersonColumn[] | null)[] = [
  null,
  null,
  [{ name: 'nhs_number', kind: 'nhs-number' }],
  [
    { name: 'mother', kind: 'nhs-number' },
    { name: 'baby.nhs_number', kind: 'nhs-number' },
  ],
  [{ name: 'EMIS number', kind: 'local-id' }] as readonly PersonColumn[],
];

test('ten thousand streams of objects are decided and written the same by their shapes as line by line', {
  timeout: LONG,
}, async () => {
  let left = 0;
  const property = fc.asyncProperty(
    someLines(objects, scalars, 10),
    fc.oneof(
      fc.constant(kept),
      fc.uniqueArray(field, { selector: ({ name }) => name, minLength: 1, maxLength: 5 }),
    ),
    fc.constantFrom(...columns),
    fc.constantFrom(bothTypes, bothTypes, bothTypes, directCare),
    someSizes,
    async (lines, fields, personColumns, rule, sizes) => {
      const text = textOf(lines);
      const version = { fields, nhsNumberColumn: null, personColumns };
      const chunks = cut(Buffer.from(text), sizes);
      const { counts } = await expectSame(text, chunks, 'application/x-ndjson', { version, rule });
      left += counts[1] as number;
    },
  );
  await fc.assert(property, { numRuns: 10_000 });
  expect(left).toBeGreaterThan(1_000);
});

const NHS = 'https://fhir.nhs.uk/Id/nhs-number';
const UUID = '6a4160eb-a793-2f86-2302-378623480000';
const patients = [
  { resourceType: 'Patient', id: 'a', identifier: [{ system: NHS, value: A }] },
  { resourceType: 'Patient', id: 'b', identifier: [{ system: NHS, value: B }] },
  { resourceType: 'Patient', id: 'o', identifier: [{ system: NHS, value: OBJECTOR }] },
  { resourceType: 'Patient', id: UUID, identifier: [{ system: NHS, value: OBJECTOR }] },
];
const to = (id: string) => ({ reference: `Patient/${id}` });
const observation = {
  resourceType: 'Observation',
  id: 'x1',
  code: { coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'Cough' }], text: 'Cough' },
  subject: to('a'),
  encounter: { reference: 'Encounter/1' },
  valueQuantity: { value: 1.5, unit: 'mmHg' },
  note: [{ text: 'seen and/or heard' }],
};
const resources: unknown[] = [
  observation,
  ...patients,
  {
    resourceType: 'Patient',
    id: 'c',
    identifier: [
      { system: 'https://x.example/mrn', value: '1' },
      { system: NHS, value: A },
    ],
  },
  { resourceType: 'Patient', identifier: [] },
  { resourceType: 'Observation', subject: { type: 'Patient', identifier: { system: NHS, value: A } } },
  {
    resourceType: 'Observation',
    subject: to('a'),
    performer: [{ display: 'Dr Who' }, { identifier: { system: 'x', value: '1' } }],
  },
  { resourceType: 'Observation', subject: { display: 'Ann' }, focus: [to('b')] },
  {
    resourceType: 'Task',
    for: to('a'),
    focus: { reference: 'Observation/x1' },
    owner: { type: 'Practitioner' },
  },
  { resourceType: 'List', id: 'l', subject: to('a'), entry: [{ item: { reference: 'Observation/x1' } }] },
  { resourceType: 'Provenance', target: [to('a')], agent: [{ who: { reference: 'Practitioner/1' } }] },
  {
    resourceType: 'Organization',
    id: 'g',
    name: 'A name',
    text: { status: 'generated', div: '<div>Patient/o</div>' },
  },
  {
    resourceType: 'Condition',
    subject: to('a'),
    text: { status: 'generated', div: '<div/>' },
    extension: [{ url: 'x', valueUri: 'y' }],
  },
  {
    resourceType: 'Condition',
    contained: [{ resourceType: 'Patient', id: 'p', identifier: [{ system: NHS, value: A }] }],
    subject: { reference: '#p' },
  },
  {
    resourceType: 'Bundle',
    entry: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Observation', subject: to('a') } }],
  },
  {
    resourceType: 'Observation',
    reference: 'x',
    identifier: [{ system: NHS, value: B, type: { text: 'x' } }],
    subject: to('b'),
  },
  {
    resourceType: 'Observation',
    subject: to('a'),
    performer: [{ reference: 'Practitioner/1', type: 'Practitioner' }],
  },
  {
    resourceType: 'Observation',
    subject: to('a'),
    identifier: [{ system: `${NHS}|${OBJECTOR}`, value: B }],
  },
  { id: 'no type' },
];
/** What may stand in place of another text in a resource. */
const texts = [
  ...['a', 'b', 'o', '8', 'later', UUID, 'P', 'Patient', '.', ''].map((id) => `Patient/${id}`),
  ...['Observation', 'Patient', 'Bundle', 'Organization', 'Practitioner', 'Nothing', 'patient'],
  ...[
    NHS,
    `${NHS}|1.0`,
    `${NHS}|${OBJECTOR}`,
    'urn:oid:2.16.840.1.113883.2.1.4.1',
    ' HTTPS://fhir.nhs.uk/Id/NHS-Number/ ',
  ],
  ...[
    `urn:uuid:${UUID}`,
    'urn:uuid:9',
    `https://x.example/Patient/${UUID}`,
    'https://x.example/Patient/b',
    'Patient/o/_history/1',
  ],
  ...[
    'Observation/x1',
    'Encounter/2',
    'Encounter/Patient',
    'Encounter/a-Patient-b',
    'Observation?subject=Patient/o',
    '#p',
    '#',
    'o',
  ],
  ...[
    `Patient?identifier=${NHS}|${OBJECTOR}`,
    'Observation?subject=Patient%2Fo',
    'patient/o',
    'PATIENT/o',
    'a Patient? 5%',
    'naïve/漢字',
  ],
];
const others = [
  ...scalars,
  ...texts.map((text) => JSON.stringify(text)),
  ...[
    '"Patient\\/o"',
    '"\\u0050atient/o"',
    '"\\u0075rn:uuid:6a4160eb-a793-2f86-2302-378623480000"',
    '"\\ud800"',
    '"a\\/b"',
  ],
];

test('ten thousand streams of resources are decided and written the same by their shapes as line by line', {
  timeout: LONG,
}, async () => {
  let left = 0;
  const property = fc.asyncProperty(
    someLines(resources, others, 10),
    fc.boolean(),
    fc.constantFrom(bothTypes, bothTypes, bothTypes, directCare),
    someSizes,
    async (lines, narrative, rule, sizes) => {
      const types = [
        'Patient',
        'Observation',
        'Condition',
        'Task',
        'List',
        'Provenance',
        'Organization',
        'Bundle',
      ];
      const version = { fields: [], nhsNumberColumn: null, fhir: { types, narrative } };
      const text = patients.map((one) => `${JSON.stringify(one)}\n`).join('') + textOf(lines);
      const chunks = cut(Buffer.from(text), sizes);
      const { counts } = await expectSame(text, chunks, 'application/fhir+ndjson', { version, rule });
      left += counts[1] as number;
    },
  );
  await fc.assert(property, { numRuns: 10_000 });
  expect(left).toBeGreaterThan(20_000);
});

test.each([
  [
    'a Patient whose id is no text',
    `{"resourceType":"Patient","id":8,"identifier":[{"system":"${NHS}","value":"${A}"}]}`,
    '{"resourceType":"Observation","subject":{"reference":"Patient/8"}}',
  ],
  [
    'one of whom two say that it is theirs',
    `{"resourceType":"Patient","id":"a","identifier":[{"system":"${NHS}","value":"${B}"}]}`,
    '{"resourceType":"Observation","subject":{"reference":"Patient/a"}}',
  ],
])('%s is nobody to whom a reference leads', async (_, ...lines) => {
  const text = [...patients.map((one) => JSON.stringify(one)), ...lines, ''].join('\n');
  const version = { fields: [], nhsNumberColumn: null, fhir: { types: ['Observation'], narrative: true } };
  const { counts } = await expectSame(text, [Buffer.from(text)], 'application/fhir+ndjson', { version });
  expect(counts[1]).toBe(0);
});

test('a small file is decided the same with a chunk boundary at every byte', async () => {
  const files: [ReleaseFormat, readonly unknown[], Partial<Plan>][] = [
    ['application/x-ndjson', objects, { version: { fields: kept, nhsNumberColumn: null } }],
    [
      'application/fhir+ndjson',
      [...patients, observation, ...resources],
      {
        version: {
          fields: [],
          nhsNumberColumn: null,
          fhir: { types: ['Patient', 'Observation'], narrative: false },
        },
      },
    ],
  ];
  for (const [format, some, plan] of files) {
    const file = some.flatMap((one, n) =>
      [one, one].map((twice) => JSON.stringify(twice) + (n % 2 ? '\n' : '\r\n')),
    );
    const text = `\ufeff${file.join('')}`;
    const bytes = Buffer.from(text);
    const { output } = await expectSame(text, [bytes], format, plan);
    expect(output).toContain('\n');
    const version = { fields: [], nhsNumberColumn: null };
    const whole: Plan = { version, rule: bothTypes, index, pseudonymKey: Buffer.alloc(32), ...plan };
    const expected = await decide([bytes], format, whole);
    for (let at = 1; at < bytes.length; at++)
      expect(await decide([bytes.subarray(0, at), bytes.subarray(at)], format, whole)).toEqual(expected);
  }
});
