import { inspect } from 'node:util';

const words = (error: unknown): string => {
  // What Prisma's adapter says of an error of the driver is an object.
  if (!(error instanceof Error)) return inspect(error);
  const { code, cause, meta } = error as Error & { code?: string; meta?: unknown };
  return [
    code,
    error.message,
    meta === undefined ? '' : JSON.stringify(meta),
    cause ? words(cause) : '',
  ].join(' ');
};

/** Whether a transaction failed only because another writer was in the way, so that it may be tried again. */
export function isBusy(error: unknown): boolean {
  return /\bP2034\b|SQLITE_BUSY|SocketTimeout|database is locked|deadlock detected|could not serialize/i.test(
    words(error),
  );
}

/** Whether the database cannot be reached or did not answer in time: answered with 503, and nothing leaves. */
export function isUnavailable(error: unknown): boolean {
  return (
    isBusy(error) ||
    /\bP(1001|1002|1008|1011|1017|2024|2028)\b|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|DatabaseNotReachable|ConnectionClosed|server closed|terminat(ed|ing) connection|Connection terminated|connection timeout|timeout exceeded|shutting down|starting up|in recovery mode|not yet accepting|unable to open database|SQLITE_(IOERR|CANTOPEN|READONLY|FULL|CORRUPT|NOTADB)|disk I\/O|\b(57P0[123]|08\d{3})\b/i.test(
      words(error),
    )
  );
}
