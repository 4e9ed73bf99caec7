import { keyOfText } from '../patients/nhs-number.ts';
import type { PeopleDecider } from './decide-people.ts';
import type { ReleaseMemory } from './decide-records.ts';
import {
  isNhsNumberSystem,
  NHS_NUMBER_SYSTEM,
  patientsIn,
  type Reference,
  readReference,
} from './fhir-reference.ts';
import { containedIds, entriesOf, itemsAt, textAt } from './fhir-resource.ts';
import { holdsNoPatient, isAboutOthers, isFhirType } from './fhir-types.ts';
import { ARRAY, type JsonTape, OBJECT, STRING } from './json-tape.ts';

/** All that a Reference can hold. */
const ofReference = [
  'id',
  'extension',
  'reference',
  '_reference',
  'type',
  '_type',
  'identifier',
  'display',
  '_display',
];
/** Elements that are the patient, or may well be another one: `entity` is a member of a Group. */
const ofPatients = ['subject', 'patient', 'beneficiary', 'for', 'focus', 'entity'];
/** Elements that are never a patient, whose identifier in another system therefore names none. */
const neverPatients = [
  'practitioner',
  'organization',
  'location',
  'managingOrganization',
  'serviceProvider',
  'healthcareService',
  'assigner',
  'manufacturer',
  'insurer',
  'custodian',
  'generalPractitioner',
];

/** Where a value stands: in which resource, what that contains, and the name of the element. */
type Place = {
  readonly type: string;
  readonly contained: ReadonlySet<string>;
  readonly element: string;
};

/**
 * Goes through a whole resource and names everybody in it: every reference to a patient, wherever it is, and every NHS
 * number. Whoever it names in a way that cannot be followed is a doubt, for which the resource is withheld.
 */
