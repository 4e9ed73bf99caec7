import type { Place } from './fhir-follow.ts';
import type { JsonTape } from './json-tape.ts';

/** A text of which nobody knows before it is read whether it leads to somebody. */
export type Looked = {
  /** Its number on the tape. */
  readonly value: number;
  /** It is the system of an identifier, perhaps. */
  readonly isSystem: boolean;
  /** What was written there last that leads to nobody. */
  seen: Buffer;
};

/** A reference, which is followed in each line. */
export type Followed = {
  readonly value: number;
  readonly said: string | undefined;
  readonly place: Place;
  /** How the last one began, such as `Encounter/`, if all leads to nobody that begins so and is followed by a plain id. */
  toNobody: Buffer;
};

/** Who is named, in order: by a reference; by the NHS number of an identifier (-1: it says none); or it is a doubt. */
export type Step =
  | { readonly does: 'follow'; readonly reference: Followed }
  | { readonly does: 'number'; readonly value: number }
  | { readonly does: 'doubt' };

/**
 * What a walk through a resource (fhir-walk.ts) came to, for other resources of the same shape: what of it is so for all
 * of them, which of their texts have to be the same for that, and which have to be looked at in each.
 */
export class FhirPlan {
  /** False: such resources are walked through, each by itself. */
  isFixed = true;
  /** The types of the resource and of those in it. */
  readonly types = new Set<string>();
  /** Narratives: the number of the name of each, and of the object that it is in. */
  readonly narratives: { readonly name: number; readonly object: number }[] = [];
  /** Of a Patient, where its id is (-1: nowhere), and where its NHS numbers are, as numbersAt() says. */
  patient: { readonly id: number; readonly numbers: readonly number[] } | undefined;
  /** Somebody has to be named in it. */
  hasToName = true;
  readonly same: { readonly value: number; readonly written: Buffer }[] = [];
  readonly looked: Looked[] = [];
  /** The numbers of those on the tape; in place of a system's -1. */
  readonly texts: number[] = [];
  readonly steps: Step[] = [];

  /** What was found depends on this text, or on its being none: it has to be the same. -1: there is none in such resources. */
  dependsOn(tape: JsonTape, value: number): void {
    if (value < 0) return;
    const written = Buffer.from(tape.bytes.subarray(tape.start(value), tape.end(value)));
    this.same.push({ value, written });
  }

  /** This text may lead to somebody, or be the system of NHS numbers; but in such resources it does not, as a rule. */
  looksAt(value: number, isSystem: boolean): void {
    this.looked.push({ value, isSystem, seen: Buffer.alloc(0) });
    this.texts.push(isSystem ? -1 : value);
  }

  /** It is the system of NHS numbers, and leads to nobody by itself. */
  dependsOnSystem(tape: JsonTape, value: number): void {
    this.dependsOn(tape, value);
    const looked = this.looked.find((one) => one.value === value);
    if (looked) looked.seen = (this.same.at(-1) as FhirPlan['same'][number]).written;
  }

  follows(value: number, said: string | undefined, place: Place): void {
    this.steps.push({ does: 'follow', reference: { value, said, place, toNobody: Buffer.alloc(0) } });
  }
}
