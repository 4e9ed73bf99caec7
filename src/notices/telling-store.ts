import type { Ledgered } from '../ledger/entry.ts';
import type { Patient } from '../patients/patient.ts';
import type { Facts } from './facts.ts';
import type { LeftOut, whyLeftOut } from './left-out.ts';
import type { NoticeContent, TranslatedContent } from './notice.ts';
import type { NoticeRun } from './run.ts';
import type { Translation } from './run-rule.ts';
import type { Taking } from './taking.ts';
import type { RecordedTelling } from './told-entry.ts';

/** A published version of a notice. */
export type NoticeRef = { readonly noticeId: string; readonly version: number };

export type ToldVersion = NoticeRef & {
  /** For staff. */
  readonly name: string;
  /** published | withdrawn: told nobody any more, and who was told by it stays told. */
  readonly state: string;
  readonly content: NoticeContent;
  readonly publishedAt: Date;
};

/** By what tellings count, and who is in a batch meanwhile. */
export type About = {
  readonly versions: readonly NoticeRef[];
  /** The notice of whose open batches it is asked. */
  readonly openFor: string;
  /** `YYYY-MM-DD` in London. */
  readonly today: string;
};

export type FactsCount = { readonly key: string; readonly facts: Facts; readonly count: number };

/** One of a batch: whose, in which place, under which reference, and in which wording. */
export type RunPlace = {
  readonly place: number;
  readonly patientId: string;
  readonly attemptId: string;
  readonly translationId: string | null;
  /** Why they get nothing after all; null: they do, as far as was seen. */
  readonly leftOut: LeftOut | null;
  /** When a file that has them was first given whole; null: none was. */
  readonly takenAt: Date | null;
};

/** Places of a batch that are alike in all that decides in which file they are; of each but the last few kinds many. */
export type PlaceGroup = Pick<RunPlace, 'translationId' | 'leftOut'> & {
  readonly wasTaken: boolean;
  readonly isLarge: boolean;
  /** As far as it decides who is left out: what the way needs is there or not. Undefined: no such patient. */
  readonly patient: Parameters<typeof whyLeftOut>[1];
  readonly count: number;
};

/** An attempt of which something is to be said. */
export type Attempt = NoticeRef & {
  readonly attemptId: string;
  readonly patientId: string;
  readonly how: string;
  readonly runId: string | null;
  readonly translationId: string | null;
  /** Why nothing was sent after all. */
  readonly leftOut: LeftOut | null;
  /** None yet: its batch is not noted as sent, or they were left out. */
  readonly acts: readonly RecordedTelling[];
};

export interface CoverageStore {
  /** How many registered, living patients have the same facts. */
  groups(practiceId: string, about: About): Promise<FactsCount[]>;
  /** Registered, living patients told by any of the versions, by the month since which they count. */
  months(practiceId: string, versions: readonly NoticeRef[]): Promise<{ month: string; count: number }[]>;
  /** Ids of registered patients who have died. */
  died(practiceId: string): Promise<string[]>;
  /** Everybody told by any of them who objected on that day or later; what was entered in error is no objection. */
  objectedAfter(practiceId: string, versions: readonly NoticeRef[]): Promise<number>;
}