export class FhirWalk {
  /** The types of the resource and of those in it. */
  readonly types = new Set<string>();
  /** Narratives: the number of the name of each, and of the object that it is in. */
  readonly narratives: { readonly name: number; readonly object: number }[] = [];
  /** The resources of a Bundle, by their address in it. */
  private addresses: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly tape: JsonTape,
    private readonly people: PeopleDecider,
    private readonly memory: ReleaseMemory,
  ) {}

  /** Walks through the resource on the tape. False: it, or something in it, is no resource. */
  run(): boolean {
    this.types.clear();
    this.narratives.length = 0;
    this.bindPatients();
    return this.resource(0, new Set(), false);
  }

  /** Patients come first, also in a Bundle. */
  private bindPatients(): void {
    const { tape } = this;
    const entries = textAt(tape, 0, 'resourceType') === 'Bundle' ? entriesOf(tape, 0) : [];
    this.addresses = new Map(
      entries.flatMap(({ url, resource }) => (url === undefined ? [] : [[url, resource]])),
    );
    for (const resource of [0, ...entries.map((entry) => entry.resource)]) {
      const id = textAt(tape, resource, 'id');
      if (textAt(tape, resource, 'resourceType') === 'Patient' && id !== undefined)
        this.memory.bindings.bind(id, this.numbersOf(resource));
    }
  }

  /** The keys of the NHS numbers that a Patient says are its own. */
  private numbersOf(patient: number): number[] {
    const { tape } = this;
    const keys = itemsAt(tape, patient, 'identifier')
      .filter((identifier) => textAt(tape, identifier, 'system') === NHS_NUMBER_SYSTEM)
      .map((identifier) => keyOfText(textAt(tape, identifier, 'value') ?? ''));
    return [...new Set(keys)];
  }

  /** @param around what is contained in the resource that contains this one */
  private resource(object: number, around: ReadonlySet<string>, isContained: boolean): boolean {
    const { tape, people } = this;
    const type = textAt(tape, object, 'resourceType');
    if (type === undefined || !isFhirType(type)) return false;
    this.types.add(type);
    const contained = isContained ? around : containedIds(tape, object);
    const wasNamed = people.named;
    if (!isContained) people.named = false;
    if (type === 'Patient') this.patient(object, isContained);
    const isRead = this.members(object, { type, contained, element: '' });
    // A resource in another one is not that one's element: it has to say for itself whose it is.
    if (!isContained && !people.named && !holdsNoPatient(type) && !this.isOnlyCover(object, type))
      people.doubt('no-nhs-number');
    people.named ||= wasNamed;
    return isRead;
  }

  /** A Bundle says nothing that is not in its entries, of which there are some. */
  private isOnlyCover(object: number, type: string): boolean {
    return type === 'Bundle' && entriesOf(this.tape, object).length > 0;
  }

  private patient(object: number, isContained: boolean): void {
    const keys = this.numbersOf(object);
    if (keys.length === 0) this.people.doubt('no-nhs-number');
    const id = textAt(this.tape, object, 'id');
    if (!isContained && id !== undefined && this.memory.bindings.find(id) === 'doubted')
      this.people.doubt('ambiguous');
  }

  private members(object: number, place: Place): boolean {
    const { tape } = this;
    let isRead = true;
    let isResource = false;
    for (const name of tape.members(object)) {
      const element = tape.text(name);
      if (element === 'resourceType') isResource = true;
      else isRead = this.value(name + 1, { ...place, element }) && isRead;
    }
    this.reference(object, place);
    this.identifier(object);
    const narrative = tape.member(object, 'text');
    if (narrative >= 0 && (isResource || tape.kind(narrative) === OBJECT))
      this.narratives.push({ name: narrative - 1, object });
    return isRead;
  }

  private value(value: number, place: Place): boolean {
    const { tape } = this;
    const kind = tape.kind(value);
    if (kind === ARRAY) {
      let isRead = true;
      // Texts in a list are no reference, whatever the list is called.
      const within = place.element === 'reference' ? { ...place, element: '' } : place;
      for (const item of tape.items(value)) isRead = this.value(item, within) && isRead;
      return isRead;
    }
    if (kind === OBJECT) {
      if (place.element === 'contained') return this.resource(value, place.contained, true);
      const isResource = tape.member(value, 'resourceType') >= 0;
      if (isResource || isPlaceOfResource(place)) return this.resource(value, new Set(), false);
      return this.members(value, place);
    }
    // A reference may stand where none is expected: in an address, or in an extension.
    if (kind === STRING && place.element !== 'reference' && place.element !== 'div')
      this.address(tape.text(value), place);
    return true;
  }

  private address(text: string, place: Place): void {
    const uuid = text.startsWith(URN_UUID) ? text.slice(URN_UUID.length) : '';
    if (uuid !== '' && this.memory.bindings.find(uuid) !== undefined) this.toPatient(uuid);
    for (const reference of patientsIn(text)) this.follow(reference, undefined, place);
  }

  private identifier(object: number): void {
    const system = textAt(this.tape, object, 'system');
    if (system === undefined || !isNhsNumberSystem(system)) return;
    const value = this.tape.member(object, 'value');
    this.people.number(keyOfText(value < 0 || this.tape.isNull(value) ? '' : this.tape.text(value)));
  }

  private reference(object: number, place: Place): void {
    const { tape } = this;
    const type = textAt(tape, object, 'type')?.split('/').at(-1);
    const reference = textAt(tape, object, 'reference');
    if (reference !== undefined) {
      this.follow(reference, type, place);
      return;
    }
    const names = [...tape.members(object)].map((name) => tape.text(name));
    if (!names.every((name) => ofReference.includes(name))) return;
    const identifier = tape.member(object, 'identifier');
    if (identifier >= 0 && tape.kind(identifier) === OBJECT) this.logical(identifier, type, place);
    // Only a name, or only why there is none: whoever that is.
    else if (type === 'Patient' || ofPatients.includes(place.element)) this.people.doubt('no-nhs-number');
  }

  /** An identifier instead of a reference. That of an NHS number was read where it stands. */
  private logical(identifier: number, type: string | undefined, { element }: Place): void {
    const system = textAt(this.tape, identifier, 'system');
    if (system !== undefined && isNhsNumberSystem(system)) return;
    if (!isOtherThanPatient(type) && !neverPatients.includes(element)) this.people.doubt('no-nhs-number');
  }

  /** @param said what the reference says besides of the type of its target */
  private follow(text: string, said: string | undefined, place: Place): void {
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
  private toOther(found: Extract<Reference, { type: string }>, { type, element }: Place): void {
    if (holdsNoPatient(found.type) || !(isAboutOthers(type) || element === 'focus')) return;
    const isKnown = found.to === 'resource' && found.resolvable;
    const patients = isKnown ? this.memory.resources.find(found.type, found.id) : undefined;
    if (patients === undefined) this.people.doubt('no-nhs-number');
    else for (const ordinal of patients) this.people.patient(ordinal);
  }

  private toPatient(id: string): void {
    const keys = this.memory.bindings.find(id);
    if (keys === 'doubted') this.people.doubt('ambiguous');
    else if (keys === undefined || keys.length === 0) this.people.doubt('no-nhs-number');
    else for (const key of keys) this.people.number(key);
  }

  /** To a resource of the same Bundle, which is walked through by itself; but who refers to a Patient names it. */
  private toEntry(resource: number): void {
    if (!this.isPatient(resource)) return;
    const keys = this.numbersOf(resource);
    if (keys.length === 0) this.people.doubt('no-nhs-number');
    for (const key of keys) this.people.number(key);
  }

  private isPatient(resource: number): boolean {
    return textAt(this.tape, resource, 'resourceType') === 'Patient';
  }
}

const URN_UUID = 'urn:uuid:';

/** Where what stands is a resource, and says so: else nobody knows whose it is. */
const isPlaceOfResource = ({ type, element }: Place): boolean =>
  element === 'resource' && (type === 'Bundle' || type === 'Parameters');

const isOtherThanPatient = (type: string | undefined): boolean =>
  type !== undefined && type !== 'Patient' && isFhirType(type);
