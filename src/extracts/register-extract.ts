import { isDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import { mayBeStricter } from './applied-types.ts';
import { treatments, usualStops } from './extract.ts';
import type { ExtractRegister } from './extract-register.ts';
import { areFhirRules, arePersonColumns } from './extract-rules.ts';
import { isGround, rulesOfGround } from './grounds.ts';
import {
  type Content,
  contentOf,
  nothingSaid,
  type RegisteredVersion,
  type Said,
  type VersionRecord,
} from './registered-version.ts';
import { areToldDays } from './telling-first.ts';
import { registeredEntry } from './version-content.ts';

export type { ExtractChange, ExtractRegister } from './extract-register.ts';
export type { RegisteredVersion } from './registered-version.ts';

type Usual = Said &
  Pick<
    RegisteredVersion,
    'stops' | 'nhsNumberColumn' | 'personColumns' | 'fhir' | 'includeLeft' | 'toldDays' | 'stricter'
  >;

/** What is left out is as usual, or is said later. */
export type NewExtract = Omit<RegisteredVersion, 'version' | 'state' | 'registeredBy' | keyof Usual> &
  Partial<Usual> & {
    /** `draft`: it is sent for approval later. */
    readonly state?: 'draft' | 'awaiting-approval';
    /** Refuses an id that the practice has already, instead of making another version of that extract. */
    readonly isNew?: boolean;
  };

export type Registered =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly reason: ExtractFault };

export type ExtractFault = 'id-invalid' | 'id-taken' | ContentFault;

export type ContentFault =
  | 'not-named'
  | 'column-not-named'
  | 'unknown-ground'
  | 'no-reference'
  | 'no-fields'
  | 'field-doubled'
  | 'unknown-treatment'
  | 'person-column-invalid'
  | 'fhir-invalid'
  | 'not-a-day'
  | 'ends-before-start'
  | 'never-stricter'
  | 'told-days-invalid';

/** Words of the register's own addresses, which no extract can be called. */
const reserved = ['new', 'import', 'columns', 'preview'];

/**
 * Registers a reason to send data out, or a new version of one. It waits for the guardian's approval, or as a draft to
 * be sent for it; the version approved before runs on meanwhile.
 */
export async function registerExtract(
  register: ExtractRegister,
  { state = 'awaiting-approval', isNew = false, ...input }: NewExtract,
  by: Actor,
  now: Date,
): Promise<Registered> {
  const { practiceId, extractId } = input;
  const content = contentOf({
    ...nothingSaid,
    nhsNumberColumn: null,
    personColumns: null,
    fhir: null,
    includeLeft: false,
    toldDays: null,
    stops: usualStops,
    stricter: [],
    ...input,
  });
  const reason = idFault(extractId) ?? contentFault(content, state === 'draft');
  if (reason !== undefined) return { ok: false, reason };
  return register.change(practiceId, async (change): Promise<Registered> => {
    const newest = await change.newest(extractId);
    if (isNew && newest > 0) return { ok: false, reason: 'id-taken' };
    const version = newest + 1;
    await change.add(newRecord({ practiceId, extractId, version }, content, state, by, now));
    change.append('extract-registered', by, registeredEntry(extractId, version, content), now);
    return { ok: true, version };
  });
}

/** A version to which nothing has happened yet. */
export function newRecord(
  name: Pick<VersionRecord, 'practiceId' | 'extractId' | 'version'>,
  content: Content,
  state: 'draft' | 'awaiting-approval',
  by: Actor,
  now: Date,
): VersionRecord {
  const isSent = state === 'awaiting-approval';
  return {
    ...name,
    ...content,
    state,
    registeredBy: by.id,
    registeredAt: now,
    workedOnBy: [by.id],
    sentBy: isSent ? by.id : null,
    sentAt: isSent ? now : null,
    approvedBy: null,
    approvedAt: null,
    returnedBy: null,
    returnedAt: null,
    returnedWhy: null,
    suspendedBy: null,
    suspendedAt: null,
    suspendedWhy: null,
    endedBy: null,
    endedAt: null,
    destroyedOn: null,
    certificateReference: null,
    certificateBy: null,
  };
}

/** Why an id cannot be one of an extract, or undefined. */
export function idFault(extractId: string): 'id-invalid' | undefined {
  const isSlug = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(extractId) && extractId.length <= 60;
  return isSlug && !reserved.includes(extractId) ? undefined : 'id-invalid';
}

/**
 * What nobody could judge, or undefined.
 *
 * @param isDraft whether fields and the reference may still be missing
 */
export function contentFault(content: Content, isDraft: boolean): ContentFault | undefined {
  const { name, recipient, purpose, ground, reference, fields, startsOn, endsOn } = content;
  const { nhsNumberColumn, personColumns, fhir } = content;
  if ([name, recipient, purpose].some((text) => text.trim() === '')) return 'not-named';
  // Headers are read without the spaces around a name, and an empty one would be any column without a name. Left out
  // (null), the usual names are looked for.
  if (nhsNumberColumn !== null && (nhsNumberColumn === '' || nhsNumberColumn.trim() !== nhsNumberColumn))
    return 'column-not-named';
  if (!isGround(ground)) return 'unknown-ground';
  if (!isDraft && reference.trim() === '' && !rulesOfGround(ground).notReleased) return 'no-reference';
  if (!arePersonColumns(personColumns)) return 'person-column-invalid';
  // A FHIR extract lets whole resources leave: fields would promise less.
  if (!areFhirRules(fhir) || (fhir !== null && fields.length > 0)) return 'fhir-invalid';
  if (!isDraft && fields.length === 0 && fhir === null) return 'no-fields';
  if (new Set(fields.map((field) => field.name)).size < fields.length) return 'field-doubled';
  if (fields.some(({ treatment }) => !treatments.includes(treatment))) return 'unknown-treatment';
  if (!isDraft && content.stricter.length > 0 && !mayBeStricter(ground)) return 'never-stricter';
  if (!areToldDays(content.toldDays)) return 'told-days-invalid';
  if (!isDay(startsOn) || !isDay(endsOn)) return 'not-a-day';
  return endsOn < startsOn ? 'ends-before-start' : undefined;
}
