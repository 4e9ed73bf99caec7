import type { Response } from 'express';
import { type Problem, type ProblemCode, problems } from './problems.ts';
import { quotable } from './quotable.ts';

/** In seconds. */
const RETRY_AFTER = 10;

/**
 * Answers with a problem document (RFC 9457). Never says who is in a request: of what the caller sent, at most the
 * name of a column and the number of a line are repeated.
 */
export function sendProblem(
  res: Response,
  code: ProblemCode,
  where: { readonly column?: string; readonly line?: number; readonly since?: string } = {},
): void {
  const { status, title, detail }: Problem = problems[code];
  const column = where.column === undefined ? undefined : quotable(where.column);
  const place = [
    column && `Column: ${column}.`,
    where.line && `Line: ${where.line}.`,
    where.since && `Since ${where.since}.`,
  ].filter(Boolean);
  const requestId = String(res.get('X-Request-ID'));
  if ((status === 429 || status === 503) && !res.get('Retry-After'))
    res.set('Retry-After', String(RETRY_AFTER));
  if (status === 408) res.set('Connection', 'close');
  const body = {
    type: `/api/docs#${code}`,
    title,
    status,
    detail: [detail, ...place].join(' '),
    ...(isUuid(requestId) && { instance: `urn:uuid:${requestId.toLowerCase()}` }),
    code,
    ...(column && { column }),
    ...(where.line && { line: where.line }),
    ...(where.since && { since: where.since }),
  };
  res.status(status).type('application/problem+json').send(JSON.stringify(body));
}

/** The code for a reason of the guard's. A client that is gone reads no answer; the words are those for one that stopped. */
export function codeOf(reason: ProblemCode | 'client-gone'): ProblemCode {
  return reason === 'client-gone' ? 'client-stopped' : reason;
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
