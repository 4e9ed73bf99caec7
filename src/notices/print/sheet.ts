import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';
import { beginTags, endTags } from './tags.ts';

/** pdfkit and its fonts take some 15 MB: they are loaded with the first document that is drawn. */
const load = createRequire(import.meta.url);

/** A document being drawn. */
export type Sheet = PDFKit.PDFDocument;

/** Millimetres, as the points of a PDF. */
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;

export const PAGE = { width: mm(210), height: mm(297) } as const;

/** Noto Sans (SIL Open Font License): Latin with all its marks, Greek and Cyrillic. */
const fontFile = (weight: '400Regular' | '700Bold'): string =>
  load.resolve(`@expo-google-fonts/noto-sans/${weight}/NotoSans_${weight}.ttf`);

/**
 * Opens a document of A4 pages without margins, with the fonts `regular` and `bold`; only what is used of them goes
 * into the file.
 */
export function openSheet(title: string, language = 'en-GB', now?: Date): Sheet {
  return opened(title, language, now, false);
}

/** The same for a file that somebody may have read aloud: it says of each piece what it is (tags.ts). */
export function openTaggedSheet(title: string, language: string, now: Date): Sheet {
  const sheet = opened(title, language, now, true);
  beginTags(sheet);
  return sheet;
}

function opened(title: string, language: string, now: Date | undefined, isTagged: boolean): Sheet {
  const Document = load('pdfkit') as typeof PDFDocument;
  const sheet = new Document({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: language,
    displayTitle: true,
    tagged: isTagged,
    info: { Title: title, ...(now && { CreationDate: now }) },
  });
  sheet.registerFont('regular', fontFile('400Regular'));
  sheet.registerFont('bold', fontFile('700Bold'));
  return sheet;
}

type Face = { readonly hasGlyphForCodePoint: (point: number) => boolean };

/** The characters of a text that the font cannot draw, each once: such a text is printed from its web page instead. */
export function undrawable(text: string): string[] {
  const sheet = openSheet('');
  sheet.addPage();
  const face = faceOf(sheet);
  return [...new Set([...text].filter((one) => one !== '\n' && !drawable(face, one)))];
}

/** The regular letters of a document, to ask what they can draw. */
export const faceOf = (sheet: Sheet): Face =>
  (sheet.font('regular') as unknown as { _font: { font: Face } })._font.font;

const drawable = (face: Face, character: string): boolean =>
  face.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);

/** The whole document as bytes: for a few pages. */
export async function bytesOf(sheet: Sheet): Promise<Buffer> {
  endTags(sheet);
  sheet.end();
  const pieces: Buffer[] = [];
  for await (const piece of sheet) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
