import type { RequestHandler, Response } from 'express';
import multer from 'multer';
import { SCAN_BYTES } from '../../../../objections/evidence/scan.ts';

// One byte more than is taken: a scan of exactly the size is taken, and what is larger is not read to its end.
const take = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: SCAN_BYTES + 1, files: 1, fields: 5, fieldSize: 4000, parts: 6 },
  defParamCharset: 'utf8',
}).single('scan');

/** Reads the form's scan into memory, and its fields. What went wrong, {@link uploadFault} says; no error page does. */
export const readScanUpload: RequestHandler = (req, res, next) => {
  take(req, res, (error: unknown) => {
    if (error !== undefined && error !== null) res.locals.uploadFault = wordsFor(error);
    next();
  });
};

/** Why the body could not be read, for whoever chose the file; undefined when it could. */
export function uploadFault({ locals }: Response): string | undefined {
  return locals.uploadFault;
}

function wordsFor(error: unknown): string {
  return error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE'
    ? 'The selected file must be smaller than 5 MB. Scan it again in black and white, or at a lower resolution'
    : 'The selected file could not be uploaded. Try again';
}
