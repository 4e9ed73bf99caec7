import { keyOfText } from '../patients/nhs-number.ts';
import { NHS_NUMBER_SYSTEM } from './fhir-reference.ts';
import { ARRAY, type JsonTape, OBJECT, STRING } from './json-tape.ts';

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
  const keys = itemsAt(tape, patient, 'identifier')
    .filter((identifier) => textAt(tape, identifier, 'system') === NHS_NUMBER_SYSTEM)
    .map((identifier) => keyOfText(textAt(tape, identifier, 'value') ?? ''));
  return [...new Set(keys)];
}
