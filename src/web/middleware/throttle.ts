import { createHmac } from 'node:crypto';
import type { Request, Response } from 'express';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Services } from '../../services.ts';
import { normaliseEmail } from '../../staff/staff.ts';
import { networkOf } from '../network.ts';
import { PageError } from './page-error.ts';

/** Begins a try with a password or one-time code; what it returns is called when it was right. */
export type Throttle = (req: Request, res: Response, email: string) => Promise<() => Promise<void>>;

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/**
 * Limits wrong tries: 5 in 15 minutes for an account from one network, 20 a day for an account from anywhere, 100 a
 * day from one network for whatever account. A try counts when it begins, so that trying many at once gains nothing,
 * and a right one is taken back. Accounts that do not exist are counted alike. Beyond a limit: 429, throws PageError.
 */
export function logInThrottle({ openLimiter, sessionSecret, log }: Services): Throttle {
  const perBoth = openLimiter({ name: 'log-in-both', points: 5, seconds: 15 * MINUTE });
  const perEmail = openLimiter({ name: 'log-in-account', points: 20, seconds: DAY });
  const perNetwork = openLimiter({ name: 'log-in-network', points: 100, seconds: DAY });
  // Hashed with a key: whoever reads the table learns neither email addresses nor where people work.
  const keyed = (...parts: string[]) =>
    createHmac('sha256', sessionSecret).update(JSON.stringify(parts)).digest('base64url');

  return async (req, res, typed) => {
    const email = normaliseEmail(typed);
    const network = networkOf(req.ip ?? '');
    const [both, account, from] = [keyed(email, network), keyed(email), keyed(network)];
    try {
      // In this order, and stopping at the first: who is over the narrow limit does not use up the wide ones.
      await perBoth.consume(both);
      await perEmail.consume(account);
      await perNetwork.consume(from);
    } catch (over) {
      if (!(over instanceof RateLimiterRes)) throw over;
      log.warn({ event: 'authn_login_throttled' });
      throw tooMany(res, Math.ceil(over.msBeforeNext / 1000));
    }
    return async () => {
      await Promise.all([perBoth.delete(both), perEmail.reward(account), perNetwork.reward(from)]);
    };
  };
}

function tooMany(res: Response, seconds: number): PageError {
  res.set('Retry-After', String(seconds));
  const minutes = Math.ceil(seconds / MINUTE);
  const wait =
    minutes > 90 ? `${Math.ceil(minutes / 60)} hours` : minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return new PageError(
    429,
    'too many tries to log in',
    `There were too many tries to log in. Try again in ${wait}. If you forgot your password, ask whoever looks after accounts at your practice for a one-time code.`,
  );
}
