import { faceOf, openSheet } from './sheet.ts';

/** Tells of many texts whether the font can draw them; what it was asked once it knows. */
export function drawer(): (text: string) => boolean {
  const sheet = openSheet('');
  sheet.addPage();
  const face = faceOf(sheet);
  const known = new Map<string, boolean>([['\n', true]]);
  const isKnown = (one: string): boolean => {
    const found = known.get(one) ?? face.hasGlyphForCodePoint(one.codePointAt(0) ?? 0);
    known.set(one, found);
    return found;
  };
  return (text) => [...text].every(isKnown);
}
