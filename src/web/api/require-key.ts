import type { RequestHandler, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Job } from '../../guard/guard.ts';
import type { ApiServices } from './api-services.ts';
import { bearerKey } from './read-headers.ts';
import { sendProblem } from './send-problem.ts';

/** Lets a request on when it brings a key that is in force and not used too often; `jobOf` says whose it is. */
export function requireKey(services: Pick<ApiServices, 'keys' | 'config'>): RequestHandler {
  const limiter = new RateLimiterMemory({ points: services.config.keyRequestsPerMinute, duration: 60 });
  return async (req, res, next) => {
    const text = bearerKey(req);
    const key = text === undefined ? undefined : await services.keys.findUsable(text);
    if (key === undefined) {
      res.set('WWW-Authenticate', `Bearer realm="opt-out registry"${text ? ', error="invalid_token"' : ''}`);
      return sendProblem(res, 'no-key');
    }
    const wait = await limiter.consume(key.id).then(() => undefined, secondsToWait);
    if (wait !== undefined) {
      res.set('Retry-After', String(wait));
      return sendProblem(res, 'too-many-requests');
    }
    res.locals.job = { keyId: key.id, practiceId: key.practiceId, extracts: key.extracts } satisfies Job;
    next();
  };
}

/** The job that sent the request; behind `requireKey`. */
export function jobOf(res: Response): Job {
  return res.locals.job as Job;
}

function secondsToWait(refused: unknown): number {
  if (!(refused instanceof RateLimiterRes)) throw refused;
  return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
}
