import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { type Addressee, letterOf, windowLines } from '../../src/notices/letter.ts';
import { letterPractice } from '../../src/notices/letter-practice.ts';
import { cannotPrint } from '../../src/notices/print/cannot-print.ts';
import { ADDRESS, letterPages, oneLetter, printLetters } from '../../src/notices/print/print-letters.ts';
import { mm, undrawable } from '../../src/notices/print/sheet.ts';
import { type1FormPdf } from '../../src/notices/print/type-1-form.ts';
import { leafletPdf, posterPdf } from '../../src/notices/print/waiting-room.ts';
import { wordingOn } from '../../src/objections/form-wordings.ts';
import { drawings, pagesOf, textPlaces } from '../support/pdf.ts';
import { aWording } from './wordings.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const practice = letterPractice('https://registry.example', {
  name: 'Surgery',
  madeUp: false,
  ods: 'A12345',
});
const wording = { version: 3, content: aWording(), publishedAt: now };
const ada: Addressee = { greeting: 'Ms Ada Łukasz', lines: ['Ms Ada Łukasz', '1 High Street', 'ZZ99 3CZ'] };

describe('the lines in the window', () => {
  test.each([
    ['as they are', ['A', '1 Road', 'Town', 'ZZ99 3CZ'], ['A', '1 Road', 'Town', 'ZZ99 3CZ']],
    ['without empty ones', ['A', ' ', '1  Road', '', 'ZZ99 3CZ'], ['A', '1 Road', 'ZZ99 3CZ']],
    [
      'at most six: the shortest neighbours share one, name and postcode never',
      ['Ms A', 'Flat 3', 'Long House', '17 Very Long Street', 'Town', 'County', 'England', 'ZZ99 3CZ'],
      ['Ms A', 'Flat 3, Long House', '17 Very Long Street', 'Town, County', 'England', 'ZZ99 3CZ'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(windowLines(lines)).toEqual(expected);
  });

  test('stand inside the window wherever the page slides in a DL envelope', () => {
    // Window of 35 by 90 mm, 20 mm from the left and 18 from the bottom of 220 by 110 mm; the page is 210 by 99.
    const top = 110 - 18 - 35;
    const always = { left: 20, right: 20 + 90 - 10, top, bottom: top + 35 - 11 };
    expect(ADDRESS.left).toBeGreaterThanOrEqual(mm(always.left));
    expect(ADDRESS.left + ADDRESS.width).toBeLessThanOrEqual(mm(always.right));
    expect(ADDRESS.top).toBeGreaterThanOrEqual(mm(always.top));
    expect(ADDRESS.top + ADDRESS.height).toBeLessThanOrEqual(mm(always.bottom));
  });
});

test('a letter says who writes, which version, and greets; of another language it has no English around it', () => {
  const english = letterOf(wording, practice, ada, now);
  expect(english).toMatchObject({ greeting: 'Dear Ms Ada Łukasz', date: '20 November 2026' });
  expect(english.foot).toBe('Surgery. Notice version 3, 20 November 2026.');
  expect(english.returnTo).toBeNull();
  const sent = letterOf(wording, practice, { ...ada, reference: 'BCDF-GHJK-LMNP' }, now);
  expect(sent.returnTo).toBe(
    'If this letter was not delivered, please return it to Surgery. Reference BCDF-GHJK-LMNP',
  );
  const polish = letterOf({ ...wording, language: 'pl' }, practice, ada, now);
  expect(polish).toMatchObject({ greeting: 'Ms Ada Łukasz', date: '20 listopada 2026' });
  expect(polish.sections.map(({ heading }) => heading)).toEqual(polish.sections.map(() => null));
});

test('letters are one page each; what is the same in all is drawn once', async () => {
  const count = 200;
  const many = Array.from({ length: count }, () => ({ wording, addressee: ada }));
  const pieces: Buffer[] = [];
  for await (const piece of printLetters('Letters', practice, many, now)) pieces.push(piece as Buffer);
  const pdf = Buffer.concat(pieces);
  expect(pagesOf(pdf)).toBe(String(count));
  expect(pdf.toString('latin1').match(/\/Subtype \/Form/g)).toHaveLength(1);
  expect(drawings(pdf).filter((one) => /\/Stamp\d+ Do/.test(one))).toHaveLength(count);
  // Drawn again on every page, a letter would take several kilobytes.
  expect(pdf.length / count).toBeLessThan(1500);
});

test('while thousands are drawn others have their turn, once a letter', async () => {
  const count = 50;
  let turns = 0;
  let isDrawing = true;
  const other = () => {
    turns += 1;
    if (isDrawing) setImmediate(other);
  };
  setImmediate(other);
  const many = Array.from({ length: count }, () => ({ wording, addressee: ada }));
  const sheet = printLetters('Letters', practice, many, now);
  sheet.resume();
  await once(sheet, 'end');
  isDrawing = false;
  expect(turns).toBeGreaterThanOrEqual(count);
});

test('no letters are an empty page, and a reader that goes away ends the printing', async () => {
  const none: Buffer[] = [];
  for await (const piece of printLetters('Letters', practice, [], now)) none.push(piece as Buffer);
  expect(pagesOf(Buffer.concat(none))).toBe('1');
  let asked = 0;
  function* endless() {
    for (;;) {
      asked += 1;
      yield { wording, addressee: ada };
    }
  }
  const sheet = printLetters('Letters', practice, endless(), now);
  for await (const _piece of sheet) if (asked > 20) break;
  const then = asked;
  if (!sheet.closed) await once(sheet, 'close');
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toBeLessThanOrEqual(then + 1);
});

test('every line of the address is on the page, at its place', async () => {
  const drawn = drawings(await oneLetter(wording, practice, ada, now));
  const inWindow = drawn
    .flatMap(textPlaces)
    .filter(({ x, y }) => Math.abs(x - ADDRESS.left) < 1 && y > mm(57) && y < mm(82));
  expect(inWindow).toHaveLength(ada.lines.length);
});

test('a letter, a poster, a leaflet and the form say of their pieces what they are, and in which language', async () => {
  const form = wordingOn('2026-11-20');
  if (form === undefined) throw new Error('no form');
  const polish = { ...wording, language: 'pl' };
  const files: readonly (readonly [Buffer, string, number])[] = [
    [await oneLetter(wording, practice, ada, now), 'en-GB', 1],
    [await oneLetter(polish, practice, ada, now, 'large-print'), 'pl', 1],
    [await posterPdf(wording, practice, now), 'en-GB', 1],
    // The form on its back has a heading of its own.
    [await leafletPdf(wording, practice, form, now), 'en-GB', 2],
    [await type1FormPdf(practice, form, ['self'], now), 'en-GB', 1],
  ];
  for (const [pdf, language, titles] of files) {
    const text = pdf.toString('latin1');
    expect(text).toMatch(/\/Marked true/);
    expect(text).toContain('/StructTreeRoot');
    expect(text).toContain(`/Lang (${language})`);
    expect(text.match(/\/S \/H1\n/g)).toHaveLength(titles);
    expect(text.match(/\/S \/P\n/g)?.length).toBeGreaterThan(5);
  }
});

test('large print takes more pages, and a longer text takes smaller type before it is refused', () => {
  expect(letterPages(wording, practice)).toBe(1);
  expect(letterPages(wording, practice, 'large-print')).toBe(2);
  const longer = { ...wording, content: aWording({ why: 'They use it to plan care. '.repeat(40) }) };
  expect(letterPages(longer, practice)).toBe(1);
  const tooLong = aWording({ why: 'They use it to plan care. '.repeat(140) });
  expect(letterPages({ ...wording, content: tooLong }, practice)).toBeNull();
  expect(cannotPrint(tooLong, practice)).toEqual(
    expect.arrayContaining([expect.stringMatching(/one page of the letter/)]),
  );
  expect(cannotPrint(aWording(), practice)).toEqual([]);
});

test('names of many languages can be drawn; scripts that cannot are named', () => {
  expect(
    undrawable('Zażółć gęślą jaźń, Ștefan Țepeș, Đặng Thị Hồng, Ångström, Шевченко, Παπαδόπουλος, ’“”–…'),
  ).toEqual([]);
  expect(undrawable('Ali علي')).toEqual(['ع', 'ل', 'ي']);
});

test('the form is one page for oneself and one for somebody else', async () => {
  const form = wordingOn('2026-11-20');
  if (form === undefined) throw new Error('no form');
  expect(pagesOf(await type1FormPdf(practice, form, ['self'], now))).toBe('1');
  expect(pagesOf(await type1FormPdf(practice, form, ['self', 'proxy'], now))).toBe('2');
});
