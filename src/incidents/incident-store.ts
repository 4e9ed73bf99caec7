import type { Ledgered } from '../ledger/entry.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import type { Incident, IncidentLine } from './incident.ts';

/** A release or a check as the search for incidents sees it, in which some of those looked for left. */
export type DecidedRelease = {
  readonly id: string;
  readonly decidedAt: Date;
  /** The types of objection that it applied; where only who had consented left, an objection may have ended that. */
  readonly applied: readonly string[];
  /** Of the ordinals looked for, those whose data left. */
  readonly left: ReadonlySet<number>;
};

/** Somebody of whose objections something is new: one record, or several that are of one person. */
export type Suspect = {
  /** Every record of the person, with all acts on its objections. */
  readonly records: readonly {
    readonly patientId: string;
    readonly ordinal: number;
    readonly acts: readonly RecordedAct[];
  }[];
  /** Whether records were put together since: then all that is known of one is new for the others. */
  readonly isLinkedAnew: boolean;
  /** Releases that an incident of this person names already. */
  readonly known: ReadonlySet<string>;
};

/** How many patients leave in a release of a version, as the guardian says who looked. */
export type UsualNumber = {
  readonly id: string;
  readonly extractId: string;
  readonly version: number;
  readonly incidentId: string;
  readonly permitted: number;
  readonly withheld: number;
  readonly acceptedAt: Date;
  readonly acceptedBy: string;
};

export interface IncidentChange extends Ledgered {
  /** Notes how far the ledger was looked through; false when somebody else did meanwhile. */
  moveWatch(from: number, to: number): Promise<boolean>;
  open(incident: Incident): Promise<void>;
  /** Whether an open incident of no patient says this. */
  isOpen(what: string): Promise<boolean>;
  /** The open incident of a kind about an extract. */
  openOf(extractId: string, kind: string): Promise<Incident | null>;
  /** The approved version of an extract. */
  versionInForce(extractId: string): Promise<number | undefined>;
  /** Keeps what the guardian says is the usual number of a version from now on. */
  acceptNumber(number: UsualNumber): Promise<void>;
  find(id: string): Promise<Incident | null>;
  update(id: string, columns: Partial<Omit<Incident, 'id' | 'releases'>>): Promise<void>;
}

export type IncidentChoice = { readonly closed: boolean; readonly skip: number; readonly take: number };

export interface IncidentStore {
  /** From which entry on the ledger has not been looked through, and how many entries there are. */
  watch(practiceId: string): Promise<{ readonly from: number; readonly size: number }>;
  /** Notes the same as `moveWatch` in a change, where nothing was found. */
  skip(practiceId: string, from: number, to: number): Promise<void>;
  /** Those of whose objections something is new from one entry on, and before another. Later acts are left out. */
  suspects(practiceId: string, from: number, to: number): Promise<Suspect[]>;
  /** Releases and checks from an instant on in which data of any of these ordinals may have left, in the order of their decision. */
  decidedSince(practiceId: string, since: Date, ordinals: readonly number[]): AsyncIterable<DecidedRelease>;
  /** The oldest first among the open; the last closed first among the closed. */
  list(practiceId: string, choice: IncidentChoice): Promise<IncidentLine[]>;
  count(practiceId: string, closed: boolean): Promise<number>;
  find(practiceId: string, id: string): Promise<Incident | null>;
  practiceIds(): Promise<string[]>;
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: IncidentChange) => Promise<T>): Promise<T>;
}
