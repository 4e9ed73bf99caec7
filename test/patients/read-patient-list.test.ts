import { expect, test } from 'vitest';
import { readPatientList } from '../../src/patients/read-patient-list.ts';

const today = '2026-11-22';
const read = (file: string | Buffer, madeUp = false) =>
  readPatientList(typeof file === 'string' ? Buffer.from(file) : file, { today, madeUp });

/** Somebody else of the same file, who tells that the day is first. */
const dayFirst = '9990000026,Ben,Jones,13/04/1960\n';

async function rowsOf(file: string | Buffer, madeUp = false) {
  const list = await read(file, madeUp);
  if (!list.ok) throw new Error(list.fault);
  return list.rows;
}

async function people(file: string | Buffer) {
  return (await rowsOf(file)).map((row) => (row.ok ? row.person : row.reason));
}

async function faultOf(file: string | Buffer) {
  const list = await read(file);
  return list.ok ? undefined : list.fault;
}

const header = 'NHS Number,Given Name,Family Name,Date of Birth\n';
const ann = { nhsNumber: '9990000018', givenName: 'Ann', familyName: 'Smith', dateOfBirth: '1985-03-07' };

test('the shape of a plain list with everything in it', async () => {
  const file =
    'NHS Number,Title,Given Name,Family Name,Date of Birth,Gender,Address,Postcode,Date of Death\n' +
    '999 000 0018,Mrs.,Ann,Smith,1985-03-07,female,"1 High Street, Newtown",ZX1 1AA,2020-01-02\n' +
    '9990000026,,Ben,Jones,1960-04-13,male,,,\n';
  expect(await people(file)).toEqual([
    {
      ...ann,
      title: 'Mrs.',
      gender: 'female',
      address: '1 High Street, Newtown',
      postcode: 'ZX1 1AA',
      dateOfDeath: '2020-01-02',
    },
    {
      nhsNumber: '9990000026',
      givenName: 'Ben',
      familyName: 'Jones',
      dateOfBirth: '1960-04-13',
      title: null,
      gender: 'male',
      address: null,
      postcode: null,
      dateOfDeath: null,
    },
  ]);
});

test('a report of EMIS Web: preamble, its own columns, spaced numbers, named months, empty columns at the end', async () => {
  const file =
    '\ufeffReport "Patients, all"\r\nOrganisation,The Example Surgery,A99999\r\nRun date,22-Nov-2026 08:01\r\n\r\n' +
    "EMIS Number,Usual GP's Full Name,NHS Number,Title,Family Name,Calling Name,Age,Date of Birth,Gender," +
    'House Name / Flat Number,Number and Street,Locality,Town,County,Postcode,,\r\n' +
    '12,"TOOSY, Raza (Dr)",999 000 0018,Mrs,Smith,Ann,41,07-Mar-1985,Female,Flat 2,1 High Street,,Newtown,Kent,ZX1 1AA,,\r\n';
  expect(await people(file)).toEqual([
    {
      ...ann,
      title: 'Mrs',
      gender: 'Female',
      address: 'Flat 2, 1 High Street, Newtown, Kent',
      postcode: 'ZX1 1AA',
      localIds: [{ kind: 'emis-number', value: '12' }],
    },
  ]);
});

test('an extract of SystmOne: its columns, Windows-1252, dates with a time', async () => {
  const file =
    'RowIdentifier,Title,FirstName,MiddleNames,Surname,PreviousSurname,NHSNumber,DateBirth,DateDeath,Gender\r\n' +
    '7,Mrs,Zoë,,Muñoz,Old,9990000018,07 Mar 1985 00:00:00,,F\r\n';
  expect(await people(Buffer.from(file, 'latin1'))).toEqual([
    {
      ...ann,
      ...{ givenName: 'Zoë', familyName: 'Muñoz', title: 'Mrs', gender: 'F', dateOfDeath: null },
      localIds: [{ kind: 'id-patient', value: '7' }],
    },
  ]);
});

test.each([';', '\t', '|'])('cells parted by %j, quoted ones with a line end inside', async (mark) => {
  const rows = [
    ['NHS No', 'Forename', 'Surname', 'DOB', 'Address'],
    ['9990000018', 'Ann', 'Smith', '07-Mar-1985', '"1 High Street\r\nNewtown"'],
  ];
  const file = rows.map((cells) => cells.join(mark)).join('\n');
  expect(await people(file)).toEqual([{ ...ann, address: '1 High Street, Newtown' }]);
});

test('UTF-16, as Excel saves Unicode text', async () => {
  const file = Buffer.from(
    `\ufeff${header.replaceAll(',', '\t')}9990000018\tAnn\tSmith\t1985-03-07\r\n`,
    'utf16le',
  );
  expect(await people(file)).toEqual([ann]);
});

test.each([
  '1985-03-07',
  '1985-03-07T00:00:00',
  '07/03/1985',
  '7/3/1985',
  '07-03-1985',
  '07.03.1985',
  '07-Mar-1985',
  '7 March 1985',
  '07 MAR 1985 00:00',
  '19850307',
])('the date of birth %s', async (written) => {
  const file = `${header}9990000018,Ann,Smith,${written}\n${dayFirst}`;
  expect((await people(file))[0]).toEqual(ann);
});

