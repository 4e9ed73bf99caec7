import { keyOfText, NO_NUMBER, nhsNumberKey } from '../patients/nhs-number.ts';
import { NHS_NUMBER_SYSTEM } from './fhir-reference.ts';
import { ARRAY, OBJECT, STRING } from './json-kinds.ts';
import type { JsonTape } from './json-tape.ts';

/** The text of a member that has to be a string; undefined when it is none or is missing. */
export function textAt(tape: JsonTape, object: number, name: string): string | undefined {
  const value = tape.member(object, name);
  return value >= 0 && tape.kind(value) === STRING ? tape.text(value) : undefined;
}

/** The items of a member that is a list; none when it is something else. */
export function itemsAt(tape: JsonTape, object: number, name: string): number[] {
  const value = tape.member(object, name);
  return value >= 0 && tape.kind(value) === ARRAY ? [...tape.items(value)] : [];
}

/** The resources in a Bundle, with the address that each has there. */
export function entriesOf(tape: JsonTape, bundle: number): { url: string | undefined; resource: number }[] {
  return itemsAt(tape, bundle, 'entry').flatMap((entry) => {
    const resource = tape.member(entry, 'resource');
    if (resource < 0 || tape.kind(resource) !== OBJECT) return [];
    return [{ url: textAt(tape, entry, 'fullUrl'), resource }];
  });
}

/** The ids of the resources contained in a resource. */
export function containedIds(tape: JsonTape, resource: number): ReadonlySet<string> {
  return new Set(
    itemsAt(tape, resource, 'contained').flatMap((contained) => textAt(tape, contained, 'id') ?? []),
  );
}

/** The keys of the NHS numbers that a Patient says are its own. */
export function numbersOf(tape: JsonTape, patient: number): number[] {
  return keysAt(tape, numbersAt(tape, patient));
}

/** Where a Patient says what its own NHS numbers are; -1 for each that says none. */
export function numbersAt(tape: JsonTape, patient: number): number[] {
  return itemsAt(tape, patient, 'identifier')
    .filter((identifier) => textAt(tape, identifier, 'system') === NHS_NUMBER_SYSTEM)
    .map((identifier) => tape.member(identifier, 'value'));
}

/** The keys of the NHS numbers in these places, each once. */
export function keysAt(tape: JsonTape, values: readonly number[]): number[] {
  const keys = values.map((value) =>
    value < 0 || tape.kind(value) !== STRING ? NO_NUMBER : keyOfString(tape, value),
  );
  return keys.length > 1 ? [...new Set(keys)] : keys;
}

/** The key of the NHS number that a string is. */
export function keyOfString(tape: JsonTape, value: number): number {
  // What is not a number as it is written may be one once it is read.
  const key = nhsNumberKey(tape.bytes, tape.start(value) + 1, tape.end(value) - 1);
  return key >= 0 ? key : keyOfText(tape.text(value));
}
