import { describe, expect, test } from 'vitest';
import { readObjectionFile } from '../../src/objections/read-objection-file.ts';

const HEADER = 'nhs_number,type,act,received_on';
const read = (text: string | Buffer, madeUp = true) => readObjectionFile(Buffer.from(text), { madeUp });
const rowsOf = async (...lines: string[]) => {
  const done = await read([HEADER, ...lines].join('\r\n'));
  return done.ok ? done.rows : done.fault;
};

describe('a row that can be read', () => {
  const good = { row: 2, nhsNumber: '9990000018', type: 'type-1', act: 'record', receivedVia: null };
  const lines: [line: string, expected: object][] = [
    ['9990000018,1,record,2016-03-01', { ...good, receivedOn: '2016-03-01' }],
    ['999 000 0018,type-1,Record,2016-03-01', { ...good, receivedOn: '2016-03-01' }],
    ['"999-000-0018", 2 ,withdraw,2016-03-01', { ...good, type: 'type-2', act: 'withdraw' }],
    ['9990000018,1,record,01/03/2016', { ...good, receivedOn: null }],
    ['9990000018,1,record,2016-02-30', { ...good, receivedOn: null }],
    ['9990000018,1,record,', { ...good, receivedOn: null }],
  ];
  test.each(lines)('%s', async (line, expected) => {
    expect(await rowsOf(line)).toMatchObject([expected]);
  });

  test('columns in another order, others between them, received via', async () => {
    const done = await read(
      'received_on,Name,TYPE,act,received_via,nhs_number\n2016-03-01,X,1,record,Letter,9990000018\n',
    );
    expect(done).toMatchObject({ ok: true, rows: [{ nhsNumber: '9990000018', receivedVia: 'letter' }] });
  });

  test('its number is the spreadsheet’s, empty lines counted', async () => {
    expect(await rowsOf('', ',,,', '9990000018,1,record,2016-03-01')).toMatchObject([{ row: 4 }]);
  });
});

describe('a row that is refused says why, and never holds the number', () => {
  const lines: [line: string, fault: RegExp, act: string | null][] = [
    ['9990000017,1,record,2016-03-01', /a digit is wrong/, 'record'],
    ['9.99E+09,1,record,2016-03-01', /spreadsheet has destroyed/, 'record'],
    [',1,record,2016-03-01', /missing/, 'record'],
    ['9434765919,1,record,2016-03-01', /made-up practice/, 'record'],
    ['9990000018,3,record,2016-03-01', /type has to be 1 or 2/, 'record'],
    ['9990000018,,record,2016-03-01', /type has to be 1 or 2/, 'record'],
    ['9990000018,1,revoke,2016-03-01', /act has to be record or withdraw/, null],
    ['9990000018,1,withdraw,March 2016', /withdrawal needs the day/, 'withdraw'],
    ['9990000018,1,record,2016-03-01,x', /5 cells, the header has 4/, 'record'],
    ['9990000018,1,record', /3 cells, the header has 4/, 'record'],
  ];
  test.each(lines)('%s', async (line, fault, act) => {
    const rows = await rowsOf(line);
    expect(rows).toMatchObject([{ row: 2, act, fault: expect.stringMatching(fault) }]);
    expect(JSON.stringify(rows)).not.toMatch(/\d{10}|9434765919/);
  });
});

describe('a file that cannot be read at all', () => {
  const files: [name: string, content: string | Buffer, fault: RegExp][] = [
    ['empty', '', /empty/],
    ['a workbook', Buffer.from('504b030414', 'hex'), /Excel workbook/],
    ['no header', '9990000018,1,record,2016-03-01\n', /Missing: nhs_number, type, act, received_on/],
    ['a column short', 'nhs_number,type,act\n9990000018,1,record\n', /Missing: received_on/],
    ['a column twice', `${HEADER},type\n`, /column type is there twice/],
    ['nothing under the header', `${HEADER}\n`, /nothing under them/],
    ['a quote left open', `${HEADER}\n"9990000018,1,record,2016-03-01\n`, /quotation mark is not closed/],
  ];
  test.each(files)('%s', async (_name, content, fault) => {
    expect(await read(content)).toMatchObject({ ok: false, fault: expect.stringMatching(fault) });
  });
});

test('outside a made-up practice real numbers are taken', async () => {
  const done = await read(`${HEADER}\n9434765919,1,record,2016-03-01\n`, false);
  expect(done).toMatchObject({ ok: true, rows: [{ nhsNumber: '9434765919' }] });
});