/** Reads and writes inside one change of the practice's data. */
export interface TellingChange extends Ledgered {
  /** Null when there is no such version, or it is a draft. */
  version(ref: NoticeRef): Promise<ToldVersion | null>;
  translations(ref: NoticeRef): Promise<Translation[]>;
  /** Every wording of a version: its own, and its translations. */
  wordings(ref: NoticeRef): Promise<NoticeContent[]>;
  patient(id: string): Promise<{ readonly id: string; readonly dateOfDeath: string | null } | null>;
  /** The acts on a patient by one version, in the order of the ledger. */
  actsOf(patientId: string, ref: NoticeRef): Promise<RecordedTelling[]>;
  /** The attempts with these references, by reference. At most 500. */
  attempts(references: readonly string[]): Promise<ReadonlyMap<string, Attempt>>;
  /** Keeps acts that have their entries, and marks every record of each person as changed. At most 500. */
  save(acts: readonly RecordedTelling[]): Promise<void>;
  run(id: string): Promise<NoticeRun | null>;
  addRun(run: NoticeRun): Promise<void>;
  saveRun(id: string, changes: Partial<NoticeRun>): Promise<void>;
  /** The next patients of the list after one place on it, with their facts; undefined after the last. At most 500. */
  next(
    about: About,
    after: number,
  ): Promise<
    | { readonly last: number; readonly people: readonly { readonly id: string; readonly facts: Facts }[] }
    | undefined
  >;
  groups(about: About): Promise<FactsCount[]>;
  /** The place on the list of the last patient in a batch; -1 when nobody is in it yet. */
  lastOrdinal(runId: string): Promise<number>;
  countPlaces(runId: string): Promise<number>;
  /** Puts patients into a batch; refused by the database where one is in another that is open. At most 500. */
  addPlaces(run: NoticeRun, places: readonly Omit<RunPlace, 'leftOut' | 'takenAt'>[]): Promise<void>;
  places(runId: string, from: number, take: number): Promise<RunPlace[]>;
  /** By id. At most 500. */
  patients(ids: readonly string[]): Promise<ReadonlyMap<string, Patient>>;
  /** Says of places that they get nothing. What was said before stays. At most 500. */
  leaveOut(
    runId: string,
    places: readonly { readonly place: number; readonly why: LeftOut }[],
  ): Promise<void>;
  addTaking(taking: Taking): Promise<void>;
  saveTaking(id: string, changes: Partial<Taking>): Promise<void>;
  /** Says of places that a file with them was given. When it first was stays. At most 500. */
  takePlaces(runId: string, places: readonly number[], at: Date): Promise<void>;
  /** Of the places of a batch that are not left out, how many were in a file that was given, and how many in none. */
  countTaken(runId: string): Promise<{ readonly taken: number; readonly untaken: number }>;
  /** Leaves everybody out who was in no file that was given. */
  leaveOutUntaken(runId: string, why: LeftOut): Promise<void>;
  /** Says that nobody, or nobody in these places, waits in a batch any more. */
  closePlaces(runId: string, places?: { readonly from: number; readonly to: number }): Promise<void>;
}

export interface TellingStore extends CoverageStore {
  /** Every version that was published, the newest first. */
  versions(practiceId: string): Promise<ToldVersion[]>;
  translations(practiceId: string, ref: NoticeRef): Promise<Translation[]>;
  /** The words of a translation. */
  translated(practiceId: string, translationId: string): Promise<TranslatedContent | null>;
  /** The patients with any of these facts, in the order of arrival. */
  people(
    practiceId: string,
    about: About,
    keys: readonly string[],
    part: { readonly skip: number; readonly take: number },
  ): Promise<string[]>;
  /** In the order of the ledger. */
  ofPatient(practiceId: string, patientId: string): Promise<RecordedTelling[]>;
  /** The newest first. */
  runs(practiceId: string): Promise<NoticeRun[]>;
  run(practiceId: string, id: string): Promise<NoticeRun | null>;
  /** How many of a batch have come to what, by what its attempts are known to be. */
  outcomes(practiceId: string, runId: string): Promise<{ outcome: string; count: number }[]>;
  placed(runId: string): Promise<number>;
  /** Every taking of a batch, the newest first. */
  takings(practiceId: string, runId: string): Promise<Taking[]>;
  /** The places of a batch by what they have in common, but for the odd ones. */
  placeGroups(practiceId: string, run: Pick<NoticeRun, 'id' | 'how'>): Promise<PlaceGroup[]>;
  /** Places that were in a file, and get nothing any more as far as the database can tell: their letters are to be taken out. At most 500. */
  pulledPlaces(practiceId: string, runId: string): Promise<RunPlace[]>;
  /** The places after one whose patients have, in a name or an address, a character that not every font has. At most 500. */
  oddPlaces(practiceId: string, runId: string, after: number): Promise<RunPlace[]>;
  places(runId: string, from: number, take: number): Promise<RunPlace[]>;
  /** By id. At most 500. */
  patients(practiceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Patient>>;
  /** Batches of any practice that are being made, or of which acts are still to be written. */
  unfinished(): Promise<{ practiceId: string; runId: string }[]>;
  change<T>(practiceId: string, work: (change: TellingChange) => Promise<T>): Promise<T>;
}
