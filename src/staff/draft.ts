/** A form in progress or a search is kept this long after it was begun, at most; log out ends it sooner. */
export const DRAFT_MS = 8 * 3_600_000;

/**
 * Forms in progress, search terms, results to show once: kept here, so that no NHS number and no name is in an
 * address or a session. A draft is found by its random id, and by its owner only.
 */
export interface Drafts {
  /** Keeps `data` (anything JSON can hold) and returns the id to put into an address. */
  save(practiceId: string, staffId: string, kind: string, data: unknown): Promise<string>;
  /** What was kept, to be checked by the caller; undefined when it is gone, somebody else's or of another kind. */
  find(practiceId: string, staffId: string, kind: string, id: string): Promise<unknown>;
  /** Replaces what is kept under an id that `find` would find; nothing happens for any other. */
  replace(practiceId: string, staffId: string, kind: string, id: string, data: unknown): Promise<void>;
  /** Forgets one, when what it held was saved. */
  remove(practiceId: string, staffId: string, id: string): Promise<void>;
  /** Forgets all of a person, when they log out. */
  removeAll(staffId: string): Promise<void>;
  /** Forgets those whose time is over: what they held of patients is then nowhere. */
  forgetOld(): Promise<void>;
}
