import { isFhirType } from './fhir-types.ts';

/** What a reference points at, as far as its text tells. */
export type Reference =
  /** `resolvable`: by its id alone; an id on some other server may be anybody's. */
  | { readonly to: 'resource'; readonly type: string; readonly id: string; readonly resolvable: boolean }
  | { readonly to: 'nhs-number'; readonly text: string }
  | { readonly to: 'contained'; readonly id: string }
  /** By search, of another type than Patient. */
  | { readonly to: 'search'; readonly type: string }
  | { readonly to: 'uuid'; readonly uuid: string }
  | { readonly to: 'nobody-knows' };

const ID = '([A-Za-z0-9._-]{1,128})';
const HISTORY = '(?:/_history/[A-Za-z0-9._-]{1,128})?';
const TYPE = '([A-Z][A-Za-z]+)';
const RELATIVE = new RegExp(`^${TYPE}/${ID}${HISTORY}$`);
const ABSOLUTE = new RegExp(`^https?://[^\\s?#|]+/${TYPE}/${ID}${HISTORY}$`, 'i');
const SEARCH = new RegExp(String.raw`^(?:https?://[^\s?#|]+/)?${TYPE}\?(\S+)$`);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PATIENT_WORD = /(^|[^A-Za-z])Patient([^A-Za-z]|$)/;
/** The address of a patient, or of something behind it. */
const PATIENT_ADDRESS = /^(?:\S*\/)?Patient\/[A-Za-z0-9._-]{1,128}(?:[/?#]\S*)?$/;
/** What a text holds at least that leads to a patient; and how it does so in what is searched for, once decoded. */
const NAMES_PATIENT = /Patient(?:[/?]|%2F)|nhs-number(?:\||%7C)/i;
const PATIENTS_IN_SEARCH = /[=,]((?:https?:\/\/[^\s,&?#]+\/)?Patient\/[A-Za-z0-9._-]{1,128})/g;
const NUMBERS_IN_SEARCH = /nhs-number\|([\d +-]{10,})/gi;
const LONGEST = 2048;

const nobodyKnows: Reference = { to: 'nobody-knows' };

/** The system of NHS numbers in FHIR. */
export const NHS_NUMBER_SYSTEM = 'https://fhir.nhs.uk/Id/nhs-number';
/** However it is written: by the older addresses too, with a version, or as the HL7 version 3 systems do. */
const ANY_NHS_NUMBER_SYSTEM =
  /^(?:https?:\/\/\S+\/nhs-number|urn:oid:2\.16\.840\.1\.113883\.2\.1\.4\.1)\/*(?:[|#?].*)?$/i;

/** Whether a system is that of NHS numbers. */
export function isNhsNumberSystem(system: string): boolean {
  return ANY_NHS_NUMBER_SYSTEM.test(system.trim());
}

/** Reads a reference. Whatever is not plainly one of the known forms is `nobody-knows`. */
export function readReference(text: string): Reference {
  if (text.length > LONGEST) return nobodyKnows;
  if (text.startsWith('#')) return { to: 'contained', id: text.slice(1) };
  if (text.startsWith('urn:uuid:')) return { to: 'uuid', uuid: text.slice('urn:uuid:'.length) };
  const found = resource(text) ?? search(text) ?? nobodyKnows;
  const isPatient = found.to === 'nhs-number' || ('type' in found && found.type === 'Patient');
  return !isPatient && PATIENT_WORD.test(text) ? nobodyKnows : found;
}

/** The references to patients in a text that is in no `reference`: an address of one, or one in a search. */
export function patientsIn(text: string): readonly string[] {
  if (!NAMES_PATIENT.test(text)) return [];
  if (text.length > LONGEST) return /\s/.test(text) ? [] : [text];
  const found = search(text);
  const isOfPatient =
    found?.to === 'nhs-number' || (found !== undefined && 'type' in found && found.type === 'Patient');
  if (isOfPatient || PATIENT_ADDRESS.test(text)) return [text];
  const plain = decoded(text);
  // What cannot be read may be of anybody: a reference that nobody knows. But in words a % is only a %.
  if (plain === undefined) return /\s/.test(text) ? [] : [text];
  const ids = [...plain.matchAll(PATIENTS_IN_SEARCH)].map(([, reference = '']) => reference);
  const numbers = [...plain.matchAll(NUMBERS_IN_SEARCH)].map(
    ([, number = '']) => `Patient?identifier=${NHS_NUMBER_SYSTEM}|${number.replace(/[ +]/g, '')}`,
  );
  return [...ids, ...numbers];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function resource(text: string): Reference | undefined {
  const relative = RELATIVE.exec(text);
  const [, type = '', id = ''] = relative ?? ABSOLUTE.exec(text) ?? [];
  if (!isFhirType(type)) return undefined;
  return { to: 'resource', type, id, resolvable: relative !== null || UUID.test(id) };
}

function search(text: string): Reference | undefined {
  const [, type = '', query = ''] = SEARCH.exec(text) ?? [];
  if (!isFhirType(type)) return undefined;
  if (type !== 'Patient') return { to: 'search', type };
  const identifiers = new URLSearchParams(query).getAll('identifier');
  const [system = '', value = '', ...more] = (identifiers[0] ?? '').split('|');
  const isOne = identifiers.length === 1 && more.length === 0 && !value.includes(',');
  if (isOne && isNhsNumberSystem(system)) return { to: 'nhs-number', text: value };
  return { to: 'resource', type, id: '', resolvable: false };
}
