/** Bytes of a scan, at most. */
export const SCAN_BYTES = 5_000_000;

export const scanTypes = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' } as const;
export type ScanType = keyof typeof scanTypes;

export type ScanFault = 'empty' | 'too-large' | 'encrypted' | 'cut-off' | 'not-a-scan';
export type ScanRead =
  | { readonly ok: true; readonly contentType: ScanType }
  | { readonly ok: false; readonly reason: ScanFault };

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const JPEG_END = Buffer.from([0xff, 0xd9]);
/** Where a reader of PDF looks for the mark of the end, in bytes from the end. */
const PDF_TAIL = 2048;

/**
 * Finds out from its bytes what a file is: a PDF, a JPEG or a PNG that is whole and that anybody can open. Neither the
 * name nor what the browser says of it counts.
 */
export function readScan(bytes: Buffer): ScanRead {
  if (bytes.length === 0) return { ok: false, reason: 'empty' };
  if (bytes.length > SCAN_BYTES) return { ok: false, reason: 'too-large' };
  if (bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) return readPdf(bytes);
  if (bytes.subarray(0, JPEG.length).equals(JPEG))
    return whole(bytes.lastIndexOf(JPEG_END) > JPEG.length, 'image/jpeg');
  if (bytes.subarray(0, PNG.length).equals(PNG))
    return whole(bytes.indexOf('IHDR') === 12 && bytes.lastIndexOf('IEND') > 12, 'image/png');
  return { ok: false, reason: 'not-a-scan' };
}

/** The trailer of an encrypted PDF says so in plain bytes, in files of every version (ISO 32000-2, 7.6). */
function readPdf(bytes: Buffer): ScanRead {
  if (/\/Encrypt\s*(\d+\s+\d+\s+R|<<)/.test(bytes.toString('latin1')))
    return { ok: false, reason: 'encrypted' };
  return whole(bytes.subarray(-PDF_TAIL).includes('%%EOF'), 'application/pdf');
}

const whole = (isWhole: boolean, contentType: ScanType): ScanRead =>
  isWhole ? { ok: true, contentType } : { ok: false, reason: 'cut-off' };
