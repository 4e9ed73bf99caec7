import { parse } from 'csv-parse/sync';
import type { RequestHandler, Response } from 'express';
import multer from 'multer';

/** Largest sample file, in megabytes. */
export const SAMPLE_MB = 5;

const take = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: SAMPLE_MB * 1_000_000, files: 1, fields: 5, fieldSize: 100_000, parts: 6 },
  defParamCharset: 'utf8',
}).single('sample');

/** Reads the form's file into memory, and its fields. What went wrong, {@link sampleFault} says; no error page does. */
export const readSample: RequestHandler = (req, res, next) => {
  take(req, res, (error: unknown) => {
    if (error !== undefined && error !== null) res.locals.sampleFault = wordsFor(error);
    next();
  });
};

/** Why the body could not be read, for whoever chose the file; undefined when it could. */
export function sampleFault({ locals }: Response): string | undefined {
  return locals.sampleFault;
}

function wordsFor(error: unknown): string {
  return error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE'
    ? `The selected file must be smaller than ${SAMPLE_MB} MB. The first rows are enough`
    : 'The selected file could not be uploaded. Try again';
}

/** The names in the header of a CSV file; undefined when it has none that could be read. */
export function headerOf(bytes: Buffer): string[] | undefined {
  const end = bytes.indexOf(0x0a);
  const first = bytes.subarray(0, Math.min(end < 0 ? bytes.length : end, 64 * 1024));
  try {
    const [names = []]: string[][] = parse(first, { bom: true, to: 1, trim: true });
    const named = [...new Set(names.filter((name) => name !== ''))];
    return named.length === 0 || named.some((name) => name.length > 200) ? undefined : named;
  } catch {
    return undefined;
  }
}
