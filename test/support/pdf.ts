import { inflateSync } from 'node:zlib';

/** Every piece of drawing in a PDF of ours, unpacked. */
export function drawings(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/\/Filter \/FlateDecode[\s\S]*?stream\n/g)].flatMap(({ index, 0: head }) => {
    const from = index + head.length;
    const until = text.indexOf('\nendstream', from);
    try {
      return [inflateSync(pdf.subarray(from, until)).toString('latin1')];
    } catch {
      return [];
    }
  });
}

export const pagesOf = (pdf: Buffer) => /\/Type \/Pages\n\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1];

/** From the left and from the top, in points, where each text of a drawing begins. */
export const textPlaces = (drawing: string): { x: number; y: number }[] =>
  [...drawing.matchAll(/1 0 0 1 ([\d.]+) ([\d.]+) Tm/g)].map(([, x, y]) => ({
    x: Number(x),
    y: (297 * 72) / 25.4 - Number(y),
  }));
