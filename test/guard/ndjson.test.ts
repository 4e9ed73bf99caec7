import { describe, expect, it, test } from 'vitest';
import type { Field, PersonColumn } from '../../src/extracts/extract.ts';
import type { Plan } from '../../src/guard/decide-records.ts';
import { membersOf } from '../../src/guard/membership.ts';
import { bothTypes, directCare, indexOf, keep, scan } from './scan.ts';
import { cut } from './some-csv.ts';

const A = '9990000018';
const B = '9990000034';
const OBJECTOR = '9990000042';
const index = indexOf([{ nhsNumber: A }, { nhsNumber: B }, { nhsNumber: OBJECTOR, type1: true }]);
const version = { fields: keep('nhs_number', 'note'), nhsNumberColumn: null };

async function objects(text: string | Buffer, plan: Partial<Plan> = {}) {
  const done = await scan(text, { version, rule: bothTypes, index, ...plan }, 'application/x-ndjson');
  const { scanned, output } = done;
  if (!scanned.ok) return { fault: scanned.reason, line: scanned.line, column: scanned.column };
  const left = output.toString();
  return { left, reasons: Object.fromEntries(scanned.reasons), emptied: scanned.emptied, scanned };
}

const line = (number: string, more = '') => `{"nhs_number":"${number}"${more}}\n`;

describe('a line leaves as it came', () => {
  it.each([
    ['with space everywhere', ` { "nhs_number" : "${A}" ,\t"note":  [1, 2.50e+3 ] } \r\n`],
    ['with a number instead of a text', `{"nhs_number":${A},"note":null}\n`],
    [
      'with escapes in a key and in the number',
      `{"\\u006ehs_number":"\\u0039990000018","note":"\\ud83d\\ude00 \\/"}\n`,
    ],
    ['written 3-3-4', line('999 000 0018', ',"note":"naïve 漢字"')],
    ['without what is not in it', line(A)],
    ['without a line end at the end', line(A, ',"note":1').trim()],
    ['behind a byte order mark', `\ufeff${line(A)}`],
    ['with a mother who is not named', line(A, ',"note":{"mother_nhs_number":null,"NHS No.":""}')],
    ['with another’s number in a text', line(A, `,"note":"with ${OBJECTOR}"`)],
  ])('%s', async (_, text) => {
    expect(await objects(text)).toMatchObject({ left: text, reasons: {} });
  });

  it('whatever the chunks', async () => {
    const text = Buffer.from(`\ufeff${line(A, ',"note":"漢字"')}\r\n  \n${line(OBJECTOR)}${line(B)}`);
    for (const sizes of [[1], [3, 1], [7]]) {
      const plan = { version, rule: bothTypes, index };
      const done = await scan(cut(text, sizes), plan, 'application/x-ndjson');
      expect(done.output.toString()).toBe(`\ufeff${line(A, ',"note":"漢字"')}${line(B)}`);
    }
  });
});

describe('a line is withheld, and no other', () => {
  it.each([
    ['cannot-be-read', 'cut off', `{"nhs_number":"${A}"`],
    ['cannot-be-read', 'a name twice', `{"nhs_number":"${OBJECTOR}","nhs_number":"${A}"}`],
    [
      'cannot-be-read',
      'a name twice, once escaped',
      `{"nhs_number":"${A}","\\u006ehs_number":"${OBJECTOR}"}`,
    ],
    ['cannot-be-read', 'a name twice, deep inside', `{"nhs_number":"${A}","note":[{"x":{"y":1,"y":2}}]}`],
    ['cannot-be-read', 'a name twice but for spaces', `{"note":1," note":2,"nhs_number":"${A}"}`],
    ['cannot-be-read', 'two of the usual names', `{"nhs_number":"${A}","NHSNumber":"${OBJECTOR}"}`],
    ['cannot-be-read', 'a list', `["${A}"]`],
    ['cannot-be-read', 'a text', `"${A}"`],
    ['cannot-be-read', 'two objects', `{"nhs_number":"${A}"} {"nhs_number":"${OBJECTOR}"}`],
    ['cannot-be-read', 'a comment', `{"nhs_number":"${A}"} // x`],
    ['cannot-be-read', 'a trailing comma', `{"nhs_number":"${A}",}`],
    ['cannot-be-read', 'single quotes', `{'nhs_number':'${A}'}`],
    ['cannot-be-read', 'a raw control character', `{"nhs_number":"${A}","note":"\u0001"}`],
    ['cannot-be-read', 'a NUL', `{"nhs_number":"${A}","note":"\u0000"}`],
    ['cannot-be-read', 'a wrong escape', `{"nhs_number":"${A}","note":"\\x"}`],
    ['cannot-be-read', 'half an escape', `{"nhs_number":"${A}","note":"\\u12"}`],
    ['cannot-be-read', 'a number that is none', `{"nhs_number":"${A}","note":01}`],
    ['cannot-be-read', 'too deep', `{"nhs_number":"${A}","note":${'['.repeat(200)}${']'.repeat(200)}}`],
    ['no-nhs-number', 'nobody named', '{"note":1}'],
    ['no-nhs-number', 'null', '{"nhs_number":null}'],
    ['invalid-nhs-number', 'a list of numbers', `{"nhs_number":["${A}"]}`],
    ['invalid-nhs-number', 'a number with an exponent', '{"nhs_number":9.990000018e9}'],
    ['invalid-nhs-number', 'a negative number', `{"nhs_number":-${A}}`],
    ['objected-type-1', 'an objector', line(OBJECTOR).trim()],
    ['objected-type-1', 'an objector as a number', `{"nhs_number":${OBJECTOR}}`],
    [
      'objected-type-1',
      'an objector inside what leaves',
      `{"nhs_number":"${A}","note":{"nhs_number":"${OBJECTOR}"}}`,
    ],
    [
      'objected-type-1',
      'an objector as a mother',
      line(A, `,"note":[{"motherNhsNumber":"${OBJECTOR}"}]`).trim(),
    ],
    ['not-on-list', 'a stranger', line('9990000093').trim()],
  ])('%s: %s', async (reason, _, text) => {
    const done = await objects(`${line(A)}${text}\n${line(B)}`);
    expect(done).toMatchObject({ left: line(A) + line(B), reasons: { [reason]: 1 } });
  });
});

