import type { Sheet } from './sheet.ts';

/** What a screen reader is told of a piece (ISO 32000-1, 14.8.4). */
type Tag = 'H1' | 'H2' | 'P' | 'Figure';

const roots = new WeakMap<Sheet, PDFKit.PDFStructureElement>();

/** Begins to keep what the pieces of a document are, in the order in which they are drawn. */
export function beginTags(sheet: Sheet): void {
  const root = sheet.struct('Document');
  sheet.addStructure(root);
  roots.set(sheet, root);
}

export const isTagged = (sheet: Sheet): boolean => roots.has(sheet);

/** Draws something that is read. Where nothing is kept of that, it only draws. @param alt what a picture shows */
export function tagged<T>(sheet: Sheet, tag: Tag, draw: () => T, alt?: string): T {
  const root = roots.get(sheet);
  if (root === undefined) return draw();
  const content = sheet.markStructureContent(tag);
  const drawn = draw();
  sheet.endMarkedContent();
  root.add(sheet.struct(tag, alt === undefined ? {} : { alt }, [content]));
  return drawn;
}

/** Draws what is only looked at: lines, boxes, colours. */
export function decoration(sheet: Sheet, draw: () => void): void {
  const isKept = isTagged(sheet);
  if (isKept) sheet.markContent('Artifact', { type: 'Layout' });
  draw();
  if (isKept) sheet.endMarkedContent();
}

/** Ends what is kept, before the document ends. */
export function endTags(sheet: Sheet): void {
  roots.get(sheet)?.end();
}
