import type { Field } from '../extracts/extract.ts';
import { INVALID_NUMBER, keyOfText, NO_NUMBER, nhsNumberKey } from '../patients/nhs-number.ts';
import type { Decision } from './decide.ts';
import { LineDecider } from './decide-lines.ts';
import type { PeopleDecider } from './decide-people.ts';
import type { InputFault, Plan } from './decide-records.ts';
import { ARRAY, NUMBER, OBJECT, STRING } from './json-tape.ts';
import type { Output } from './output.ts';
import { isUsualName, namedPeople, type PersonKind, personKind, saysNhsNumber } from './person-columns.ts';
import { RememberedTreatments } from './remembered-treatments.ts';

const COMMA = 0x2c;

/** A member that leaves: its name's number on the tape, and which of the approved fields it is. */
type Leaving = { readonly name: number; readonly field: number };

/**
 * Decides NDJSON: objects, of which the approved members leave. A member that an object lacks is not missed, but
 * whoever it is about has to be named in each.
 */
export class ObjectDecider extends LineDecider {
  private readonly fields: readonly Field[];
  private readonly given: readonly (PersonKind & { readonly name: string })[] | null;
  private readonly treated: RememberedTreatments;
  private leaving: Leaving[] = [];
  /** The object has no member but those that leave, in approved order and as they are. */
  private isUnchanged = false;
  /** The values that named somebody, by their numbers on the tape; and the keys of those that are NHS numbers. */
  private readonly read = new Set<number>();
  private readonly keys = new Map<number, number>();

  constructor(plan: Plan, people: PeopleDecider, rows: Output, notes: Output) {
    super('application/x-ndjson', plan, people, rows, notes);
    this.fields = plan.version.fields;
    const named = namedPeople(plan.version);
    this.given = named?.map((person) => ({ name: person.name, ...personKind(person) })) ?? null;
    this.treated = new RememberedTreatments(plan.pseudonymKey);
  }

  /** As for CSV: an NHS number would leave by which nobody is decided. */
  protected override faultOfAll(): InputFault | undefined {
    const { given } = this;
    if (this.plan.rule.withholdsNobody) return undefined;
    const decides = (name: string) =>
      given === null ? isUsualName(name) : given.some((person) => person.name === name);
    const column = this.fields.find(({ name }) => saysNhsNumber(name) && !decides(name))?.name;
    return column === undefined ? undefined : { reason: 'two-nhs-number-columns', column };
  }

  protected decide(): Decision {
    this.read.clear();
    this.keys.clear();
    if (!this.findMembers()) return 'cannot-be-read';
    if (this.given === null) {
      const found = [...this.tape.members(0)].filter((name) => isUsualName(this.tape.text(name).trim()));
      if (found.length > 1) return 'cannot-be-read';
      this.persons(
        found.map((name) => name + 1),
        {},
      );
    } else for (const person of this.given) this.persons(this.valuesAt(person.name), person);
    for (const { name } of this.leaving) this.numbersWithin(name + 1);
    return this.people.decision;
  }

  protected write(): void {
    const { rows, tape, lines } = this;
    if (this.isUnchanged) {
      rows.copy(lines.bytes, lines.start, lines.end);
      return;
    }
    rows.text('{');
    this.leaving.forEach(({ name, field }, place) => {
      if (place > 0) rows.byte(COMMA);
      rows.copy(tape.bytes, tape.start(name), tape.end(name));
      rows.text(':');
      this.value(name + 1, this.fields[field] as Field);
    });
    rows.text('}');
    rows.copy(lines.bytes, lines.contentEnd, lines.end);
  }

  /** Finds the members that leave, in approved order. False: two members go by one name. */
  private findMembers(): boolean {
    const { tape, fields } = this;
    const seen = new Set<string>();
    const leaving: Leaving[] = [];
    let count = 0;
    for (const name of tape.members(0)) {
      const text = tape.text(name).trim();
      if (seen.has(text)) return false;
      seen.add(text);
      count++;
      const field = this.fieldOf(text);
      if (field >= 0) leaving.push({ name, field });
    }
    this.isUnchanged =
      leaving.length === count &&
      leaving.every(
        ({ field }, place) =>
          fields[field]?.treatment === 'keep' && field > (leaving[place - 1]?.field ?? -1),
      );
    this.leaving = leaving.sort((one, other) => one.field - other.field);
    return true;
  }

