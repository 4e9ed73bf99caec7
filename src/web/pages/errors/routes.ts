import type { ErrorRequestHandler, RequestHandler } from 'express';
import { frameOf } from '../../frame.ts';
import { PageError } from '../../middleware/page-error.ts';
import { render } from '../../view-engine.ts';

/** Pages there are; any other status is shown as the nearest of them. */
const titles: Record<number, string> = {
  400: 'The registry did not understand that',
  403: 'You cannot do this',
  404: 'Page not found',
  413: 'What you sent is too large',
  415: 'The registry cannot read this kind of file',
  429: 'Too many tries',
  500: 'Sorry, something went wrong',
  503: 'Sorry, the registry is not available',
};

/** For what no route answered. */
export const notFound: RequestHandler = (_req, _res, next) => next(new PageError(404, 'no such page'));

interface ErrorPages {
  /** Whether an error means that the database cannot be reached: 503, and the person may try again. */
  isUnavailable: (error: unknown) => boolean;
  /** Writes down an error that nobody expected (never what the person typed). */
  report: (error: unknown, requestId: string) => void;
}

function statusOf(error: unknown, isUnavailable: (error: unknown) => boolean): number {
  if (!(error instanceof PageError) && isUnavailable(error)) return 503;
  const status = Number((error as { status?: unknown } | undefined)?.status ?? 500);
  return titles[status] ? status : status >= 400 && status < 500 ? 400 : 500;
}

/** The last middleware: answers an error with a page that says what to do. Needs no database. */
export function errorPages({ isUnavailable, report }: ErrorPages): ErrorRequestHandler {
  return (error, _req, res, next) => {
    const status = statusOf(error, isUnavailable);
    const { requestId } = frameOf(res);
    if (status >= 500) report(error, requestId);
    if (res.headersSent) return next(error);
    if (status === 503 || status === 429) res.set('Retry-After', res.get('Retry-After') ?? '30');
    const words = error instanceof PageError ? error.words : undefined;
    render(res.status(status), 'errors/show', { title: titles[status] ?? '', status, words, requestId });
  };
}
