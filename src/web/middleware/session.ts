import { createHash } from 'node:crypto';
import { type Request, type RequestHandler, Router } from 'express';
import session, { type SessionData, Store } from 'express-session';
import type { Config } from '../../config.ts';
import { isLive, type SessionStore } from '../../staff/session.ts';

declare module 'express-session' {
  interface SessionData {
    /** Set when the session is first kept: from then on it is only ever updated, never made again. */
    kept?: true;
    /** Passport's: the id of the account. */
    passport?: { user?: string };
  }
}

type Done = (error?: unknown) => void;

/** How often, as a share of the idle limit, "last seen" is written while somebody works. */
const TOUCHES_PER_LIMIT = 20;

const hashOf = (sid: string): string => createHash('sha256').update(sid).digest('hex');

/** Keeps express-session's sessions under the hash of their id, and holds the limits, which no cookie can stretch. */
class KeptSessions extends Store {
  readonly #kept: SessionStore;
  readonly #limits: { idleMs: number; absoluteMs: number };
  readonly #now: () => Date;

  constructor(kept: SessionStore, config: Config, now: () => Date) {
    super();
    this.#kept = kept;
    this.#limits = { idleMs: config.sessionIdleMs, absoluteMs: config.sessionAbsoluteMs };
    this.#now = now;
  }

  override get(sid: string, done: (error: unknown, session?: SessionData | null) => void): void {
    const read = this.#kept.find(hashOf(sid)).then((row): SessionData | null => {
      const live = row !== undefined && isLive(row, this.#limits, this.#now());
      return live ? JSON.parse(row.data) : null;
    });
    read.then((data) => done(null, data), done);
  }

  override set(sid: string, data: SessionData, done: Done = () => {}): void {
    const isNew = data.kept !== true;
    data.kept = true;
    const lastSeenAt = this.#now();
    const row = { staffId: data.passport?.user ?? null, data: JSON.stringify(data), lastSeenAt };
    const written = isNew
      ? this.#kept.add(hashOf(sid), { ...row, createdAt: lastSeenAt })
      : this.#kept.update(hashOf(sid), row);
    written.then(() => done(), done);
  }

  override touch(sid: string, _data: SessionData, done: Done = () => {}): void {
    this.#touch(hashOf(sid)).then(() => done(), done);
  }

  async #touch(idHash: string): Promise<void> {
    const now = this.#now();
    const row = await this.#kept.find(idHash);
    const wait = this.#limits.idleMs / TOUCHES_PER_LIMIT;
    if (row && now.getTime() - row.lastSeenAt.getTime() >= wait)
      await this.#kept.update(idHash, { lastSeenAt: now });
  }

  override destroy(sid: string, done: Done = () => {}): void {
    this.#kept.remove(hashOf(sid)).then(() => done(), done);
  }
}

/** `__Host-` makes browsers refuse the cookie from another host, from a part of the site, or without https. */
const cookieName = (https: boolean): string => (https ? '__Host-sid' : 'sid');

export type Sessions = { readonly config: Config; readonly sessionSecret: string; readonly now: () => Date };

/** Sessions of browsers. In a session: passport's account id, a form token, words of what was done. Nothing else. */
export function sessions(kept: SessionStore, { config, sessionSecret, now }: Sessions): RequestHandler {
  const secure = config.publicUrl.startsWith('https:');
  const router = Router();
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

/** Whether the browser came with the cookie of a session that is over: ended, timed out, or never ours. */
export function cameWithEndedSession(req: Request, config: Config): boolean {
  const cookies = (req.get('cookie') ?? '').split('; ');
  const name = cookieName(config.publicUrl.startsWith('https:'));
  const [sent] = cookies.filter((cookie) => cookie.startsWith(`${name}=`));
  return sent !== undefined && !sent.startsWith(`${name}=${encodeURIComponent(`s:${req.sessionID}.`)}`);
}
