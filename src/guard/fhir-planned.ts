import type { ReleaseMemory } from './decide-records.ts';
import { type FhirFollow, isAboutTargets } from './fhir-follow.ts';
import type { FhirPlan, Followed, Looked } from './fhir-plan.ts';
import { isNhsNumberSystem, patientsIn, readReference } from './fhir-reference.ts';
import { keysAt } from './fhir-resource.ts';
import { ESCAPED, MARKED, STRING } from './json-kinds.ts';
import type { JsonTape } from './json-tape.ts';

/** Longer texts are not remembered. */
const LONGEST = 200;
const PATIENT = Buffer.from('Patient/');
const NO_ADDRESSES: ReadonlyMap<string, number> = new Map();

/** Does for a resource what a plan says that was made of another of its shape. */
export class PlannedWalk {
  constructor(
    private readonly tape: JsonTape,
    private readonly memory: ReleaseMemory,
    private readonly follow: FhirFollow,
  ) {}

  /** Whether all is so in the resource on the tape, which has the plan's shape, that the plan takes to be so. */
  fits({ same, looked, texts, steps, patient }: FhirPlan): boolean {
    if (patient !== undefined && patient.id >= 0 && this.tape.kind(patient.id) !== STRING) return false;
    for (let n = 0; n < same.length; n++) {
      const { value, written } = same[n] as FhirPlan['same'][number];
      if (!this.isWritten(value, written)) return false;
    }
    for (let n = 0; n < steps.length; n++) {
      const step = steps[n] as FhirPlan['steps'][number];
      if (step.does === 'follow' && this.tape.kind(step.reference.value) !== STRING) return false;
    }
    for (let n = 0; n < texts.length; n++)
      if (!this.isPlain(texts[n] as number) && !this.leadsToNobody(looked[n] as Looked)) return false;
    return true;
  }

  /** Names everybody in the resource on the tape, which the plan fits, as the walk would that made the plan. */
  run({ steps, hasToName, patient }: FhirPlan): void {
    const { tape, follow } = this;
    const { people, bindings } = this.memory;
    follow.addresses = NO_ADDRESSES;
    if (patient !== undefined) {
      const id = patient.id < 0 ? undefined : tape.text(patient.id);
      const keys = keysAt(tape, patient.numbers);
      if (id !== undefined) bindings.bind(id, keys);
      follow.itself(keys, id);
    }
    for (let n = 0; n < steps.length; n++) {
      const step = steps[n] as FhirPlan['steps'][number];
      if (step.does === 'follow') this.to(step.reference);
      else if (step.does === 'number') follow.number(step.value);
      else people.doubt('no-nhs-number');
    }
    if (hasToName && !people.named) people.doubt('no-nhs-number');
  }

  /** Follows a reference, as FhirFollow does; those of the plainest form, `Type/id`, without making a string of them. */
  private to(reference: Followed): void {
    const { tape, follow, memory } = this;
    const { bytes } = tape;
    const start = tape.start(reference.value) + 1;
    const end = tape.end(reference.value) - 1;
    const { length } = PATIENT;
    if (end - start > length && isThere(bytes, start, start + length, PATIENT)) {
      const bound = memory.bindings.findPlain(bytes, start + length, end);
      if (bound !== undefined) {
        follow.toBound(bound);
        return;
      }
    }
    const id = plainId(bytes, start, end);
    if (id >= 0 && isThere(bytes, start, id, reference.toNobody)) return;
    const text = tape.text(reference.value);
    follow.follow(text, reference.said, reference.place);
    if (id < 0 || reference.said === 'Patient' || isAboutTargets(reference.place)) return;
    const found = readReference(text);
    if (found.to === 'resource' && found.type !== 'Patient')
      reference.toNobody = Buffer.from(bytes.subarray(start, id));
  }

  private isWritten(value: number, written: Buffer): boolean {
    const { tape } = this;
    return isThere(tape.bytes, tape.start(value), tape.end(value), written);
  }

  /** Whether it is nothing that has to be read: no text, or one without any mark of an address. -1: it has to be read. */
  private isPlain(value: number): boolean {
    const { tape } = this;
    if (value < 0 || tape.kind(value) !== STRING) return value >= 0;
    // Nothing leads anywhere without one of the marks, but for `urn:uuid:`.
    return (tape.more(value) & (ESCAPED | MARKED)) === 0 && tape.bytes[tape.start(value) + 1] !== U;
  }

  private leadsToNobody(looked: Looked): boolean {
    const { tape } = this;
    const { value, isSystem, seen } = looked;
    if (tape.kind(value) !== STRING) return true;
    const start = tape.start(value);
    const end = tape.end(value);
    if (isThere(tape.bytes, start, end, seen)) return true;
    const isWithout = (tape.more(value) & ESCAPED) === 0 && !hasAddress(tape.bytes, start, end);
    if (!isSystem && isWithout && tape.bytes[start + 1] !== U) return true;
    const text = tape.text(value);
    if (text.startsWith('urn:uuid:') || patientsIn(text).length > 0) return false;
    if (isSystem && isNhsNumberSystem(text)) return false;
    if (end - start <= LONGEST) looked.seen = Buffer.from(tape.bytes.subarray(start, end));
    return true;
  }
}

const U = 0x75;
const SLASH = 0x2f;

function isThere(bytes: Buffer, start: number, end: number, written: Buffer): boolean {
  const { length } = written;
  if (end - start !== length) return false;
  for (let at = 0; at < length; at++) if (bytes[start + at] !== written[at]) return false;
  return true;
}

/**
 * Whether a text, without escapes, may hold what patientsIn() of fhir-reference.ts looks for: one of the marks / ? % |
 * behind the last letter of `Patient` or of `nhs-number`.
 */
function hasAddress(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at];
    if (byte !== SLASH && byte !== 0x3f && byte !== 0x25 && byte !== 0x7c) continue;
    const before = (bytes[at - 1] as number) | 0x20;
    if (before === 0x74 || before === 0x72) return true;
  }
  return false;
}

/**
 * Where the id begins in a reference of the form `Type/id`, as readReference() reads it. -1: it is of another form, or
 * there is a capital P in its id, which may be that of `Patient`.
 */
export function plainId(bytes: Buffer, start: number, end: number): number {
  let at = start;
  if (!isCapital(bytes[at++] as number)) return -1;
  while (at < end && isLetter(bytes[at] as number)) at++;
  if (at < start + 2 || at >= end || bytes[at++] !== SLASH) return -1;
  const id = at;
  if (end === id || end - id > 128) return -1;
  for (; at < end; at++) if (!isOfId(bytes[at] as number)) return -1;
  return id;
}

const isCapital = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;
const isLetter = (byte: number): boolean => isCapital(byte & 0xdf);
const isOfId = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x2d ||
  byte === 0x2e ||
  byte === 0x5f ||
  (isLetter(byte) && byte !== 0x50);
