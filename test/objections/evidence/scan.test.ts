import { expect, test } from 'vitest';
import { readScan, SCAN_BYTES } from '../../../src/objections/evidence/scan.ts';
import { aJpeg, aPdf, aPng } from '../../support/scans.ts';

test.each([
  ['a PDF', aPdf(), 'application/pdf'],
  ['a PDF that speaks of encryption', aPdf('/Info 4 0 R % the word /Encrypt alone'), 'application/pdf'],
  ['a JPEG', aJpeg(), 'image/jpeg'],
  ['a JPEG of exactly the size', aJpeg(SCAN_BYTES - 6), 'image/jpeg'],
  ['a PNG', aPng, 'image/png'],
])('%s is taken', (_what, bytes, contentType) => {
  expect(readScan(bytes)).toEqual({ ok: true, contentType });
});

test.each([
  ['nothing', Buffer.alloc(0), 'empty'],
  ['a byte too much', aJpeg(SCAN_BYTES - 5), 'too-large'],
  ['a PDF with a password', aPdf('/Encrypt 5 0 R'), 'encrypted'],
  ['a PDF with its encryption in the trailer', aPdf('/Encrypt<</Filter/Standard>>'), 'encrypted'],
  ['a PDF without its end', aPdf().subarray(0, 60), 'cut-off'],
  ['a JPEG without its end', aJpeg().subarray(0, -2), 'cut-off'],
  ['a PNG without its end', aPng.subarray(0, -12), 'cut-off'],
  ['a page of HTML', Buffer.from('<script>alert(1)</script>%PDF-1.7 %%EOF'), 'not-a-scan'],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'not-a-scan'],
  ['a Word document', Buffer.from('PK\u0003\u0004'), 'not-a-scan'],
  ['a GIF', Buffer.from('GIF89a'), 'not-a-scan'],
])('%s is refused', (_what, bytes, reason) => {
  expect(readScan(bytes)).toEqual({ ok: false, reason });
});
