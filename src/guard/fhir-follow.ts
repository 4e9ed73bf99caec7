import { keyOfText } from '../patients/nhs-number.ts';
import type { PeopleDecider } from './decide-people.ts';
import type { ReleaseMemory } from './decide-records.ts';
import type { Bound } from './fhir-bindings.ts';
import { patientsIn, type Reference, readReference } from './fhir-reference.ts';
import { keyOfString, numbersOf, textAt } from './fhir-resource.ts';
import { holdsNoPatient, isAboutOthers, isFhirType } from './fhir-types.ts';
import { STRING } from './json-kinds.ts';
import type { JsonTape } from './json-tape.ts';

/** Where a value stands: in which resource, what that contains, and the name of the element. */
export type Place = {
  readonly type: string;
  readonly contained: ReadonlySet<string>;
  readonly element: string;
};

const URN_UUID = 'urn:uuid:';

export const isOtherThanPatient = (type: string | undefined): boolean =>
  type !== undefined && type !== 'Patient' && isFhirType(type);

/** Names everybody to whom a reference leads. One that cannot be followed is a doubt. */
export class FhirFollow {
  /** The resources of a Bundle, by their address in it. */
  addresses: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly tape: JsonTape,
    private readonly people: PeopleDecider,
    private readonly memory: ReleaseMemory,
  ) {}

  /** A reference may stand where none is expected: in an address, or in an extension. */
  address(text: string, place: Place): void {
    const uuid = text.startsWith(URN_UUID) ? text.slice(URN_UUID.length) : '';
    if (uuid !== '' && this.memory.bindings.find(uuid) !== undefined) this.toPatient(uuid);
    for (const reference of patientsIn(text)) this.follow(reference, undefined, place);
  }

  /** The resource is a Patient itself, with these numbers, and an id, if others may refer to it. */
  itself(keys: readonly number[], id: string | undefined): void {
    if (keys.length === 0) this.people.doubt('no-nhs-number');
    if (id !== undefined && this.memory.bindings.find(id) === 'doubted') this.people.doubt('ambiguous');
  }

  /** @param value what an identifier says that its NHS number is, by its number on the tape; -1: nothing */
  number(value: number): void {
    const { tape, people } = this;
    if (value >= 0 && tape.kind(value) === STRING) people.number(keyOfString(tape, value));
    else people.number(keyOfText(value < 0 || tape.isNull(value) ? '' : tape.text(value)));
  }

  /** @param said what the reference says besides of the type of its target */
  follow(text: string, said: string | undefined, place: Place): void {
    const address = this.addresses.get(text);
    const found = readReference(text);
    const isOfPatient = found.to === 'nhs-number' || ('type' in found && found.type === 'Patient');
    // A Bundle cannot make somebody else of a patient.
    if (address !== undefined && (this.isPatient(address) || !isOfPatient)) this.toEntry(address);
    else if (found.to === 'contained') this.toContained(found.id, place);
    else if (found.to === 'nhs-number') this.people.number(keyOfText(found.text));
    else if (found.to === 'uuid') this.toUuid(found.uuid, said, place);
    else if (found.to === 'nobody-knows') this.people.doubt('no-nhs-number');
    else if (found.to === 'resource' && found.type === 'Patient') {
      if (found.resolvable) this.toPatient(found.id);
      else this.people.doubt('no-nhs-number');
    } else if (said === 'Patient') this.people.doubt('no-nhs-number');
    else this.toOther(found, place);
  }

  /** To the Patient with this id. */
  toPatient(id: string): void {
    this.toBound(this.memory.bindings.find(id));
  }

  /** To whom an id means. */
  toBound(bound: Bound | undefined): void {
    const { people } = this;
    if (typeof bound === 'number') people.number(bound);
    else if (bound === 'doubted') people.doubt('ambiguous');
    else if (bound === undefined || bound.length === 0) people.doubt('no-nhs-number');
    else for (const key of bound) people.number(key);
  }

  /** What it is said to be counts only where it is not known to be a Patient. */
  private toUuid(id: string, said: string | undefined, place: Place): void {
    if (said === undefined || !isOtherThanPatient(said) || this.memory.bindings.find(id) !== undefined)
      this.toPatient(id);
    else this.toOther({ to: 'resource', type: said, id, resolvable: true }, place);
  }

  /** What is contained is walked through with what contains it. */
  private toContained(id: string, { contained }: Place): void {
    if (id !== '' && !contained.has(id)) this.people.doubt('no-nhs-number');
  }

  /** To something that is no Patient: whoever is about it is about its patients too. */
  private toOther(found: Extract<Reference, { type: string }>, place: Place): void {
    if (holdsNoPatient(found.type) || !isAboutTargets(place)) return;
    const isKnown = found.to === 'resource' && found.resolvable;
    const patients = isKnown ? this.memory.resources.find(found.type, found.id) : undefined;
    if (patients === undefined) this.people.doubt('no-nhs-number');
    else for (const ordinal of patients) this.people.patient(ordinal);
  }

  /** To a resource of the same Bundle, which is walked through by itself; but who refers to a Patient names it. */
  private toEntry(resource: number): void {
    if (!this.isPatient(resource)) return;
    const keys = numbersOf(this.tape, resource);
    if (keys.length === 0) this.people.doubt('no-nhs-number');
    for (const key of keys) this.people.number(key);
  }

  private isPatient(resource: number): boolean {
    return textAt(this.tape, resource, 'resourceType') === 'Patient';
  }
}

/** Whether what refers from here to something else is about the patients of that, too. */
export const isAboutTargets = ({ type, element }: Place): boolean =>
  isAboutOthers(type) || element === 'focus';
