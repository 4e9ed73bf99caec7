import type { Section } from '../part-headings.ts';
import type { Sheet } from './sheet.ts';
import { tagged } from './tags.ts';

/** Where text goes on a page, in points. */
export type Column = {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
};

export type Type = {
  readonly size: number;
  /** Below each section. */
  readonly gap: number;
  /** Between lines, besides what the font asks for. */
  readonly lineGap: number;
  /** Whether headings begin the line that they head, where there is little room. */
  readonly runIn?: boolean;
};

/** A phone number is not parted at the end of a line. */
const unparted = (text: string): string => text.replace(/(\d) (?=\d)/g, '$1\u00a0');

/** How high a section is. */
export function heightOf(sheet: Sheet, { heading, text: words }: Section, width: number, type: Type): number {
  const text = unparted(words);
  const { size, gap, lineGap } = type;
  if (type.runIn) {
    // The heading is bold, which is a little wider.
    const whole = [heading, text].filter(Boolean).join('.  ');
    return (
      sheet
        .font('regular')
        .fontSize(size)
        .heightOfString(whole, { width: width * 0.98, lineGap }) + gap
    );
  }
  const head =
    heading === null
      ? 0
      : sheet
          .font('bold')
          .fontSize(size + 1)
          .heightOfString(heading, { width, lineGap });
  return head + sheet.font('regular').fontSize(size).heightOfString(text, { width, lineGap }) + gap;
}

/**
 * Puts sections on pages, none of them cut in two.
 *
 * @param columns of the first page, and of each one after it
 * @returns the sections of each page; null when one is higher than a page
 */
export function pagesOf(
  sheet: Sheet,
  sections: readonly Section[],
  [first, next]: readonly [Column, Column],
  type: Type,
): Section[][] | null {
  const pages: Section[][] = [[]];
  let left = first.bottom - first.top;
  for (const section of sections) {
    // The gap after the last section of a page needs no room.
    const needed = heightOf(sheet, section, first.width, type);
    if (needed - type.gap > left) {
      pages.push([]);
      left = next.bottom - next.top;
      if (needed - type.gap > left) return null;
    }
    pages.at(-1)?.push(section);
    left -= needed;
  }
  return pages;
}

/** Draws sections one under the other. Gives where the next would begin. */
export function drawSections(sheet: Sheet, sections: readonly Section[], column: Column, type: Type): number {
  const { left, width } = column;
  const { size, gap, lineGap, runIn } = type;
  let y = column.top;
  for (const { heading, text: words } of sections) {
    const text = unparted(words);
    if (heading !== null && runIn) {
      tagged(sheet, 'H2', () =>
        sheet.font('bold').fontSize(size).text(`${heading}.  `, left, y, { width, lineGap, continued: true }),
      );
      tagged(sheet, 'P', () => sheet.font('regular').text(text, { width, lineGap }));
      y = sheet.y + gap;
      continue;
    }
    if (heading !== null) {
      tagged(sheet, 'H2', () =>
        sheet
          .font('bold')
          .fontSize(size + 1)
          .text(heading, left, y, { width, lineGap }),
      );
      y = sheet.y;
    }
    tagged(sheet, 'P', () => sheet.font('regular').fontSize(size).text(text, left, y, { width, lineGap }));
    y = sheet.y + gap;
  }
  return y;
}
