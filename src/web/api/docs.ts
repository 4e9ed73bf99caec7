import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const own = fileURLToPath(new URL('../../../public/api-docs/', import.meta.url));
const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** The page's own policy: Swagger UI draws its icons from data: addresses, which no other page may. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** /api/docs: the API's description to read and to try, by Swagger UI from its package. */
export function apiDocs(): Router {
  const router = Router();
  router.use((_req, res, next) => {
    res.set('Content-Security-Policy', policy);
    next();
  });
  router.get(['/', '/start.js'], express.static(own, { redirect: false, cacheControl: false }));
  router.get(['/swagger-ui.css', '/swagger-ui-bundle.js'], express.static(swaggerUi, { maxAge: '1 day' }));
  return router;
}
