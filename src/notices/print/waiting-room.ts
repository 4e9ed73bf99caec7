import type { FormWording } from '../../objections/form-wordings.ts';
import { footOf, type LetterPractice, type Wording } from '../letter.ts';
import { type Section, sectionsOf } from '../part-headings.ts';
import { type Column, drawSections, pagesOf, type Type } from './flow.ts';
import { drawQr } from './qr.ts';
import { bytesOf, mm, openSheet, openTaggedSheet, PAGE, type Sheet } from './sheet.ts';
import { decoration, tagged } from './tags.ts';
import { drawType1Form } from './type-1-form.ts';

const LEFT = mm(18);
const WIDTH = PAGE.width - 2 * LEFT;

/** What a poster says: few words, to be read from two metres. The rest stands on the practice's page. */
export function posterSections({ content, language = 'en' }: Wording): Section[] {
  const wanted = [content.whatLeaves, content.careNotAffected, content.howToObject, content.noReasonNeeded];
  return sectionsOf(content, language).filter(({ text }) => wanted.includes(text));
}

const posterColumn: Column = { left: LEFT, width: WIDTH, top: mm(62), bottom: mm(218) };
const leafletColumn: Column = { left: LEFT, width: WIDTH, top: mm(56), bottom: mm(284) };
const posterTypes = [24, 22, 20, 18, 16, 14].map(typeOf);
const leafletTypes = [14, 13, 12, 11.5, 11].map(typeOf);

function typeOf(size: number): Type {
  return { size, gap: size * 0.55, lineGap: size * -0.1 };
}

/** The largest type with which sections fit in a column; undefined: none does. */
function fitting(sheet: Sheet, sections: readonly Section[], column: Column, types: readonly Type[]) {
  return types.find((type) => pagesOf(sheet, sections, [column, column], type)?.length === 1);
}

/** Whether a wording fits on its poster, and on the one side of its leaflet. */
export function waitingRoomFits(wording: Wording): { poster: boolean; leaflet: boolean } {
  const sheet = openSheet('');
  sheet.addPage();
  const fits = (sections: readonly Section[], column: Column, types: readonly Type[]) =>
    fitting(sheet, sections, column, types) !== undefined;
  return {
    poster: fits(posterSections(wording), posterColumn, posterTypes),
    leaflet: fits(sectionsOf(wording.content, wording.language), leafletColumn, leafletTypes),
  };
}

/** A poster of A4 for the waiting room. It is addressed to nobody, so it tells nobody. */
export async function posterPdf(wording: Wording, practice: LetterPractice, now: Date): Promise<Buffer> {
  const sheet = openTaggedSheet(wording.content.title, wording.language ?? 'en-GB', now);
  sheet.addPage();
  decoration(sheet, () => sheet.rect(0, 0, PAGE.width, mm(52)).fill('#005eb8'));
  const inHead = { width: WIDTH, height: mm(30), lineGap: -4 };
  tagged(sheet, 'P', () =>
    sheet.fillColor('#fff').font('bold').fontSize(14).text(practice.name, LEFT, mm(10), { width: WIDTH }),
  );
  tagged(sheet, 'H1', () => sheet.fontSize(26).text(wording.content.title, LEFT, mm(19), inHead));
  sheet.fillColor('#000');
  drawFitting(sheet, posterSections(wording), posterColumn, posterTypes);
  drawQr(sheet, practice.address, mm(14), mm(224), mm(58));
  const beside = { width: PAGE.width - mm(78) - LEFT };
  tagged(sheet, 'H2', () =>
    sheet
      .fillColor('#000')
      .font('bold')
      .fontSize(20)
      .text('Read more, and get the form', mm(78), mm(236), beside),
  );
  for (const line of [practice.link, 'Or ask at the desk.'])
    tagged(sheet, 'P', () =>
      sheet
        .font('regular')
        .fontSize(14)
        .text(line, mm(78), sheet.y + mm(2), beside),
    );
  drawFoot(sheet, wording, practice);
  return bytesOf(sheet);
}

/** A leaflet to take away: one sheet, what the notice says on the front and the form to fill in on the back. */
export async function leafletPdf(
  wording: Wording,
  practice: LetterPractice,
  form: FormWording,
  now: Date,
): Promise<Buffer> {
  const sheet = openTaggedSheet(wording.content.title, wording.language ?? 'en-GB', now);
  sheet.addPage();
  tagged(sheet, 'P', () =>
    sheet
      .font('bold')
      .fontSize(12)
      .text(practice.name, LEFT, mm(14), { width: mm(130) }),
  );
  tagged(sheet, 'H1', () =>
    sheet.fontSize(20).text(wording.content.title, LEFT, mm(22), { width: mm(130), lineGap: -3 }),
  );
  drawQr(sheet, practice.address, mm(156), mm(8), mm(40));
  sheet.fillColor('#000').font('regular').fontSize(8.5);
  const right = { width: PAGE.width - mm(100) - LEFT, align: 'right' } as const;
  tagged(sheet, 'P', () => sheet.text(practice.link, mm(100), mm(47), right));
  drawFitting(sheet, sectionsOf(wording.content, wording.language), leafletColumn, leafletTypes);
  drawFoot(sheet, wording, practice);
  sheet.addPage();
  drawType1Form(sheet, practice, form, 'self');
  return bytesOf(sheet);
}

function drawFitting(
  sheet: Sheet,
  sections: readonly Section[],
  column: Column,
  types: readonly Type[],
): void {
  const type = fitting(sheet, sections, column, types);
  if (type === undefined) throw new Error('the notice does not fit on its page');
  drawSections(sheet, sections, column, type);
}

function drawFoot(sheet: Sheet, { version, publishedAt }: Wording, practice: LetterPractice): void {
  sheet.font('regular').fontSize(8).fillColor('#333');
  tagged(sheet, 'P', () =>
    sheet.text(footOf(version, publishedAt, practice), LEFT, mm(288), { lineBreak: false }),
  );
  sheet.fillColor('#000');
}
