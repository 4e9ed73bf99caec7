import '../support/registry.ts';
import { describe, expect, test } from 'vitest';
import { readEmail, readFormat, readLanguage, readMobile } from '../../src/patients/list-contact.ts';
import { openImportScene } from './import-scene.ts';

describe('a mobile', () => {
  test.each([
    ['07700 900123', '07700900123'],
    ['+44 7700 900123', '07700900123'],
    ['+44 (0)7700-900123', '07700900123'],
    ['0044 7700 900 123', '07700900123'],
    // A landline is not worth a note.
    ['020 7946 0123', null],
    // The 0 was lost in a spreadsheet, or it is an NHS number in the wrong column: doubt.
    ['7700900123', undefined],
    ['999 000 0018', undefined],
    ['070 1234 56789', undefined],
    ['+33 6 12 34 56 78', undefined],
    ['ask her daughter', undefined],
    ['=07700900123', undefined],
  ])('%s', (cell, mobile) => {
    expect(readMobile(cell)).toBe(mobile);
  });
});

test.each([
  ['ann.smith@example.com', 'ann.smith@example.com'],
  ['ann@example', undefined],
  ['ann smith@example.com', undefined],
  ['ann@example.com; ben@example.com', undefined],
  ['=cmd@example.com', undefined],
])('the email address %s', (cell, email) => {
  expect(readEmail(cell)).toBe(email);
});

test.each([
  ['English', null],
  ['Main spoken language English', null],
  ['en-GB', null],
  ['Polish', 'pl'],
  ['Main spoken language Polish', 'pl'],
  ['pl', 'pl'],
  ['British Sign Language', 'bfi'],
  ['Klingon', 'und'],
])('the language %s', (cell, language) => {
  expect(readLanguage(cell)).toBe(language);
});

test.each([
  ['Large print', 'large-print'],
  ['Requires information in Easyread', 'easy-read'],
  ['Audio CD', 'audio'],
  ['Braille', 'braille'],
  ['Standard', null],
  ['By pigeon', 'other'],
])('the format %s', (cell, format) => {
  expect(readFormat(cell)).toBe(format);
});

const HEADER =
  'NHS Number,Given Name,Family Name,Date of Birth,Mobile Telephone,E-mail,No Mail,Main Language,Carer Name,Information Format';

test('what the list says is taken, kept where a list says nothing, and put back by undoing', async () => {
  const scene = await openImportScene();
  const read = async () => {
    const { reader } = scene.registry.services.database;
    return reader.patient.findFirst({
      select: {
        mobile: true,
        email: true,
        noMail: true,
        language: true,
        carerName: true,
        contactFormat: true,
      },
    });
  };
  const person = '9990000018,Ann,Smith,1985-03-07';
  const first = await scene.take(
    `${HEADER}\n${person},07700 900123,ann@example.com,Yes,Polish,Mary Smith,Large print\n`,
  );
  expect(first.report).toEqual(['2 added']);
  const taken = { mobile: '07700900123', email: 'ann@example.com', noMail: true, language: 'pl' };
  expect(await read()).toEqual({ ...taken, carerName: 'Mary Smith', contactFormat: 'large-print' });
  await scene.take(`NHS Number,Given Name,Family Name,Date of Birth\n${person}\n`);
  expect(await read()).toMatchObject(taken);
  // A bad cell costs nobody their row; it is kept out, and the report says so.
  scene.later(60_000);
  const second = await scene.take(`${HEADER}\n${person},7700900123,ann at example,No,,,\n`);
  expect(second.report).toEqual([
    '2 changed: Changed: mobile, email address, language, format, carer, mail again. The mobile was left out: it has to be a UK mobile number, 07 and 9 more digits. The email address was left out: it is not one.',
  ]);
  const nothing = { mobile: null, email: null, noMail: false, language: null };
  expect(await read()).toEqual({ ...nothing, carerName: null, contactFormat: null });
  const undone = { practiceId: scene.practice.id, importId: second.id };
  expect(
    await scene.registry.services.patients.undoImport(undone, { kind: 'system', id: 't' }),
  ).toMatchObject({
    ok: true,
  });
  expect(await read()).toMatchObject(taken);
  await scene.end();
});
