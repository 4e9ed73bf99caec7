import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Request, type RequestHandler, Router } from 'express';
import session from 'express-session';
import type { Config } from '../../config.ts';
import type { SessionStore } from '../../staff/session.ts';
import { KeptSessions } from './kept-sessions.ts';

/** `__Host-` makes browsers refuse the cookie from another host, from a part of the site, or without https. */
const cookieName = (https: boolean): string => (https ? '__Host-sid' : 'sid');

export type Sessions = { readonly config: Config; readonly sessionSecret: string; readonly now: () => Date };

/** Sessions of browsers. In a session: passport's account id, a form token, words of what was done. Nothing else. */
export function sessions(kept: SessionStore, { config, sessionSecret, now }: Sessions): RequestHandler {
  const secure = config.publicUrl.startsWith('https:');
  const router = Router();
  if (secure) router.use(overHttps);
  router.use(
    session({
      name: cookieName(secure),
      secret: sessionSecret,
      store: new KeptSessions(kept, config, now),
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, secure, sameSite: 'lax', path: '/' },
    }),
  );
  router.use(saveBeforeRedirect);
  return router;
}

/**
 * Where PUBLIC_URL is https, something in front of the app ends it, and may not say so in a header. The cookie is
 * marked Secure in any case: without this express-session would not send it, and nobody could log in.
 */
const overHttps: RequestHandler = (req, _res, next) => {
  Object.defineProperty(req, 'secure', { value: true });
  next();
};

/** A browser follows a redirect as soon as it reads the header, so what the next page says has to be kept before. */
const saveBeforeRedirect: RequestHandler = (req, res, next) => {
  const redirect = res.redirect.bind(res) as (status: number, url: string) => void;
  res.redirect = (first: number | string, second?: number | string) => {
    const [status, url] = typeof first === 'number' ? [first, String(second)] : [302, first];
    if (req.session?.done === undefined) return redirect(status, url);
    req.session.save((error) => (error ? next(error) : redirect(status, url)));
  };
  next();
};

/** The cookie of a session that is over (ended, timed out, or never ours), with which the browser came. */
export function endedCookie(req: Request, config: Config): string | undefined {
  const cookies = (req.get('cookie') ?? '').split('; ');
  const name = cookieName(config.publicUrl.startsWith('https:'));
  const sent = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
  return sent?.startsWith(encodeURIComponent(`s:${req.sessionID}.`)) ? undefined : sent;
}

/** The id of the session that a cookie is of; undefined when we never gave such a cookie. */
export function signedId(cookie: string, secret: string): string | undefined {
  const [, id = '', signature = ''] = /^s(?::|%3A)([\w-]+)\.(.+)$/i.exec(cookie) ?? [];
  const expected = createHmac('sha256', secret).update(id).digest('base64').replace(/=+$/, '');
  const [given, right] = [Buffer.from(unescaped(signature)), Buffer.from(expected)];
  return given.length === right.length && timingSafeEqual(given, right) ? id : undefined;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
