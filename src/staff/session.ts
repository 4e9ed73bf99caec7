/** A session as it is kept: under the hash of its id, so that whoever reads the database cannot use it. */
export type KeptSession = {
  readonly staffId: string | null;
  readonly data: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
};

export interface SessionStore {
  find(idHash: string): Promise<KeptSession | undefined>;
  add(idHash: string, session: KeptSession): Promise<void>;
  /** Does nothing when the session was ended: an answer still on its way does not bring it back. */
  update(idHash: string, changes: Partial<Omit<KeptSession, 'createdAt'>>): Promise<void>;
  remove(idHash: string): Promise<void>;
  /** Ends every session of a person, and forgets their drafts. */
  endAll(staffId: string): Promise<void>;
  /** Forgets sessions and counts of tries that are over. */
  forgetOld(now: Date): Promise<void>;
}

export type SessionLimits = { readonly idleMs: number; readonly absoluteMs: number };

/** A session without a person holds a form token at most: the log-in page may stay open overnight. */
export const NOBODY_MS = 24 * 3_600_000;

/** Whether a session may go on: used within the idle limit, and begun within the absolute one. */
export function isLive(session: KeptSession, { idleMs, absoluteMs }: SessionLimits, now: Date): boolean {
  const idle = now.getTime() - session.lastSeenAt.getTime();
  if (session.staffId === null) return idle < NOBODY_MS;
  return idle < idleMs && now.getTime() - session.createdAt.getTime() < absoluteMs;
}
