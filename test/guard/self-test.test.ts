import { describe, expect, it, test } from 'vitest';
import { grounds } from '../../src/extracts/grounds.ts';
import { findColumns } from '../../src/guard/csv-columns.ts';
import { type Decision, decidePatient, type Rule, ruleFor } from '../../src/guard/decide.ts';
import { decidesMadeUpPeople, passesSelfTest } from '../../src/guard/self-test.ts';
import { bothTypes, directCare, keep } from './scan.ts';

const fields = keep('nhs_number', 'note');
const plan = { rule: bothTypes, pseudonymKey: Buffer.alloc(32) };
const direction = { fields, nhsNumberColumn: null, ground: 'nhs-england-direction', includeLeft: false };

function input(header: string) {
  const names = header.split(',').map((name) => name.replaceAll('"', ''));
  const found = findColumns(names, direction);
  if (!found.ok) throw new Error(found.reason);
  return { format: 'text/csv', header: Buffer.from(header), columns: found.columns } as const;
}
const usual = input('nhs_number,note');

const ready = Object.keys(grounds).filter((ground) => ruleFor({ ground, includeLeft: false }).ok);

test.each(ready)(
  'the self-test passes for the ground %s, with and without patients who left',
  async (ground) => {
    for (const includeLeft of [false, true]) {
      const version = { ...direction, ground, includeLeft };
      const found = ruleFor(version);
      if (!found.ok) throw new Error(found.reason);
      for (const hasKernel of [false, true])
        expect(await passesSelfTest(usual, version, { ...plan, rule: found.rule }, hasKernel)).toBe(true);
    }
  },
);

test.each(['"nhs_number","note"', 'note,x,nhs_number', 'NHS Number,note'])(
  'it passes under the header %s, and when fields are reduced',
  async (header) => {
    expect(await passesSelfTest(input(header), direction, plan)).toBe(true);
    const reduced = { ...direction, fields: [{ name: 'note', treatment: 'month' as const }] };
    expect(await passesSelfTest(input(header), reduced, plan)).toBe(true);
  },
);

describe('a guard that decides wrongly does not pass', () => {
  it.each([
    ['type 1 is not applied', direction, { ...bothTypes, type1: false }],
    ['type 2 is not applied', direction, { ...bothTypes, type2: false }],
    ['nobody is withheld', direction, directCare],
    ['patients who left leave', direction, { ...bothTypes, includeLeft: true }],
    ['patients who left are lost', { ...direction, includeLeft: true }, bothTypes],
    ['direct care is withheld from', { ...direction, ground: 'direct-care' }, bothTypes],
    ['objections stop what a court requires', { ...direction, ground: 'legal-obligation' }, bothTypes],
  ])('%s', async (_, version, rule) =>
    expect(await passesSelfTest(usual, version, { ...plan, rule })).toBe(false),
  );

  it('nor one that is right row by row, and wrong where a kernel knows the patients', async () => {
    let calls = 0;
    let right = Number.POSITIVE_INFINITY;
    const decide = (rule: Rule, flags: number) => (++calls > right ? 'permit' : decidePatient(rule, flags));
    const passes = (hasKernel: boolean) =>
      passesSelfTest(usual, direction, { ...plan, watch: { decide } }, hasKernel);
    expect(await passes(false)).toBe(true);
    [right, calls] = [calls, 0];
    expect(await passes(false)).toBe(true);
    calls = 0;
    expect(await passes(true)).toBe(false);
    right = Number.POSITIVE_INFINITY;
    expect(await passes(true)).toBe(true);
  });

  it('nor one that reads the number from another column', async () => {
    const wrong = { ...usual, columns: { ...usual.columns, people: [{ column: 1 }] } };
    expect(await passesSelfTest(wrong, direction, plan)).toBe(false);
  });
});

describe('of an extract that asks that patients were told', () => {
  const version = { ...direction, ground: 'section-251', toldDays: 28 };
  const told = { days: 28, by: ['n 1'], until: 20_000 };
  const waits = { ...bothTypes, told };
  const passes = (rule: Rule, of: typeof version | typeof direction = version) =>
    passesSelfTest(usual, of, { ...plan, rule });

  it('passes, and so it does while no notice covers it', async () => {
    expect(await passes(waits)).toBe(true);
    expect(await passes({ ...bothTypes, told: { ...told, by: [] } })).toBe(true);
    expect(decidesMadeUpPeople(version, waits)).toBe(true);
  });

  it.each<[string, (rule: Rule, flags: number) => Decision]>([
    ['lets out who was not told', ({ told: _, ...rule }, flags) => decidePatient(rule, flags)],
    ['withholds who was', (rule) => (rule.told ? 'not-told' : 'permit')],
  ])('a guard that %s does not', async (_, decide) => {
    expect(await passesSelfTest(usual, version, { ...plan, rule: waits, watch: { decide } })).toBe(false);
    expect(decidesMadeUpPeople(version, waits, { decide })).toBe(false);
  });

  it('nor one that does not wait where it should, or waits where it must not', async () => {
    expect(await passes(bothTypes)).toBe(false);
    expect(await passes(waits, direction)).toBe(false);
    expect(await passes(waits, { ...version, ground: 'nhs-england-direction' })).toBe(false);
  });
});

describe('each format is tested by its own path', () => {
  const fhir = { types: ['Condition'], narrative: false };
  const people = [
    { name: 'mother', kind: 'nhs-number' as const },
    { name: 'baby.PatientGuid', kind: 'local-id' as const },
  ];
  const several = { ...direction, fields: keep('note', 'baby'), personColumns: people };
  const csvPeople = [
    { name: 'mother', kind: 'nhs-number' as const },
    { name: 'PatientGuid', kind: 'local-id' as const },
  ];
  const severalCsv = { ...direction, fields: keep('note'), personColumns: csvPeople };
  const found = findColumns(['note', 'PatientGuid', 'mother'], severalCsv);
  if (!found.ok) throw new Error(found.reason);
  const header = Buffer.from('note,PatientGuid,mother');
  const heads = [
    ['NDJSON', { format: 'application/x-ndjson' }, direction],
    ['NDJSON of several people', { format: 'application/x-ndjson' }, several],
    ['CSV of several people', { format: 'text/csv', header, columns: found.columns }, severalCsv],
    ['FHIR', { format: 'application/fhir+ndjson' }, { ...direction, fields: [], fhir }],
  ] as const;

  it.each(heads)('%s', async (_, head, version) => {
    for (const ground of ready) {
      const rule = ruleFor({ ground, includeLeft: false });
      if (!rule.ok) throw new Error(rule.reason);
      expect(await passesSelfTest(head, { ...version, ground }, { ...plan, rule: rule.rule })).toBe(true);
    }
    for (const rule of [{ ...bothTypes, type1: false }, { ...bothTypes, includeLeft: true }, directCare])
      expect(await passesSelfTest(head, version, { ...plan, rule })).toBe(false);
  });
});
