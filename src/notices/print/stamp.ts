import { PAGE, type Sheet } from './sheet.ts';

/** Something drawn once and put on many pages: a form object of PDF (ISO 32000-1, 8.10). */
export type Stamp = { readonly name: string; readonly put: () => void };

/** What pdfkit keeps of a page, as far as it is needed here. */
type Drawn = {
  content: { data: Record<string, unknown>; end: () => void };
  resources: { end: () => void };
  dictionary: { data: object; end: () => void };
  xobjects: Record<string, unknown>;
};
type Inside = { page: Drawn; _ctm: number[]; addContent: (operators: string) => unknown };

let made = 0;

/**
 * Draws on a page that is in no document and keeps it as a stamp. Text that is the same in 9,500 letters is laid out
 * and kept once.
 *
 * @param draw draws with the coordinates of a whole page, from the top left
 */
export function makeStamp(sheet: Sheet, draw: () => void): Stamp {
  const inside = sheet as unknown as Inside;
  const { page: before, _ctm: matrix } = inside;
  const Page = before.constructor as new (sheet: Sheet, options: object) => Drawn;
  const drawn = new Page(sheet, { size: 'A4', margin: 0 });
  inside.page = drawn;
  inside._ctm = [1, 0, 0, 1, 0, 0];
  sheet.transform(1, 0, 0, -1, 0, PAGE.height);
  draw();
  inside.page = before;
  inside._ctm = matrix;
  Object.assign(drawn.content.data, {
    ...{ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, PAGE.width, PAGE.height] },
    Resources: drawn.resources,
  });
  drawn.dictionary.data = {};
  for (const part of [drawn.dictionary, drawn.resources, drawn.content]) part.end();
  made += 1;
  const name = `Stamp${made}`;
  return {
    name,
    put() {
      inside.page.xobjects[name] = drawn.content;
      // A page counts from its top, a form object from its bottom: turned back for as long as it is put.
      sheet.save();
      sheet.transform(1, 0, 0, -1, 0, PAGE.height);
      inside.addContent(`/${name} Do`);
      sheet.restore();
    },
  };
}
