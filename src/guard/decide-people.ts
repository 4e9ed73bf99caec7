import { localIdValue } from '../patients/local-ids.ts';
import {
  type Decide,
  type Decision,
  decidePatient,
  decideStranger,
  type Reason,
  type Rule,
} from './decide.ts';
import { SHARED_ID, UNKNOWN_ID } from './local-id-table.ts';
import { codeOf, Membership, UNSEEN } from './membership.ts';
import type { Output } from './output.ts';
import type { PatientIndex } from './patient-index.ts';
import type { PersonKind } from './person-columns.ts';
import { SLICE, type Sliced } from './slices.ts';

/** What watches over a decision besides its rule. */
export type Watch = {
  /** In the place of decidePatient: only a test gives it, to see a broken guard stop itself. */
  readonly decide?: Decide;
  /** Keys of the made-up people whose decision is noted. */
  readonly canaries?: ReadonlySet<number>;
};

/** Stands in the notes for the header, and for somebody who is not on the list. */
export const NOBODY = 0xffffffff;
/** Stands in the notes for the bytes of a row whose next patient follows. */
export const MORE = 0xffffffff;

/**
 * Decides rows by everybody whom they name, and notes whose data may leave. Of each row: begin(), everybody whom it
 * names, and then permit() or withhold(), as `decision` says. A row leaves only when all of them may.
 */
export class PeopleDecider {
  readonly membership: Membership;
  /** What becomes of the row: the reason of the first who may not leave. */
  decision: Decision = 'permit';
  /** Whether the row names anybody. */
  named = false;

  // The row's patients who are on the list, each once, and what is decided on each; then the numbers of people who are
  // not. Counted, and never emptied: there are millions of rows.
  private readonly ordinals: number[] = [];
  private readonly decisions: Decision[] = [];
  private count = 0;
  private readonly strangers: number[] = [];
  private strangerCount = 0;
  /** Those of the row's people of whom it is noted what becomes of them (watch-over.ts); nearly always none. */
  private readonly watched: number[] = [];
  private readonly decideListed: Decide;
  private readonly canaries: ReadonlySet<number> | undefined;

  /** @param isOfFew whether few among many are decided on: see Membership */
  constructor(
    private readonly rule: Rule,
    readonly index: PatientIndex,
    { decide = decidePatient, canaries }: Watch = {},
    isOfFew = false,
  ) {
    this.membership = new Membership(index, isOfFew);
    this.decideListed = decide;
    this.canaries = canaries?.size ? canaries : undefined;
  }

  /**
   * Says in slices what becomes of a row that names one person, by their number, for everybody on the list.
   *
   * @param decided by ordinal: gets the decision as membership.ts numbers it; UNSEEN of those who are watched
   */
  *decidingAll(decided: Uint8Array): Sliced<void> {
    const { rule, index } = this;
    const codes = new Map<number, number>();
    for (let ordinal = 0; ordinal < index.size; ordinal++) {
      if (ordinal % SLICE === 0) yield;
      const flags = index.flagsFor(ordinal, rule);
      const code = codes.get(flags) ?? codeOf(this.decideListed(rule, flags));
      codes.set(flags, code);
      decided[ordinal] = code;
    }
    for (const key of this.canaries ?? []) {
      const ordinal = index.find(key);
      if (ordinal >= 0) decided[ordinal] = UNSEEN;
    }
  }

  begin(): void {
    this.decision = 'permit';
    this.named = false;
    this.count = 0;
    this.strangerCount = 0;
    if (this.watched.length > 0) this.watched.length = 0;
  }

  /** The row names somebody by their NHS number. @param key as nhsNumberKey says */
  number(key: number): void {
    const ordinal = key < 0 ? -1 : this.index.find(key);
    if (ordinal >= 0) this.patient(ordinal);
    else {
      this.watch(key);
      if (key >= 0) this.strangers[this.strangerCount++] = key;
      this.somebody(decideStranger(this.rule, key));
    }
  }

  /** The row names somebody by an id of the practice's own system. */
  localId(kind: NonNullable<PersonKind['local']>, text: string): void {
    const value = localIdValue(text);
    const found = value === '' ? UNKNOWN_ID : this.index.findLocal(kind === 'any' ? undefined : kind, value);
    if (found >= 0) this.patient(found);
    else if (value === '') this.doubt('no-nhs-number');
    else this.doubt(found === SHARED_ID ? 'ambiguous' : 'not-on-list');
  }

  /** The row names the patient with this ordinal. */
  patient(ordinal: number): void {
    const { ordinals, count } = this;
    this.named = true;
    for (let place = 0; place < count; place++) if (ordinals[place] === ordinal) return;
    if (this.canaries !== undefined) this.watch(this.index.keyOf(ordinal));
    const flags = this.index.flagsFor(ordinal, this.rule);
    const decision = this.decideListed(this.rule, flags);
    ordinals[count] = ordinal;
    this.decisions[count] = decision;
    this.count = count + 1;
    if (this.decision === 'permit') this.decision = decision;
  }

  /** The row names somebody, and it cannot be known whom. */
  doubt(reason: Reason): void {
    this.somebody(this.rule.withholdsNobody ? 'permit' : reason);
  }

  /** Everybody whom the row names and who is on the list, for rows that speak of this one. */
  everybody(): readonly number[] {
    return this.ordinals.slice(0, this.count);
  }

  /** The row leaves. @param bytes how many were written; @param notes takes a note for each of its patients, where kept */
  permit(bytes = 0, notes?: Output): void {
    const { ordinals, membership } = this;
    const last = this.count - 1;
    if (notes && last < 0) note(notes, NOBODY, bytes);
    for (let place = 0; place <= last; place++) {
      const ordinal = ordinals[place] as number;
      membership.note(ordinal, 'permit');
      if (notes) note(notes, ordinal, place === last ? bytes : MORE);
    }
    for (let place = 0; place < this.strangerCount; place++)
      membership.noteUnlisted(this.strangers[place] as number);
    for (const key of this.watched) membership.noteCanary(key, true);
  }

  /** The row stays: so do those of its patients for whose sake it does, in all their rows. */
  withhold(): void {
    for (let place = 0; place < this.count; place++) {
      const decision = this.decisions[place] as Decision;
      if (decision !== 'permit') this.membership.note(this.ordinals[place] as number, decision);
    }
    for (const key of this.watched) this.membership.noteCanary(key, false);
  }

  private watch(key: number): void {
    if (this.canaries?.has(key)) this.watched.push(key);
  }

  private somebody(decision: Decision): void {
    this.named = true;
    if (this.decision === 'permit') this.decision = decision;
  }
}

/**
 * What take-out.ts reads: of each row, for each of its patients, the ordinal and the number of bytes, which only the
 * last of them has: the others have MORE.
 */
export function note(notes: Output, ordinal: number, bytes: number): void {
  notes.uint32(ordinal);
  notes.uint32(bytes);
}
