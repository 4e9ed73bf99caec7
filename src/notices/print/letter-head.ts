import type { Letter, LetterPractice } from '../letter.ts';
import { drawQr } from './qr.ts';
import { mm, type Sheet } from './sheet.ts';
import { decoration, tagged } from './tags.ts';

type HeadPlace = { readonly isLarge: boolean; readonly left: number; readonly width: number };

/** Who writes, the title, the drawing for phones, and marks that show where to fold. */
export function drawHead(
  sheet: Sheet,
  { title, date }: Letter,
  { name, link, address }: LetterPractice,
  { isLarge, left, width }: HeadPlace,
): void {
  tagged(sheet, 'P', () =>
    sheet
      .font('bold')
      .fontSize(isLarge ? 18 : 14)
      .text(name, left, mm(15), { width: mm(120) }),
  );
  drawQr(sheet, address, mm(160), mm(8), mm(32));
  sheet
    .fillColor('#000')
    .font('regular')
    .fontSize(isLarge ? 14 : 8);
  const right = { width: mm(110), align: 'right' } as const;
  tagged(sheet, 'P', () => sheet.text(`${isLarge ? '' : 'Form and more: '}${link}`, mm(80), mm(40), right));
  tagged(sheet, 'P', () => sheet.fontSize(isLarge ? 16 : 11).text(date, mm(80), mm(80), right));
  tagged(sheet, 'H1', () =>
    sheet
      .font('bold')
      .fontSize(isLarge ? 18 : 15)
      .text(title, left, mm(103), { width, height: mm(8), ellipsis: true }),
  );
  decoration(sheet, () => {
    for (const fold of [99, 198]) sheet.moveTo(mm(3), mm(fold)).lineTo(mm(8), mm(fold));
    sheet.lineWidth(0.4).stroke('#888');
  });
}
