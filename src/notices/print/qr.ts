import QRCode from 'qrcode';
import type { Sheet } from './sheet.ts';
import { tagged } from './tags.ts';

/** Draws a QR code with its quiet zone of 4 modules (ISO/IEC 18004), square, from its top left corner. */
export function drawQr(sheet: Sheet, text: string, x: number, y: number, side: number): void {
  tagged(sheet, 'Figure', () => drawModules(sheet, text, x, y, side), `QR code of ${text}`);
}

function drawModules(sheet: Sheet, text: string, x: number, y: number, side: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const module = side / (modules.size + 8);
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column))
        sheet.rect(x + (column + 4) * module, y + (row + 4) * module, module * 1.02, module * 1.02);
  sheet.fill('#000');
}
