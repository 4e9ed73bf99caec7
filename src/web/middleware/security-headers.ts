import { createHash } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { jsEnabled } from '../view-engine.ts';

/** The source expression by which the policy lets the one inline script of every page run. */
export const inlineScript = `'sha256-${createHash('sha256').update(jsEnabled).digest('base64')}'`;

const permissions = ['camera', 'geolocation', 'microphone', 'payment', 'usb']
  .map((name) => `${name}=()`)
  .join(', ');

/**
 * Headers of every answer: nothing but our own styles and scripts, no framing, nothing kept by browsers or proxies.
 * @param https whether people reach the registry over https: only then is plain http turned into it
 */
export function securityHeaders({ https }: { https: boolean }): RequestHandler {
  const router = Router();
  router.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          baseUri: ["'none'"],
          objectSrc: ["'none'"],
          frameAncestors: ["'none'"],
          formAction: ["'self'"],
          scriptSrc: ["'self'", inlineScript],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          manifestSrc: ["'self'"],
          ...(https && { upgradeInsecureRequests: [] }),
        },
      },
      crossOriginEmbedderPolicy: false,
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      // Not helmet's no-referrer: with it, browsers send `Origin: null` with our own forms.
      referrerPolicy: { policy: 'same-origin' },
      strictTransportSecurity: https && { maxAge: 63_072_000, includeSubDomains: true },
      xFrameOptions: { action: 'deny' },
    }),
  );
  router.use((_req, res, next) => {
    res.set({ 'Permissions-Policy': permissions, 'Cache-Control': 'no-store' });
    next();
  });
  return router;
}
