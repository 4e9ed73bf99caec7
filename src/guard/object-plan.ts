import type { Field } from '../extracts/extract.ts';
import { ARRAY, OBJECT } from './json-kinds.ts';
import type { JsonTape } from './json-tape.ts';
import { isUsualName, type PersonKind, saysNhsNumber } from './person-columns.ts';

/** A member that leaves: its name's number on the tape, and the field that it is. */
export type Leaving = { readonly name: number; readonly field: Field };

/** Somebody whom an object names. */
export type Named = PersonKind & {
  /** The number on the tape of the value that says whom; -1: nothing does. */
  readonly value: number;
  /** An empty text, or null, names nobody: so of a mother's number. */
  readonly mayBeEmpty: boolean;
};

/**
 * What is done with an object, as far as its names, objects and lists say, and nothing that is in its texts, numbers and
 * literals: so it is the same for all that differ in those only.
 */
export type ObjectPlan = {
  /** The members that leave, in approved order. */
  readonly leaving: readonly Leaving[];
  /** The object has no member but those, in that order, and as they are. */
  readonly isUnchanged: boolean;
  /** Everybody whom it names, in the order in which they are decided. */
  readonly people: readonly Named[];
  /** Where the NHS number is, when it names but one person, by it; else -1. */
  readonly onlyNumber: number;
};

/** The members that an extract names, as far as an object is read by them. */
export type ReadBy = {
  readonly fields: readonly Field[];
  /** Whom an object is about; null: the member by a usual name. */
  readonly given: readonly (PersonKind & { readonly name: string })[] | null;
};

/** Makes the plan for the object on a tape; undefined when it cannot be read: two of its members go by one name. */
export function planObject(tape: JsonTape, readBy: ReadBy): ObjectPlan | undefined {
  return new Planner(tape, readBy).plan();
}

class Planner {
  private readonly people: Named[] = [];
  /** The members, by name. */
  private readonly members = new Map<string, number>();

  constructor(
    private readonly tape: JsonTape,
    private readonly readBy: ReadBy,
  ) {}

  plan(): ObjectPlan | undefined {
    const { tape, members } = this;
    const { fields, given } = this.readBy;
    const found: { name: number; place: number }[] = [];
    for (const name of tape.members(0)) {
      const text = tape.text(name).trim();
      if (members.has(text)) return undefined;
      members.set(text, name);
      const place = this.fieldOf(text);
      if (place >= 0) found.push({ name, place });
    }
    const isUnchanged =
      found.length === members.size &&
      found.every(
        ({ place }, n) => fields[place]?.treatment === 'keep' && place > (found[n - 1]?.place ?? -1),
      );
    const leaving = found
      .sort((one, other) => one.place - other.place)
      .map(({ name, place }) => ({ name, field: fields[place] as Field }));
    if (given === null) {
      const usual = [...members].filter(([text]) => isUsualName(text));
      if (usual.length > 1) return undefined;
      this.named(
        usual.map(([, name]) => name + 1),
        {},
      );
    } else for (const { name, ...kind } of given) this.named(this.valuesAt(name), kind);
    for (const { name } of leaving) this.within(name + 1);
    const [one, another] = this.people;
    const isAlone = one !== undefined && another === undefined && one.local === undefined && !one.mayBeEmpty;
    return { leaving, isUnchanged, people: this.people, onlyNumber: isAlone ? one.value : -1 };
  }

  private fieldOf(name: string): number {
    const { fields, given } = this.readBy;
    const exact = fields.findIndex((field) => field.name === name);
    if (exact >= 0 || given !== null || !isUsualName(name)) return exact;
    return fields.findIndex((field) => isUsualName(field.name));
  }

  private named(values: readonly number[], kind: PersonKind): void {
    if (values.length === 0) this.nobody();
    for (const value of values) this.people.push({ ...kind, value, mayBeEmpty: false });
  }

  private nobody(): void {
    this.people.push({ value: -1, mayBeEmpty: false });
  }

  /** The values of a member, or behind a path such as `baby.nhs_number`; through lists, all that are in them. */
  private valuesAt(name: string): number[] {
    const member = this.members.get(name);
    const found = member === undefined ? [] : [member + 1];
    const path = name.split('.');
    if (path.length > 1) this.follow(0, path, found);
    return found;
  }

  private follow(value: number, path: readonly string[], found: number[]): void {
    const { tape } = this;
    if (tape.kind(value) === ARRAY) {
      const items = [...tape.items(value)];
      if (items.length === 0) this.nobody();
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
    else if (value !== 0) this.nobody();
  }

  /** An NHS number inside something that leaves whole names somebody too. */
  private within(value: number): void {
    const { tape } = this;
    if (tape.kind(value) === ARRAY) for (const item of tape.items(value)) this.within(item);
    if (tape.kind(value) !== OBJECT) return;
    for (const name of tape.members(value)) {
      const text = tape.text(name).trim();
      const isUsual = isUsualName(text);
      // A usual name without a number is a doubt; of others, such as that of a mother, only a number says something.
      if ((isUsual || saysNhsNumber(text)) && !this.people.some((one) => one.value === name + 1))
        this.people.push({ value: name + 1, mayBeEmpty: !isUsual });
      this.within(name + 1);
    }
  }
}
