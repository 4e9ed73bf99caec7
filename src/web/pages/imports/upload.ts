import type { RequestHandler, Response } from 'express';
import multer from 'multer';

/** Largest file of a patient list: some 100,000 people. */
const MOST_MB = 20;

const take = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: MOST_MB * 1_000_000, files: 1, fields: 5, fieldSize: 1000, parts: 6 },
  defParamCharset: 'utf8',
}).single('list');

/** Reads the form's file into memory, and its fields. What went wrong, {@link uploadFault} says; no error page does. */
export const readUpload: RequestHandler = (req, res, next) => {
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
    ? `The selected file must be smaller than ${MOST_MB} MB`
    : 'The selected file could not be uploaded. Try again';
}