test('only approved members leave, in approved order, reduced; what cannot be read is emptied and counted', async () => {
  const fields: Field[] = [
    { name: 'note', treatment: 'keep' },
    { name: 'day', treatment: 'month' },
    { name: 'postcode', treatment: 'outward-code' },
    { name: 'nhs_number', treatment: 'pseudonym' },
  ];
  const plan = { version: { fields, nhsNumberColumn: null } };
  const done = await objects(
    `{"nhs_number":"${A}","secret":{"a":1},"day":"2024-05-06","note":{ "b":  [1.0] },"postcode":"EX1 1AA"}\n` +
      `{"day":20240506,"nhs_number":999 0,"postcode":""}\n{"postcode":true,"day":"soon","nhs_number":${A}}\r\n`,
    plan,
  );
  const [first = '', second = ''] = (done.left ?? '').split('\n');
  expect(first).toMatch(
    /^\{"note":\{ "b": {2}\[1\.0\] \},"day":"2024-05","postcode":"EX1","nhs_number":"p[0-9a-f]{32}"\}$/,
  );
  const pseudonym = /p[0-9a-f]{32}/.exec(first)?.[0];
  expect(second).toBe(`{"day":null,"postcode":null,"nhs_number":"${pseudonym}"}\r`);
  expect(done).toMatchObject({ emptied: 2, reasons: { 'cannot-be-read': 1 } });
});

describe('whose line it is, as the extract says', () => {
  const people = (...personColumns: PersonColumn[]) => ({
    version: { fields: keep('mother', 'baby'), nhsNumberColumn: null, personColumns },
  });
  const both = people(
    { name: 'mother', kind: 'nhs-number' },
    { name: 'baby.nhs_number', kind: 'nhs-number' },
  );
  const pair = (mother: string, baby: string) => `{"mother":"${mother}","baby":{"nhs_number":"${baby}"}}\n`;

  it('everybody named has to be permitted', async () => {
    const done = await objects(
      pair(A, B) + pair(A, OBJECTOR) + pair(OBJECTOR, A) + pair(A, '') + `{"mother":"${A}"}\n`,
      both,
    );
    expect(done).toMatchObject({ left: pair(A, B), reasons: { 'objected-type-1': 2, 'no-nhs-number': 2 } });
    const account = done.scanned?.membership.account(Buffer.alloc(16));
    expect([...membersOf(account?.members ?? Buffer.alloc(0))]).toEqual([0, 1]);
  });

  it('also behind a path through lists', async () => {
    const babies = (...numbers: string[]) =>
      `{"mother":"${A}","baby":[${numbers.map((one) => `{"nhs_number":"${one}"}`)}]}\n`;
    expect(await objects(babies(A, B) + babies(B, OBJECTOR), both)).toMatchObject({ left: babies(A, B) });
    // One of them is not named: whoever that is.
    const unnamed = babies(A, B).replace(']', ',{"name":"Ann"}]') + babies(A, B).replace(']', ',[]]');
    expect(await objects(unnamed, both)).toMatchObject({ left: '', reasons: { 'no-nhs-number': 2 } });
  });

  it('an NHS number that would leave and decides nothing stops the release', async () => {
    const plan = { version: { fields: keep('id', 'nhs_number'), nhsNumberColumn: 'id' } };
    expect(await objects(line(A), plan)).toMatchObject({
      fault: 'two-nhs-number-columns',
      column: 'nhs_number',
    });
    const mothers = { version: { fields: keep('nhs_number', 'mother_nhs_number'), nhsNumberColumn: null } };
    const fault = { fault: 'two-nhs-number-columns', column: 'mother_nhs_number' };
    expect(await objects(line(A), mothers)).toMatchObject(fault);
    expect(await objects(line(A), { ...mothers, rule: directCare })).toMatchObject({ left: line(A) });
  });
});

test('faults of the whole', async () => {
  expect(await objects('')).toMatchObject({ fault: 'empty-body' });
  expect(await objects(' \n\n')).toMatchObject({ fault: 'empty-body' });
  expect(await objects(Buffer.from([0x7b, 0xff, 0x7d]))).toMatchObject({ fault: 'not-utf-8' });
  const long = `{"nhs_number":"${A}","note":"${'x'.repeat(1024 * 1024)}"}`;
  expect(await objects(long)).toMatchObject({ fault: 'record-too-long' });
  expect(await objects(`${long}\n`)).toMatchObject({ fault: 'record-too-long' });
  expect(await objects(`${line(A)}{\n`, { rule: directCare })).toMatchObject({
    fault: 'row-cannot-be-read',
    line: 2,
  });
});
