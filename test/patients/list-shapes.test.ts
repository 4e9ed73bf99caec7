import { expect, test } from 'vitest';
import { readPatientList } from '../../src/patients/read-patient-list.ts';

const today = '2026-11-22';

async function rowsOf(file: string | Buffer) {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const read = await readPatientList(bytes, { today, madeUp: false });
  if (!read.ok) throw new Error(read.fault);
  return read.rows.map((row) => (row.ok ? row.person : `${row.row} ${row.hasLeft ? 'left' : row.reason}`));
}

const ann = { nhsNumber: '9990000018', givenName: 'Ann', familyName: 'Smith', dateOfBirth: '1985-03-07' };

test('SystmOne, SRPatient: Windows-1252, day and named month, rows that were removed', async () => {
  const file =
    'RowIdentifier,IDOrganisationVisibleTo,Title,FirstName,MiddleNames,Surname,PreviousSurname,NHSNumber,DateBirth,DateDeath,BirthPlace,Gender,SpeaksEnglish,EmailAddress,TestPatient,SSRef,SpineMatched,RemovedData\r\n' +
    '7,A99999,Mrs,Zoë,,Muñoz,"Old\r\nName",9990000018,07 Mar 1985,02 Jan 2020 00:00,,F,,,FALSE,,TRUE,0\r\n' +
    '8,A99999,,,,,,9990000026,,,,,,,,,,1\r\n';
  expect(await rowsOf(Buffer.from(file, 'latin1'))).toEqual([
    {
      ...ann,
      ...{
        givenName: 'Zoë',
        familyName: 'Muñoz',
        title: 'Mrs',
        gender: 'F',
        dateOfDeath: '2020-01-02',
        email: null,
      },
      localIds: [{ kind: 'id-patient', value: '7' }],
    },
    '3 left',
  ]);
});

test('EMIS Web, report of a practice: preamble, groups of columns above their names, an address in parts', async () => {
  const file =
    '\ufeff"Patient list",,,,,,,,\r\nOrganisation,The Example Surgery,A99999\r\nRun on,22-Nov-2026 08:01\r\nTotal,2\r\n\r\n' +
    'Patient Details,,,,,,,Address,,,,,,,\r\n' +
    "EMIS Number,Usual GP's Full Name,NHS Number,Title,Family Name,Calling Name,Date of Birth,House Name / Flat Number,Number and Street,Locality,Town,County,Postcode,,\r\n" +
    '12,"TOOSY, Raza (Dr)",999 000 0018,Mrs,Smith,Ann,07-Mar-1985,Flat 2,"1, High Street",,Newtown,Kent,ZX1 1AA,,\r\n';
  const address = 'Flat 2, 1, High Street, Newtown, Kent';
  const localIds = [{ kind: 'emis-number', value: '12' }];
  expect(await rowsOf(file)).toEqual([{ ...ann, title: 'Mrs', address, postcode: 'ZX1 1AA', localIds }]);
});

test('EMIS, Admin_Patient: ISO days, deleted and deactivated rows, marks of restricted patients', async () => {
  const header =
    'PatientGuid,Sex,DateOfBirth,DateOfDeath,GivenName,MiddleNames,Surname,NhsNumber,HouseNameFlatNumber,NumberAndStreet,Village,Town,County,Postcode,DateofDeactivation,Deleted,SpineSensitive,IsConfidential,ProcessingId\n';
  const row = (number: string, end: string) =>
    `{G},F,1985-03-07,,Ann,,Smith,${number},,1 High Street,,,,ZX1 1AA,${end},5\n`;
  const file = [
    row('9990000018', ',false,false,false'),
    row('9990000026', ',false,true,false'),
    row('9990000034', ',false,,1'),
    row('9990000174', '2020-05-05,false,false,false'),
    row('9990000425', ',true,false,false'),
    row('9990000018', '2026-12-24,false,perhaps,false'),
  ].join('');
  const person = { ...ann, gender: 'F', address: '1 High Street', postcode: 'ZX1 1AA', dateOfDeath: null };
  Object.assign(person, { localIds: [{ kind: 'patient-guid', value: 'g' }] });
  expect(await rowsOf(header + file)).toEqual([
    person,
    { ...person, nhsNumber: '9990000026', restricted: true },
    { ...person, nhsNumber: '9990000034', restricted: true },
    '5 left',
    '6 left',
    // Somebody who is to leave is here until then; a mark that nobody knows is one.
    { ...person, restricted: true },
  ]);
});

test('Vision, a list with its own names', async () => {
  const file =
    'NHS No.|Surname|Forename 1|D.O.B.|Sex|Address 1|Address 2|Post Code\n' +
    '999-000-0018|Smith|Ann|07/03/1985|F|1 High Street|Newtown|ZX1 1AA\n9990000026|Jones|Ben|13/04/1960|M|||\n';
  expect(await rowsOf(file)).toMatchObject([
    { ...ann, address: '1 High Street, Newtown', postcode: 'ZX1 1AA' },
    { dateOfBirth: '1960-04-13' },
  ]);
});

const registered = [
  'DOW~1~1111111,1234~ZZZ~20261122~1500~985440~9990000018~SMITH~ANN MARY~OLD~MRS~2~19850307~FLAT 2~1 HIGH STREET',
  'DOW~2~~NEWTOWN~KENT~ZX1  1AA~Y~~~~',
];

test.each([
  ['503\\*', '\n'],
  ['503*', '\r\n'],
  ['', '\n'],
])('a registration download, header %j: two lines a patient', async (header, end) => {
  expect(await rowsOf([header, ...registered, ''].join(end))).toEqual([
    {
      ...ann,
      givenName: 'ANN MARY',
      familyName: 'SMITH',
      title: 'MRS',
      gender: 'Female',
      address: 'FLAT 2, 1 HIGH STREET, NEWTOWN, KENT',
      postcode: 'ZX1 1AA',
    },
  ]);
});

test('a registration download with a line lost: that patient is refused, not filled up from the next', async () => {
  const [first = '', second = ''] = registered;
  const lines = ['503\\*', first, first.replace('9990000018', '9990000026'), second, second, first];
  expect(await rowsOf(lines.join('\n'))).toEqual([
    expect.stringMatching(/^2 The second line of the patient is missing/),
    expect.objectContaining({ nhsNumber: '9990000026' }),
    expect.stringMatching(/^5 The line is not the first line of a patient/),
    expect.stringMatching(/^6 The second line/),
  ]);
});

test('a number of the old style in a registration download is no NHS number', async () => {
  const [first = '', second = ''] = registered;
  const old = first.replace('9990000018', 'ABCD/123?');
  expect(await rowsOf(['503\\*', old, second].join('\n'))).toEqual([expect.stringContaining('NHS number')]);
});

test('days with the month first, when the file tells so', async () => {
  const file =
    'NHS Number,Given Name,Family Name,Date of Birth\n9990000018,Ann,Smith,03/07/1985\n9990000026,Ben,Jones,04/13/1960\n';
  expect(await rowsOf(file)).toMatchObject([{ dateOfBirth: '1985-03-07' }, { dateOfBirth: '1960-04-13' }]);
});
