import type { RecordedAct } from '../act-entry.ts';
import type { ObjectionChange } from '../objection-store.ts';
import type { KeyedRequest, Pile, PileRequest } from './pile.ts';

/** Reads and writes inside one change of the practice's data, beside what every change of objections may do. */
export interface PileChange extends ObjectionChange {
  /** Null when the practice has no such pile. */
  pile(id: string): Promise<Pile | null>;
  open(pile: Pile): Promise<void>;
  close(id: string, by: string, at: Date): Promise<void>;
  requestsOf(pileId: string): Promise<PileRequest[]>;
  keep(request: PileRequest): Promise<void>;
}

/** Piles of one practice at a time: another's are never found. */
export interface PileStore {
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: PileChange) => Promise<T>): Promise<T>;
  find(practiceId: string, id: string): Promise<Pile | null>;
  /** Open ones, the oldest first, each with how many of its sheets are keyed. */
  open(practiceId: string): Promise<(Pile & { readonly keyed: number })[]>;
  /** The last ones that were closed, newest first. */
  closed(practiceId: string, limit: number): Promise<(Pile & { readonly keyed: number })[]>;
  /** What was keyed, in the order of the sheets. */
  requestsOf(practiceId: string, pileId: string): Promise<KeyedRequest[]>;
  /** The pile that a request was keyed from; null when it came from none. */
  request(practiceId: string, requestId: string): Promise<PileRequest | null>;
  /** The acts of a request. */
  actsOf(practiceId: string, requestId: string): Promise<RecordedAct[]>;
}
