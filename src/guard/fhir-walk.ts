import type { PeopleDecider } from './decide-people.ts';
import type { ReleaseMemory } from './decide-records.ts';
import { type FhirFollow, isOtherThanPatient, type Place } from './fhir-follow.ts';
import { FhirPlan } from './fhir-plan.ts';
import { isNhsNumberSystem, patientsIn } from './fhir-reference.ts';
import { containedIds, entriesOf, itemsAt, numbersAt, numbersOf, textAt } from './fhir-resource.ts';
import { holdsNoPatient, isFhirType } from './fhir-types.ts';
import { ARRAY, OBJECT, STRING } from './json-kinds.ts';
import type { JsonTape } from './json-tape.ts';

/** All that a Reference can hold. */
const ofReference = 'id extension reference _reference type _type identifier display _display'.split(' ');
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

/**
 * Goes through a whole resource and names everybody in it: every reference to a patient, wherever it is, and every NHS
 * number. Whoever it names in a way that cannot be followed is a doubt, for which the resource is withheld.
 *
 * On the way it makes a plan (fhir-plan.ts), by which resources of the same shape need not be gone through. For that,
 * whatever here depends on a text has to be said to the plan.
 */
export class FhirWalk {
  private readonly people: PeopleDecider;
  private plan = new FhirPlan();

  constructor(
    private readonly tape: JsonTape,
    private readonly memory: ReleaseMemory,
    private readonly to: FhirFollow,
  ) {
    this.people = memory.people;
  }

  /** Walks through the resource on the tape. Undefined: it, or something in it, is no resource. */
  run(): FhirPlan | undefined {
    this.plan = new FhirPlan();
    this.bindPatients();
    return this.resource(0, new Set(), false) ? this.plan : undefined;
  }

  /** Patients come first, also in a Bundle. */
  private bindPatients(): void {
    const { tape } = this;
    const entries = textAt(tape, 0, 'resourceType') === 'Bundle' ? entriesOf(tape, 0) : [];
    this.to.addresses = new Map(
      entries.flatMap(({ url, resource }) => (url === undefined ? [] : [[url, resource]])),
    );
    for (const resource of [0, ...entries.map((entry) => entry.resource)]) {
      const id = textAt(tape, resource, 'id');
      if (textAt(tape, resource, 'resourceType') === 'Patient' && id !== undefined)
        this.memory.bindings.bind(id, numbersOf(tape, resource));
    }
  }

  /** @param around what is contained in the resource that contains this one */
  private resource(object: number, around: ReadonlySet<string>, isContained: boolean): boolean {
    const { tape, people, plan } = this;
    const type = textAt(tape, object, 'resourceType');
    if (type === undefined || !isFhirType(type)) return false;
    plan.types.add(type);
    plan.dependsOn(tape, tape.member(object, 'resourceType'));
    if (object !== 0 || ofOthers.includes(type)) plan.isFixed = false;
    const contained = isContained ? around : containedIds(tape, object);
    const wasNamed = people.named;
    if (!isContained) people.named = false;
    if (type === 'Patient') {
      if (object === 0) this.plan.patient = this.planPatient();
      this.to.itself(numbersOf(tape, object), isContained ? undefined : textAt(tape, object, 'id'));
    }
    const isRead = this.members(object, { type, contained, element: '' });
    // A resource in another one is not that one's element: it has to say for itself whose it is.
    plan.hasToName = !isContained && !holdsNoPatient(type) && !this.isOnlyCover(object, type);
    if (plan.hasToName && !people.named) people.doubt('no-nhs-number');
    people.named ||= wasNamed;
    return isRead;
  }

  /** A Bundle says nothing that is not in its entries, of which there are some. */
  private isOnlyCover(object: number, type: string): boolean {
    return type === 'Bundle' && entriesOf(this.tape, object).length > 0;
  }

  private planPatient(): FhirPlan['patient'] {
    const { tape, plan } = this;
    for (const identifier of itemsAt(tape, 0, 'identifier'))
      plan.dependsOn(tape, tape.member(identifier, 'system'));
    const id = tape.member(0, 'id');
    if (id >= 0 && tape.kind(id) !== STRING) plan.isFixed = false;
    return { id, numbers: numbersAt(tape, 0) };
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
      this.plan.narratives.push({ name: narrative - 1, object });
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
    if (place.element === 'reference' || place.element === 'div') return true;
    this.plan.looksAt(value, place.element === 'system');
    // A reference may stand where none is expected: in an address, or in an extension.
    if (kind === STRING) this.to.address(tape.text(value), place);
    return true;
  }

  private identifier(object: number): void {
    const system = textAt(this.tape, object, 'system');
    if (system === undefined || !isNhsNumberSystem(system)) return;
    const value = this.tape.member(object, 'value');
    // One with a number in it names somebody else besides.
    if (patientsIn(system).length > 0) this.plan.isFixed = false;
    this.plan.dependsOnSystem(this.tape, this.tape.member(object, 'system'));
    this.plan.steps.push({ does: 'number', value });
    this.to.number(value);
  }

  private reference(object: number, place: Place): void {
    const { tape, plan } = this;
    const type = textAt(tape, object, 'type')?.split('/').at(-1);
    const reference = textAt(tape, object, 'reference');
    if (reference !== undefined) {
      plan.dependsOn(tape, tape.member(object, 'type'));
      plan.follows(tape.member(object, 'reference'), type, place);
      this.to.follow(reference, type, place);
      return;
    }
    plan.dependsOn(tape, tape.member(object, 'reference'));
    const names = [...tape.members(object)].map((name) => tape.text(name));
    if (!names.every((name) => ofReference.includes(name))) return;
    plan.dependsOn(tape, tape.member(object, 'type'));
    const identifier = tape.member(object, 'identifier');
    if (identifier >= 0 && tape.kind(identifier) === OBJECT) this.logical(identifier, type, place);
    // Only a name, or only why there is none: whoever that is.
    else if (type === 'Patient' || ofPatients.includes(place.element)) this.doubt();
  }

  /** An identifier instead of a reference. That of an NHS number was read where it stands. */
  private logical(identifier: number, type: string | undefined, { element }: Place): void {
    const system = textAt(this.tape, identifier, 'system');
    this.plan.dependsOn(this.tape, this.tape.member(identifier, 'system'));
    if (system !== undefined && isNhsNumberSystem(system)) return;
    if (!isOtherThanPatient(type) && !neverPatients.includes(element)) this.doubt();
  }

  private doubt(): void {
    this.plan.steps.push({ does: 'doubt' });
    this.people.doubt('no-nhs-number');
  }
}

/** In these are others, each of which may bind ids and say whom it is about. */
const ofOthers = ['Bundle', 'Parameters'];

/** Where what stands is a resource, and says so: else nobody knows whose it is. */
const isPlaceOfResource = ({ type, element }: Place): boolean =>
  element === 'resource' && (type === 'Bundle' || type === 'Parameters');
