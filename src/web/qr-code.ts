import { Html } from './html.ts';

/** A QR code as a drawing in the page itself: no style and no script, so the Content-Security-Policy lets it stand. */
export async function qrCode(text: string): Promise<Html> {
  // Loaded when first needed: few pages have one.
  const { default: QRCode } = await import('qrcode');
  const drawing = await QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
  return new Html(drawing.trim().replace('<svg ', '<svg aria-hidden="true" focusable="false" '));
}
