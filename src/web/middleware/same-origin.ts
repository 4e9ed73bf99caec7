import type { RequestHandler } from 'express';
import { PageError } from './page-error.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets a request change something only if it comes from our own pages. The rules are those of CrossOriginProtection in
 * Go 1.25's net/http, but a request that says nothing of where it comes from is refused: these routes are for browsers, and browsers do.
 * @param publicOrigin such as `https://registry.example.nhs.uk`; without it (outside production) Origin must be of Host
 */
export function sameOrigin({ publicOrigin }: { publicOrigin?: string | undefined }): RequestHandler {
  return (req, _res, next) => {
    if (safe.has(req.method)) return next();
    const origin = req.get('origin');
    const site = req.get('sec-fetch-site');
    const ours = publicOrigin ?? `${req.protocol}://${req.get('host')}`;
    if (origin === ours || site === 'same-origin' || site === 'none') return next();
    next(new PageError(403, 'cross-origin request refused'));
  };
}
