import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { type SessionData, Store } from 'express-session';
import type { Config } from '../../config.ts';
import { isLive, type SessionStore } from '../../staff/session.ts';

declare module 'express-session' {
  interface SessionData {
    /** When the session was first kept: from then on it is only ever updated, never made again. */
    began?: string;
    /** Passport's: the id of the account. */
    passport?: { user?: string };
  }
}

type Done = (error?: unknown) => void;

/** Sessions of requests that a script sends by itself: nobody has to be there for them. */
const unnoticed = new WeakSet<object>();

/** Does not count this request as use of the session. */
export function goUnnoticed({ session }: Request): void {
  unnoticed.add(session);
}

/** How often, as a share of the idle limit, "last seen" is written while somebody works. */
export const TOUCHES_PER_LIMIT = 20;

/** Under what a session is kept. */
export const hashOf = (sid: string): string => createHash('sha256').update(sid).digest('hex');

/** Keeps express-session's sessions under the hash of their id, and holds the limits, which no cookie can stretch. */
export class KeptSessions extends Store {
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
    const lastSeenAt = this.#now();
    const isNew = data.began === undefined;
    data.began ??= lastSeenAt.toISOString();
    const row = { staffId: data.passport?.user ?? null, data: JSON.stringify(data), lastSeenAt };
    const written = isNew
      ? this.#kept.add(hashOf(sid), { ...row, createdAt: lastSeenAt })
      : this.#kept.update(hashOf(sid), row);
    written.then(() => done(), done);
  }

  override touch(sid: string, data: SessionData, done: Done = () => {}): void {
    const touched = unnoticed.has(data) ? Promise.resolve() : this.#touch(hashOf(sid));
    touched.then(() => done(), done);
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
