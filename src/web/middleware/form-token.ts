import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type {} from 'express-session';
import { frameOf } from '../frame.ts';
import { PageError } from './page-error.ts';

declare module 'express-session' {
  interface SessionData {
    /** Stands in every form of this session; made with its first form. */
    formToken?: string;
  }
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

function equal(given: unknown, expected: string | undefined): boolean {
  if (typeof given !== 'string' || !expected) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function tokenOf(req: Request): string {
  req.session.formToken ??= randomBytes(32).toString('base64url');
  return req.session.formToken;
}

/** Refuses a form that was not served to this session. For uploads: stands after multer, which reads the fields. */
export const checkFormToken: RequestHandler = (req, _res, next) => {
  const given = req.body?._csrf ?? req.get('x-csrf-token');
  next(equal(given, req.session.formToken) ? undefined : new PageError(403, 'form token missing or wrong'));
};

/**
 * Gives pages the session's form token, and checks it on every request that may change something.
 * Stands after the session and the parser of form bodies. Whoever logs in gets a new session, and so a new token.
 * @param uploads the paths whose body only their own route can read: there, `checkFormToken` stands after multer.
 *   Anywhere else a multipart body holds no token that could be seen, and is refused.
 */
export function formToken({ uploads = [] }: { uploads?: string[] } = {}): RequestHandler {
  return (req, res, next) => {
    frameOf(res).formToken = () => tokenOf(req);
    const later = uploads.includes(req.path) && req.is('multipart/form-data');
    return safe.has(req.method) || later ? next() : checkFormToken(req, res, next);
  };
}
