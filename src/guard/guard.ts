import type { ExtractStore } from '../extracts/extract-store.ts';
import type { Decide, NoRule } from './decide.ts';
import type { LiveIndex } from './live-index.ts';
import type { ReleaseRoom } from './release-room.ts';
import type { ReleaseStore, StopReason } from './release-store.ts';
import type { SpoolPlace } from './spool-room.ts';
import type { StopKind } from './stop.ts';

/** What the guard works with. */
export type Guard = {
  readonly extracts: ExtractStore;
  readonly releases: ReleaseStore;
  /** The index of a practice's patients, always the same object for one practice. */
  readonly indexOf: (practiceId: string) => LiveIndex;
  readonly now: () => Date;
  /** The folder for spools (made when missing), and the room that they have in it together. */
  readonly spools: SpoolPlace;
  /** How many releases are at work, and may be. */
  readonly room: ReleaseRoom;
  /** The most that one release may spool, in bytes. */
  readonly spoolMaxBytes: number;
  /** In the place of decidePatient: only a test gives it, to see a broken guard stop itself. */
  readonly decide?: Decide;
};

/** An extract job, known by its key. */
export type Job = {
  readonly keyId: string;
  readonly practiceId: string;
  /** The ids of the extracts that the key may use. */
  readonly extracts: readonly string[];
};

/** Why nothing is released or checked at all. */
export type Refusal =
  | StopReason
  | 'not-your-extract'
  | 'no-such-extract'
  | 'checks-not-approved'
  | StopKind
  | 'objections-not-taken-in'
  | 'wrong-type'
  | 'too-many-releases'
  | NoRule;

export type Refused = {
  readonly ok: false;
  readonly reason: Refusal;
  /** Since which day, `YYYY-MM-DD` in London, for an extract that was suspended or ended. */
  readonly since?: string;
};
