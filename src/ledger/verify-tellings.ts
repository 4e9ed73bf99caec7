import { londonDay } from '../day.ts';
import type { JsonObject, LedgerAct } from './entry.ts';
import { InOrder } from './in-order.ts';
import { sameJson } from './jcs.ts';
import type { ActRow, LedgerReader, Problem, ToldRow } from './ledger-reader.ts';
import type { PatientRoll } from './patient-roll.ts';
import type { ReadEntry } from './read-entry.ts';
import { RunningDigest } from './running-digest.ts';
import type { PersonReplay } from './verify-persons.ts';

/** The rules of telling, which the ledger itself does not know. */
export type TellingRules = {
  /** What the entry of a row has to say. */
  readonly entryOf: (act: ToldRow) => { readonly act: LedgerAct; readonly data: JsonObject };
  /** Since when acts by one notice come to a patient having been told, `YYYY-MM-DD`; undefined: not told. */
  readonly since: (acts: readonly ToldRow[]) => string | undefined;
  /** Whether what patients were told of one version, by its entry, is true of another. */
  readonly isStillTrue: (told: JsonObject, now: JsonObject) => boolean;
  /** The last day on which a patient may have been told, for so many days before a day. */
  readonly lastDay: (today: string, days: number) => string;
};

/** A release that asks that patients were told, and when it was decided. */
type Asking = {
  readonly extract: string;
  readonly version: number;
  readonly days: number;
  readonly at: string;
};

/** What was told of an extract: its content when the notice was published. */
type Covering = { readonly notice: string; readonly content: JsonObject };

/**
 * Replays what patients were told beside the entries: what each notice said of which extract when it was published, and
 * who was told by it since when.
 */
export class TellingReplay<A extends ActRow> {
  readonly #rows: InOrder<ToldRow>;
  /** By extract and version, what its last entry says. */
  readonly #contents = new Map<string, JsonObject>();
  /** By extract. */
  readonly #covering = new Map<string, Covering[]>();
  /** By notice and patient. */
  readonly #told = new Map<string, Map<string, { acts: ToldRow[]; since: string | undefined }>>();
  readonly #digest = new RunningDigest();
  acts = 0;

  constructor(
    reader: Pick<LedgerReader<A>, 'tellings'>,
    private readonly rules: TellingRules,
    private readonly patients: PatientRoll,
    private readonly persons: Pick<PersonReplay<A>, 'recordsOf'>,
  ) {
    this.#rows = new InOrder(reader.tellings(), (act) => act.ledgerIndex);
  }

  /** Reads on as far as the acts of the entries before an index. */
  async reach(end: number): Promise<void> {
    await this.#rows.reach(end);
  }

  /** What was replayed, for a later check to go on from. */
  keep(): JsonObject {
    const contents = Object.fromEntries(this.#contents);
    const covering = Object.fromEntries(this.#covering) as unknown as JsonObject;
    return { acts: this.acts, digest: this.#digest.value, contents, covering };
  }

  /** Goes on from what was kept: acts before the index have to be those of then. */
  async resume(kept: JsonObject, size: number): Promise<string | undefined> {
    for (const [key, content] of Object.entries(kept.contents as JsonObject))
      this.#contents.set(key, content as JsonObject);
    for (const [extract, covering] of Object.entries(kept.covering as JsonObject))
      this.#covering.set(extract, covering as unknown as Covering[]);
    await this.#rows.reach(size);
    for (let at = this.#rows.next(); at !== undefined && at < size; at = this.#rows.next()) {
      const wrong = this.#replay(this.#rows.take(at) as ToldRow);
      if (wrong !== undefined) return wrong;
    }
    return sameJson(this.keep(), kept) ? undefined : 'what patients were told is not what it was then';
  }

  /** Holds an entry against the row of its act. */
  check(entry: ReadEntry): string | undefined {
    if (entry.act === 'extract-registered' || entry.act === 'extract-edited')
      this.#contents.set(keyOf(entry.data), entry.data);
    this.#publish(entry);
    return this.#tell(entry);
  }

  /** After the last entry: no act is left over. */
  async finish(): Promise<Problem | undefined> {
    await this.#rows.reach(Number.MAX_SAFE_INTEGER);
    const left = this.#rows.next();
    if (left === undefined) return undefined;
    return { index: left, what: 'an act of telling a patient refers to it, and there is no such entry' };
  }

  /**
   * Tells of everybody whose data left in a release whether they count as told, by the entries so far.
   *
   * @param isMember whose data left: a row with a number is of every record that has it, and a letter to one is enough
   */
  isTold(asking: Asking, isMember: (ordinal: number) => boolean): (ordinal: number) => boolean {
    const until = this.rules.lastDay(londonDay(new Date(asking.at)), asking.days);
    const now = this.#contents.get(keyOf(asking));
    if (now === undefined) return () => false;
    const notices = (this.#covering.get(asking.extract) ?? [])
      .filter(({ content }) => this.rules.isStillTrue(content, now))
      .map(({ notice }) => notice);
    const wasTold = (patientId: string): boolean =>
      notices.some((notice) => {
        const since = this.#told.get(notice)?.get(patientId)?.since;
        return since !== undefined && since <= until;
      });
    return (ordinal) => {
      const patientId = this.patients.idOf(ordinal) ?? '';
      if (wasTold(patientId)) return true;
      return [...this.persons.recordsOf(patientId)].some((record) => {
        const other = this.patients.ordinalOf(record);
        return other !== undefined && isMember(other) && wasTold(record);
      });
    };
  }

  /** What is kept of the notice is for others to hold against the entry (verify-notices.ts). */
  #publish({ act, data }: ReadEntry): void {
    if (act !== 'notice-published') return;
    const notice = `${data.notice} ${data.version}`;
    for (const told of (data.covers ?? []) as JsonObject[]) {
      const content = this.#contents.get(keyOf(told));
      const extract = String(told.extract);
      if (content === undefined) continue;
      this.#covering.set(extract, [...(this.#covering.get(extract) ?? []), { notice, content }]);
    }
  }

  #tell(entry: ReadEntry): string | undefined {
    const row = this.#rows.take(entry.index);
    const speaksOfTelling = entry.act === 'patient-told';
    if (row === undefined)
      return speaksOfTelling ? 'the act of telling a patient that it speaks of is missing' : undefined;
    if (!speaksOfTelling) return 'an act of telling a patient refers to it, and it speaks of something else';
    const agrees =
      row.recordedAt.toISOString() === entry.at &&
      sameJson(row.actor, entry.actor) &&
      sameJson(entry.data, this.rules.entryOf(row).data);
    return agrees ? this.#replay(row) : 'the act of telling a patient is not what it says';
  }

  #replay(row: ToldRow): string | undefined {
    const { ledgerIndex, recordedAt, actor, patientId } = row;
    const { data } = this.rules.entryOf(row);
    this.#digest.add([ledgerIndex, recordedAt.toISOString(), actor.kind, actor.id, data]);
    for (const record of this.persons.recordsOf(patientId))
      if (this.patients.changedAtIndex(record) < ledgerIndex)
        return 'the patient does not show that they were told';
    const notice = `${row.noticeId} ${row.version}`;
    const byPatient = this.#told.get(notice) ?? new Map();
    this.#told.set(notice, byPatient);
    const acts = [...(byPatient.get(patientId)?.acts ?? []), row];
    byPatient.set(patientId, { acts, since: this.rules.since(acts) });
    this.acts += 1;
    return undefined;
  }
}

const keyOf = ({ extract, version }: { readonly extract?: unknown; readonly version?: unknown }): string =>
  `${extract} ${version}`;
