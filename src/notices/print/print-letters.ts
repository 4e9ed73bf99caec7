import { setImmediate as others } from 'node:timers/promises';
import { type Addressee, type Letter, type LetterPractice, letterOf, type Wording } from '../letter.ts';
import { type Column, drawSections, pagesOf, type Type } from './flow.ts';
import { drawHead } from './letter-head.ts';
import { bytesOf, mm, openSheet, openTaggedSheet, PAGE, type Sheet } from './sheet.ts';
import { makeStamp, type Stamp } from './stamp.ts';
import { isTagged, tagged } from './tags.ts';

/**
 * Where the address stands: seen through the window of a DL envelope wherever the folded page slides. The window is 35
 * by 90 mm, 20 mm from the left and 18 mm from the bottom of an envelope of 110 by 220 mm (BS 4264); a page folded to a
 * third, 99 by 210 mm, slides by 11 and by 10 mm. So the paper between 20 and 100 mm from its left edge and between 57
 * and 81 mm from its top is always in sight, and nothing else may stand between 45 and 93 mm there.
 */
export const ADDRESS = { left: mm(21), width: mm(79), top: mm(57.5), height: mm(23.5) } as const;
const ADDRESS_SIZE = 9.5;

const LEFT = mm(21);
const WIDTH = PAGE.width - LEFT - mm(20);
const BOTTOM = mm(283.5);
/** Above the foot. */
const RETURN_TO = mm(284.2);
const first: Column = { left: LEFT, width: WIDTH, top: mm(112), bottom: BOTTOM };
/** Its title is larger. */
const firstLarge: Column = { ...first, top: mm(115) };
const next: Column = { left: LEFT, width: WIDTH, top: mm(20), bottom: BOTTOM };

/** The largest of these that fits on one page is taken. */
const sizes: readonly Type[] = [false, true].flatMap((runIn) =>
  [12, 11.5, 11, 10.5].map((size) => ({ size, gap: size * 0.45, lineGap: size * -0.12, runIn })),
);
/** Large print: 16 points and more, on both sides of as many sheets as it takes. */
const large: Type = { size: 16, gap: 12, lineGap: 0 };
const MOST_LARGE_PAGES = 4;

export type LetterForm = 'standard' | 'large-print';

/** The pages of a wording's letter, before it is anybody's; null: it does not fit. */
function layOut(sheet: Sheet, { sections }: Pick<Letter, 'sections'>, form: LetterForm) {
  if (form === 'large-print') {
    const pages = pagesOf(sheet, sections, [firstLarge, next], large);
    const fits = pages !== null && pages.length <= MOST_LARGE_PAGES;
    return fits ? { pages, type: large, front: firstLarge } : null;
  }
  for (const type of sizes) {
    const pages = pagesOf(sheet, sections, [first, next], type);
    if (pages?.length === 1) return { pages, type, front: first };
  }
  return null;
}

const nobody: Addressee = { greeting: '', lines: [] };

/** How many pages each letter of a wording has: 1, or of large print up to 4; null: it does not fit. */
export function letterPages(wording: Wording, practice: LetterPractice, form: LetterForm = 'standard') {
  const sheet = openSheet('');
  sheet.addPage();
  return layOut(sheet, letterOf(wording, practice, nobody, new Date(0)), form)?.pages.length ?? null;
}

/** A letter of one wording to one person. The same object of a wording is drawn once. */
export type ToPrint = { readonly wording: Wording; readonly addressee: Addressee };

/**
 * Letters, each on a page of its own, as a PDF that comes while it is made: what is the same in all of one wording is
 * drawn once, and no more is made than is read, so that thousands of pages take no memory.
 *
 * @param letters in the order of the pages
 * @throws into the stream, when a wording does not fit (a published one does)
 */
