import { describe, expect, it } from 'vitest';
import type { Treatment } from '../../src/extracts/extract.ts';
import { findColumns } from '../../src/guard/csv-columns.ts';
import { bothTypes, directCare, indexOf, keep, scan } from './scan.ts';

const A = '9990000018';
const index = indexOf([{ nhsNumber: A }]);

describe('the column with the NHS number', () => {
  it.each(['nhs_number', 'NHSNumber', 'NHS Number', 'nhs no', 'NhsNo', ' NHS_NUMBER '])(
    'is found as %j',
    (name) => {
      const found = findColumns(['a', name], { fields: keep('a'), nhsNumberColumn: null });
      expect(found).toMatchObject({ ok: true, columns: { people: [{ column: 1 }] } });
    },
  );

  it('is the one that the extract names', () => {
    const found = findColumns(['nhs_number', 'mother'], {
      fields: keep('mother'),
      nhsNumberColumn: 'mother',
    });
    expect(found).toMatchObject({ ok: true, columns: { people: [{ column: 1 }] } });
  });

  it('is approved by any of its usual names', () => {
    const found = findColumns(['NHS No', 'a'], { fields: keep('a', 'nhs_number'), nhsNumberColumn: null });
    expect(found).toMatchObject({
      ok: true,
      columns: { leaving: [{ column: 1 }, { column: 0, person: 0 }] },
    });
  });

  it.each([
    [['a'], null, 'no-nhs-number-column', 'nhs_number'],
    [['nhs_number'], 'mother', 'no-nhs-number-column', 'mother'],
    [['nhs_number', 'NHS Number'], null, 'two-nhs-number-columns', 'NHS Number'],
    [['mother', 'mother'], 'mother', 'two-nhs-number-columns', 'mother'],
  ])('of %j with %j named: %s', (header, nhsNumberColumn, reason, column) => {
    expect(findColumns(header, { fields: [], nhsNumberColumn })).toEqual({ ok: false, reason, column });
  });
});

describe('a second NHS number that would leave, by which no row is decided', () => {
  const version = { fields: keep('mother', 'nhs_number'), nhsNumberColumn: 'mother' };
  const file = `mother,nhs_number\n${A},9990000034\n`;

  it('stops the release', async () => {
    const done = await scan(file, { version, index, rule: bothTypes });
    expect(done.scanned).toMatchObject({ reason: 'two-nhs-number-columns', column: 'nhs_number' });
  });

  it.each(['mother_nhs_number', 'NHS No.', 'babyNhsNumber'])(
    'also called %s, unless it decides',
    async (name) => {
      const text = `nhs_number,${name}\n${A},${A}\n`;
      const named = { fields: keep('nhs_number', name), nhsNumberColumn: null };
      const done = await scan(text, { version: named, index, rule: bothTypes });
      expect(done.scanned).toMatchObject({ reason: 'two-nhs-number-columns', column: name });
      const personColumns = ['nhs_number', name].map((one) => ({ name: one, kind: 'nhs-number' as const }));
      const decided = await scan(text, { version: { ...named, personColumns }, index, rule: bothTypes });
      expect(decided.output.toString()).toBe(text);
    },
  );

  it('stops no direct care list', async () => {
    expect((await scan(file, { version, index, rule: directCare })).output.toString()).toBe(file);
  });
});

describe('approved fields', () => {
  it.each([
    ['field-missing', ['nhs_number', 'Note']],
    ['field-doubled', ['nhs_number', 'note', ' note']],
  ])('%s names the column', (reason, header) => {
    const found = findColumns(header, { fields: keep('note'), nhsNumberColumn: null });
    expect(found).toEqual({ ok: false, reason, column: 'note' });
  });

  it('may be doubled when they are not approved', () => {
    expect(
      findColumns(['nhs_number', 'x', 'x', 'note'], { fields: keep('note'), nhsNumberColumn: null }).ok,
    ).toBe(true);
  });
});

describe('what leaves of a row', () => {
  const input = `\ufeff"NHS Number","day",postcode,note\r\n"999 000 0018","2024-05-06",ex1 1aa,"a, ""b"""\n`;
  const leaves = async (...fields: [string, Treatment][]) => {
    const version = {
      fields: fields.map(([name, treatment]) => ({ name, treatment })),
      nhsNumberColumn: null,
    };
    const { output, scanned } = await scan(input, {
      version,
      rule: bothTypes,
      index,
      pseudonymKey: Buffer.from('k'),
    });
    return { text: output.toString(), emptied: scanned.ok ? scanned.emptied : -1 };
  };

  it('is everything, byte for byte, when all is kept in its order', async () => {
    const { text } = await leaves(
      ['nhs_number', 'keep'],
      ['day', 'keep'],
      ['postcode', 'keep'],
      ['note', 'keep'],
    );
    expect(text).toBe(input);
  });

  it('is the approved fields in approved order, quotes and line ends as they came', async () => {
    const { text } = await leaves(['note', 'keep'], ['nhs_number', 'keep']);
    expect(text).toBe('\ufeffnote,"NHS Number"\r\n"a, ""b""","999 000 0018"\n');
  });

  it('is reduced as approved', async () => {
    const { text, emptied } = await leaves(['day', 'month'], ['postcode', 'outward-code'], ['note', 'year']);
    expect(text).toBe('\ufeff"day",postcode,note\r\n2024-05,EX1,\n');
    expect(emptied).toBe(1);
  });

  it('has one pseudonym for a patient, however the number is written', async () => {
    const version = {
      fields: [{ name: 'nhs_number', treatment: 'pseudonym' as const }],
      nhsNumberColumn: null,
    };
    const written = `nhs_number\n${A}\n"999 000 0018"\n999-000-0018 \n`;
    const { output } = await scan(written, {
      version,
      rule: bothTypes,
      index,
      pseudonymKey: Buffer.from('k'),
    });
    const [, ...pseudonyms] = output.toString().trim().split('\n');
    expect(new Set(pseudonyms).size).toBe(1);
    expect(pseudonyms[0]).toMatch(/^p[0-9a-f]{32}$/);
  });
});
