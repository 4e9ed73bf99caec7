import express, { type RequestHandler } from 'express';
import session from 'express-session';
import { startFrame } from '../../src/web/frame.ts';
import { requestId } from '../../src/web/middleware/request-id.ts';
import { errorPages, notFound } from '../../src/web/pages/errors/routes.ts';

/**
 * An app of the handlers given, between the real first and last middleware, with sessions in memory:
 * for tests of one middleware. `reported` collects what the error pages wrote down.
 */
export function smallApp(...handlers: RequestHandler[]) {
  const reported: { error: unknown; requestId: string }[] = [];
  const app = express();
  app.use(requestId, startFrame({ demo: false }), express.urlencoded({ extended: false }));
  app.use(session({ secret: 'for tests only', resave: false, saveUninitialized: false }));
  for (const handler of handlers) app.use(handler);
  app.use(notFound);
  app.use(
    errorPages({
      isUnavailable: (error) => error instanceof Error && error.message === 'database gone',
      report: (error, id) => reported.push({ error, requestId: id }),
    }),
  );
  return { app, reported };
}