export function printLetters(
  title: string,
  practice: LetterPractice,
  letters: AsyncIterable<ToPrint> | Iterable<ToPrint>,
  now: Date,
  form: LetterForm = 'standard',
): Sheet {
  const sheet = openSheet(title, 'en-GB', now);
  let wake = () => {};
  Object.assign(sheet, { _read: () => wake() });
  sheet.once('close', () => wake());
  const read = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      if (sheet.destroyed || sheet.readableLength < sheet.readableHighWaterMark) resolve();
    });
  const draw = async () => {
    const drawn = new Map<Wording, Stamp[]>();
    for await (const { wording, addressee } of letters) {
      await read();
      // Drawing takes all of the process: whoever else asks for something is heard between two letters.
      await others();
      if (sheet.destroyed) return;
      sheet.addPage();
      const letter = letterOf(wording, practice, addressee, now);
      const stamps = drawn.get(wording) ?? stampsOf(sheet, letter, practice, form);
      drawn.set(wording, stamps);
      drawLetter(sheet, letter, stamps, form);
    }
    if (drawn.size === 0) sheet.addPage();
    sheet.end();
  };
  draw().catch((error: Error) => sheet.destroy(error));
  return sheet;
}

/** One letter as a whole file: to look at before thousands are printed. */
export const oneLetter = async (
  wording: Wording,
  practice: LetterPractice,
  addressee: Addressee,
  now: Date,
  form: LetterForm = 'standard',
): Promise<Buffer> => {
  const sheet = openTaggedSheet(wording.content.title, wording.language ?? 'en-GB', now);
  sheet.addPage();
  const letter = letterOf(wording, practice, addressee, now);
  drawLetter(sheet, letter, stampsOf(sheet, letter, practice, form), form);
  return bytesOf(sheet);
};

function stampsOf(sheet: Sheet, letter: Letter, practice: LetterPractice, form: LetterForm): Stamp[] {
  const laid = layOut(sheet, letter, form);
  if (laid === null) throw new Error('the notice does not fit on its letter');
  // What is drawn once for all cannot say on each page what it is: a whole run is for the printer.
  const made = (draw: () => void): Stamp =>
    isTagged(sheet) ? { name: '', put: draw } : makeStamp(sheet, draw);
  return laid.pages.map((sections, i) =>
    made(() => {
      if (i === 0)
        drawHead(sheet, letter, practice, { isLarge: form === 'large-print', left: LEFT, width: WIDTH });
      drawSections(sheet, sections, i === 0 ? laid.front : next, laid.type);
      const count = laid.pages.length > 1 ? ` Page ${i + 1} of ${laid.pages.length}.` : '';
      const foot = `${letter.foot}${count}`;
      sheet.font('regular').fillColor('#333');
      sheet.fontSize(fitting(sheet, foot, WIDTH, form === 'standard' ? 8 : 11));
      tagged(sheet, 'P', () => sheet.text(foot, LEFT, mm(288), { lineBreak: false }));
      sheet.fillColor('#000');
    }),
  );
}

/** What is this person's alone. The stamp is on the page first, and pages after the first have nothing else. */
function drawLetter(
  sheet: Sheet,
  { to, greeting, returnTo }: Letter,
  [front, ...back]: readonly Stamp[],
  form: LetterForm,
): void {
  // What is read aloud begins with to whom it is; the stamp has to be on the page first.
  if (!isTagged(sheet)) front?.put();
  sheet.fillColor('#000').font('regular').fontSize(ADDRESS_SIZE);
  const step = ADDRESS.height / 6;
  to.forEach((line, i) => {
    sheet.fontSize(fitting(sheet, line, ADDRESS.width, ADDRESS_SIZE));
    tagged(sheet, 'P', () => sheet.text(line, ADDRESS.left, ADDRESS.top + i * step, { lineBreak: false }));
  });
  tagged(sheet, 'P', () =>
    sheet.fontSize(form === 'standard' ? 11 : 16).text(greeting, LEFT, mm(95), { lineBreak: false }),
  );
  if (isTagged(sheet)) front?.put();
  sheet.font('regular');
  if (returnTo !== null) {
    sheet.fontSize(fitting(sheet, returnTo, WIDTH, form === 'standard' ? 8 : 11));
    tagged(sheet, 'P', () => sheet.text(returnTo, LEFT, RETURN_TO, { lineBreak: false }));
  }
  for (const stamp of back) {
    sheet.addPage();
    stamp.put();
  }
}

/** The size at which a line is no wider than there is room, down to 6 points. */
function fitting(sheet: Sheet, line: string, width: number, size: number): number {
  const wide = sheet.fontSize(size).widthOfString(line);
  return wide <= width ? size : Math.max(6, (size * width) / wide);
}
