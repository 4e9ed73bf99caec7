import type { ErrorRequestHandler } from 'express';
import { BrokenInput } from '../../guard/release.ts';
import type { ApiServices } from './api-services.ts';
import { codeOf, sendProblem } from './send-problem.ts';

/** What nobody expected: 503 when the database does not answer, else 500. Nothing has left in either case. */
export function answerErrors({
  isUnavailable,
  log,
}: Pick<ApiServices, 'isUnavailable' | 'log'>): ErrorRequestHandler {
  return (error, req, res, _next) => {
    if (error instanceof BrokenInput) return sendProblem(res, codeOf(error.reason));
    // An address with a broken percent sign in it.
    if (error instanceof URIError) return sendProblem(res, 'no-such-address');
    const code = isUnavailable(error) ? 'not-ready' : 'internal-error';
    log.error({
      event: 'api-failed',
      requestId: String(res.get('X-Request-ID')),
      method: req.method,
      reason: code,
      error,
    });
    // Half an answer cannot be taken back; a broken connection at least shows.
    if (res.headersSent) res.destroy();
    else sendProblem(res, code);
  };
}
