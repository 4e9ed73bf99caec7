import type { Hash } from './merkle.ts';
import type { Tile } from './tiles.ts';

/** What of a ledger everybody may see. */
export type Published = {
  /** YYYY-MM-DD in London */
  readonly day: string;
  readonly at: Date;
  readonly size: number;
  /** The signed checkpoint, to the letter. */
  readonly note: string;
};

/** When the day's checkpoint is published, in London: so that nobody can watch the moment at which somebody objects. */
export const PUBLISHED_FROM = '04:00';

/**
 * What is published each day counts a multiple of so many entries: the ledger is padded to it first, by entries that say
 * nothing and that nobody can tell from others. The size of the log is public, each act on an objection makes it grow,
 * and everything else that does (releases, the register of the day) is public too: on a day without other work the
 * difference of two sizes would be the number of objections. Now it is 32, whatever was recorded, up to some thirty.
 */
export const PADDED_TO = 32;

/** The part of the ledgers that is public. Nothing here gives out an entry that no published checkpoint counts. */
export interface PublicLog {
  /** The last published checkpoint; null when there is none. */
  latest(practiceId: string): Promise<Published | null>;
  /** The published checkpoint of a day: the first from that day on. */
  from(practiceId: string, day: string): Promise<Published | null>;
  /** The first published checkpoint that counts an entry; null when none does yet. */
  firstWith(practiceId: string, index: number): Promise<Published | null>;
  /** All, the oldest first. */
  all(practiceId: string): Promise<Published[]>;
  /** The hashes of a tile, null when the log as it is published does not have it. */
  tile(practiceId: string, tile: Tile): Promise<Hash[] | null>;
  /** What the hashes of a tile of level 0 are over. */
  entries(practiceId: string, tile: Tile): Promise<Uint8Array[] | null>;
  /** Whether a checkpoint, published before, is a beginning of what the ledger is now. Its signature is not looked at. */
  continues(practiceId: string, note: string): Promise<boolean>;
  /**
   * Publishes what the ledger has come to as the day's checkpoint, and the register of that day, whose digest the
   * checkpoint counts. False when the day has one already, or nothing is signed.
   */
  publish(practiceId: string, day: string, at: Date): Promise<boolean>;
  /** When the practice whose last checkpoint is the oldest published it; null when one never did. */
  lastPublishedAt(): Promise<Date | null>;
  /** The verifiers of the practice's keys, the newest first. */
  verifiers(practiceId: string): Promise<{ readonly verifier: string; readonly madeAt: Date }[]>;
}