test.each([
  ['9.99E+09,Ann,Smith,1985-03-07', /spreadsheet has destroyed the NHS number/],
  ['999000001,Ann,Smith,1985-03-07', /has 9 digits.*zero/],
  ['9990000019,Ann,Smith,1985-03-07', /not valid/],
  ['99900000180,Ann,Smith,1985-03-07', /more than 10/],
  [',Ann,Smith,1985-03-07', /NHS number is missing/],
  ['AB123456C,Ann,Smith,1985-03-07', /National Insurance/],
  ['9990000018,,Smith,1985-03-07', /given name is missing/],
  ['9990000018,Ann,?,1985-03-07', /family name is missing/],
  ['9990000018,Ann,Smith,', /date of birth is missing/],
  ['9990000018,Ann,Smith,31/02/1985', /not a real date/],
  ['9990000018,Ann,Smith,07/03/85', /year of 2 numbers/],
  ['9990000018,Ann,Smith,07-Mar-85', /year of 2 numbers/],
  ['9990000018,Ann,Smith,1899-12-31', /before 1900/],
  ['9990000018,Ann,Smith,2026-11-23', /in the future/],
  ['9990000018,Ann', /family name is missing\. The date of birth is missing/],
  [`9990000018,${'A'.repeat(301)},Smith,1985-03-07`, /longer than 300/],
])('the row %s is refused', async (row, reason) => {
  const [read] = await rowsOf(`${header}${row}\n`);
  expect(read).toMatchObject({ ok: false, row: 2, reason: expect.stringMatching(reason) });
  expect(JSON.stringify(read)).not.toMatch(/reason":"[^"]*\d{8}/);
});

test('somebody born today, and one born in 1900', async () => {
  const read = await people(`${header}9990000018,Ann,Smith,${today}\n9990000026,Ben,Jones,1900-01-01\n`);
  expect(read).toMatchObject([{ dateOfBirth: today }, { dateOfBirth: '1900-01-01' }]);
});

test.each([
  ['2099-01-01', /death is in the future/],
  ['1984-01-01', /before the date of birth/],
  ['soon', /death is not a real date/],
])('the date of death %s is refused', async (written, reason) => {
  const [row] = await people(`${header.trim()},Date of Death\n9990000018,Ann,Smith,1985-03-07,${written}\n`);
  expect(row).toMatch(reason);
});

test.each(['-', 'N/A', 'No data', ''])('the date of death %j is none', async (written) => {
  const file = `${header.trim()},Date of Death\n9990000018,Ann,Smith,1985-03-07,${written}\n`;
  expect(await people(file)).toEqual([{ ...ann, dateOfDeath: null }]);
});

test('a number that was kept from a spreadsheet with ="…"', async () => {
  expect(await people(`${header}="9990000018",Ann,Smith,1985-03-07\n`)).toEqual([ann]);
});

test('a made-up practice takes only numbers that nobody has', async () => {
  const rows = await rowsOf(
    `${header}9434765919,Ann,Smith,1985-03-07\n9990000018,Ann,Smith,1985-03-07\n`,
    true,
  );
  expect(rows.map((row) => (row.ok ? 'read' : row.reason))).toEqual([
    expect.stringContaining('made-up practice'),
    'read',
  ]);
});

test('rows have the numbers that a spreadsheet shows; empty rows and repeated headers are left out', async () => {
  const file = `List of patients\n${header}\n9990000018,Ann,Smith,1985-03-07\r${header},,,\n9990000026,Ben,Jones,1960-04-13`;
  expect((await rowsOf(file)).map(({ row }) => row)).toEqual([4, 7]);
});

test.each([
  ['', /is empty/],
  [' \n\n', /is empty/],
  [Buffer.from('504b03040a0b', 'hex'), /Excel workbook/],
  [Buffer.from('%PDF-1.7'), /a PDF/],
  [Buffer.from([0x4e, 0, 0x20, 0x0a]), /not made of text/],
  ['a,b\n1,2\n', /No row with column names/],
  ['999 000 0018,Ann,Smith,1985-03-07\n', /No row with column names/],
  [header, /nobody under them/],
  [`${header}9990000018,"Ann,Smith,1985-03-07\n`, /quotation mark is not closed/],
  [
    `NHS Number,NHS No,Surname,Forename,DOB\n1,2,3,4,5\n`,
    /2 columns with an NHS number \(NHS Number and NHS No\)/,
  ],
])('the file %j is refused', async (file, fault) => {
  expect(await faultOf(file)).toMatch(fault);
});

test('a file without a needed column: which, which names are looked for, which columns there are', async () => {
  const fault = await faultOf('List\nEMIS Number,Surname,DOB,999 000 0018\n12,Smith,1985-03-07\n');
  expect(fault).toContain('NHS number (looked for: NHS Number, NHS No,');
  expect(fault).toContain('given name (looked for: Given Name,');
  expect(fault).not.toContain('family name (');
  expect(fault).toContain('Columns found in row 2: EMIS Number, Surname, DOB.');
});

test('day-first dates beside one slip of the pen', async () => {
  const rows = await people(`${header}9990000018,Ann,Smith,03/25/1985\n9990000026,Ben,Jones,13/04/1960\n`);
  expect(rows).toEqual([
    expect.stringContaining('not a real date'),
    expect.objectContaining({ givenName: 'Ben' }),
  ]);
});
