import type { RequestHandler } from 'express';
import type { Log } from '../../log.ts';
import { frameOf } from '../frame.ts';
import { personIfAny } from './log-in.ts';

/** Addresses of files that every page fetches: a line for each would bury the others. */
const quiet = /^\/(assets|health)\//;

/**
 * Writes one line for each answer: the pattern of the route, never the address, which holds ids; no query, no body,
 * no user agent.
 */
export function requestLog(log: Log): RequestHandler {
  return (req, res, next) => {
    if (quiet.test(req.path)) return next();
    const began = performance.now();
    res.once('close', () => {
      const person = personIfAny(res);
      const path = (req.route as { path?: unknown } | undefined)?.path;
      log.info({
        event: res.writableFinished ? 'answered' : 'broken-off',
        requestId: frameOf(res).requestId,
        method: req.method,
        route: typeof path === 'string' ? path : 'none',
        status: res.statusCode,
        ms: Math.round(performance.now() - began),
        ...(person && { practice: person.practiceId, staffId: person.id }),
      });
    });
    next();
  };
}
