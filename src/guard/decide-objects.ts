import type { Field } from '../extracts/extract.ts';
import { INVALID_NUMBER, NO_NUMBER, nhsNumberKey } from '../patients/nhs-number.ts';
import { ByShape } from './by-shape.ts';
import type { Decision } from './decide.ts';
import { LineDecider } from './decide-lines.ts';
import type { InputFault, Plan, ReleaseMemory } from './decide-records.ts';
import { keyOfString } from './fhir-resource.ts';
import { NUMBER, STRING } from './json-kinds.ts';
import { type Named, type ObjectPlan, planObject, type ReadBy } from './object-plan.ts';
import type { Output } from './output.ts';
import { isUsualName, namedPeople, personKind, saysNhsNumber } from './person-columns.ts';
import { RememberedTreatments } from './remembered-treatments.ts';

const COMMA = 0x2c;
const COLON = 0x3a;
const OPENS = 0x7b;
const CLOSES = 0x7d;

/**
 * Decides NDJSON: objects, of which the approved members leave. A member that an object lacks is not missed, but
 * whoever it is about has to be named in each.
 */
export class ObjectDecider extends LineDecider {
  private readonly readBy: ReadBy;
  private readonly treated: RememberedTreatments;
  private readonly plans = new ByShape<ObjectPlan>(this.lines, this.tape);
  /** What is done with the line. */
  private object: ObjectPlan | undefined;
  /** The keys of the NHS numbers that were read, by the numbers of their values, where their pseudonyms may leave. */
  private readonly keys = new Map<number, number>();
  private readonly keepsKeys: boolean;

  constructor(plan: Plan, memory: ReleaseMemory, rows: Output, notes: Output) {
    super('application/x-ndjson', plan, memory, rows, notes);
    const { fields } = plan.version;
    const named = namedPeople(plan.version);
    const given = named?.map((person) => ({ name: person.name, ...personKind(person) })) ?? null;
    this.readBy = { fields, given };
    this.treated = new RememberedTreatments(plan.pseudonymKey);
    this.keepsKeys = fields.some(({ treatment }) => treatment === 'pseudonym');
  }

  ready(): Promise<unknown> | undefined {
    if (this.kernel !== undefined) return undefined;
    return this.memory.kernelAfter(this.rowsIn)?.then((kernel) => {
      this.kernel = kernel;
    });
  }

  /** As for CSV: an NHS number would leave by which nobody is decided. */
  protected override faultOfAll(): InputFault | undefined {
    const { fields, given } = this.readBy;
    if (this.plan.rule.withholdsNobody) return undefined;
    const decides = (name: string) =>
      given === null ? isUsualName(name) : given.some((person) => person.name === name);
    const column = fields.find(({ name }) => saysNhsNumber(name) && !decides(name))?.name;
    return column === undefined ? undefined : { reason: 'two-nhs-number-columns', column };
  }

  protected decide(): Decision {
    this.object = this.plans.get() ?? this.makePlan();
    if (this.object === undefined) return 'cannot-be-read';
    if (this.keepsKeys) this.keys.clear();
    const { people } = this.object;
    for (let place = 0; place < people.length; place++) this.person(people[place] as Named);
    return this.people.decision;
  }

  private makePlan(): ObjectPlan | undefined {
    const made = planObject(this.tape, this.readBy);
    if (made !== undefined) this.plans.set(made);
    return made;
  }

  protected override isWhole(): boolean {
    return this.object?.isUnchanged === true;
  }

  protected override onlyNumber(): number {
    return this.object?.isUnchanged ? this.object.onlyNumber : -1;
  }

  protected writePart(): void {
    const { rows, tape, lines } = this;
    const { leaving } = this.object as ObjectPlan;
    rows.byte(OPENS);
    for (let place = 0; place < leaving.length; place++) {
      const { name, field } = leaving[place] as ObjectPlan['leaving'][number];
      if (place > 0) rows.byte(COMMA);
      rows.copy(tape.bytes, tape.start(name), tape.end(name));
      rows.byte(COLON);
      this.value(name + 1, field);
    }
    rows.byte(CLOSES);
    rows.copy(lines.bytes, lines.contentEnd, lines.end);
  }

  private person({ value, local, mayBeEmpty }: Named): void {
    const { tape, people } = this;
    if (value < 0) people.doubt('no-nhs-number');
    else if (local === undefined) {
      if (!mayBeEmpty || !this.isEmpty(value)) this.nhsNumber(value);
    } else if (tape.isNull(value)) people.localId(local, '');
    else if (this.isPlain(value)) people.localId(local, tape.text(value));
    else people.doubt('not-on-list');
  }

  private nhsNumber(value: number): void {
    const key = this.keyOf(value);
    if (this.keepsKeys) this.keys.set(value, key);
    this.people.number(key);
  }

  private keyOf(value: number): number {
    const { tape } = this;
    if (tape.kind(value) === STRING) return keyOfString(tape, value);
    if (tape.isNull(value)) return NO_NUMBER;
    const text = tape.kind(value) === NUMBER ? tape.text(value) : '';
    return /^\d+$/.test(text) ? nhsNumberKey(Buffer.from(text), 0, text.length) : INVALID_NUMBER;
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