  private fieldOf(name: string): number {
    const exact = this.fields.findIndex((field) => field.name === name);
    if (exact >= 0 || this.given !== null || !isUsualName(name)) return exact;
    return this.fields.findIndex((field) => isUsualName(field.name));
  }

  /** The values of a member, or behind a path such as `baby.nhs_number`; through lists, all that are in them. */
  private valuesAt(name: string): number[] {
    const { tape } = this;
    const found: number[] = [];
    for (const one of tape.members(0)) if (tape.text(one).trim() === name) found.push(one + 1);
    const path = name.split('.');
    if (path.length > 1) this.follow(0, path, found);
    return found;
  }

  private follow(value: number, path: readonly string[], found: number[]): void {
    const { tape } = this;
    if (tape.kind(value) === ARRAY) {
      const items = [...tape.items(value)];
      if (items.length === 0) this.people.doubt('no-nhs-number');
      for (const item of items) this.follow(item, path, found);
      return;
    }
    const [first, ...rest] = path;
    if (first === undefined) {
      found.push(value);
      return;
    }
    const next = tape.member(value, first);
    if (next >= 0) this.follow(next, rest, found);
    // One of a list who is not named: whoever that is.
    else if (value !== 0) this.people.doubt('no-nhs-number');
  }

  private persons(values: readonly number[], { local }: PersonKind): void {
    if (values.length === 0) this.people.doubt('no-nhs-number');
    for (const value of values) {
      this.read.add(value);
      if (local === undefined) this.nhsNumber(value);
      else if (this.tape.isNull(value)) this.people.localId(local, '');
      else if (this.isPlain(value)) this.people.localId(local, this.tape.text(value));
      else this.people.doubt('not-on-list');
    }
  }

  private nhsNumber(value: number): void {
    const key = this.keyOf(value);
    this.keys.set(value, key);
    this.people.number(key);
  }

  private keyOf(value: number): number {
    const { tape } = this;
    if (tape.isNull(value)) return NO_NUMBER;
    if (tape.kind(value) === STRING) return keyOfText(tape.text(value));
    const text = tape.kind(value) === NUMBER ? tape.text(value) : '';
    return /^\d+$/.test(text) ? nhsNumberKey(Buffer.from(text), 0, text.length) : INVALID_NUMBER;
  }

  /** An NHS number inside something that leaves whole names somebody too. */
  private numbersWithin(value: number): void {
    const { tape } = this;
    if (tape.kind(value) === ARRAY) for (const item of tape.items(value)) this.numbersWithin(item);
    if (tape.kind(value) !== OBJECT) return;
    for (const name of tape.members(value)) {
      if (this.namesSomebody(name)) this.nhsNumber(name + 1);
      this.numbersWithin(name + 1);
    }
  }

  /** A usual name without a number is a doubt; of other names, such as that of a mother, only a number says something. */
  private namesSomebody(name: number): boolean {
    const text = this.tape.text(name).trim();
    if (this.read.has(name + 1)) return false;
    return isUsualName(text) || (saysNhsNumber(text) && !this.isEmpty(name + 1));
  }

  private isEmpty(value: number): boolean {
    return this.tape.isNull(value) || this.tape.end(value) - this.tape.start(value) === 2;
  }

  private isPlain(value: number): boolean {
    return this.tape.kind(value) === STRING || this.tape.kind(value) === NUMBER;
  }

  private value(value: number, { treatment }: Field): void {
    const { rows, tape, treated } = this;
    if (treatment === 'keep' || tape.isNull(value)) {
      rows.copy(tape.bytes, tape.start(value), tape.end(value));
      return;
    }
    const key = treatment === 'pseudonym' ? this.keys.get(value) : undefined;
    const text = key !== undefined ? treated.pseudonymOfNumber(key) : this.treat(value, treatment);
    if (text === undefined) this.emptied++;
    rows.text(text === undefined ? 'null' : `"${text}"`);
  }

  private treat(value: number, treatment: Exclude<Field['treatment'], 'keep'>): string | undefined {
    return this.isPlain(value) ? this.treated.treat(treatment, this.tape.text(value)) : undefined;
  }
}
