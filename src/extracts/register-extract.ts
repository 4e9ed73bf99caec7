import { isDay } from '../day.ts';
import type { Actor, JsonObject, Ledgered } from '../ledger/entry.ts';
import { type ExtractVersion, treatments, usualStops } from './extract.ts';
import { areFhirRules, arePersonColumns } from './extract-rules.ts';
import { isGround, rulesOfGround } from './grounds.ts';

/** A version as it is registered: what the guard reads of it, and what the public is told besides. */
export type RegisteredVersion = ExtractVersion & {
  /** ODS code of the recipient; empty where it has none. */
  readonly recipientOds: string;
  /** The direction, approval or statute that the ground asks for. */
  readonly reference: string;
  /** Id of who registered it, who cannot approve it. */
  readonly registeredBy: string;
};

/** Where versions are kept: one change of the practice's data at a time. */
export interface ExtractRegister {
  change<T>(practiceId: string, work: (change: ExtractChange) => Promise<T>): Promise<T>;
}

export interface ExtractChange extends Ledgered {
  /** The number of the newest version; 0 when the practice has no extract of this id. */
  newest(extractId: string): Promise<number>;
  /** Keeps a version; with the first one also the extract itself and its pseudonym key. */
  add(version: RegisteredVersion, at: Date): Promise<void>;
  find(extractId: string, version: number): Promise<RegisteredVersion | undefined>;
  /** Makes the version the approved one; the one approved before is superseded. */
  approve(extractId: string, version: number, by: string, at: Date): Promise<void>;
}

export type NewExtract = Omit<
  RegisteredVersion,
  | 'version'
  | 'state'
  | 'registeredBy'
  | 'stops'
  | 'nhsNumberColumn'
  | 'includeLeft'
  | 'personColumns'
  | 'fhir'
> &
  Partial<Pick<RegisteredVersion, 'stops' | 'nhsNumberColumn' | 'includeLeft' | 'personColumns' | 'fhir'>>;

export type Registered =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly reason: ExtractFault };

export type ExtractFault =
  | 'id-invalid'
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
  | 'ends-before-start';

/**
 * Registers a reason to send data out, or a new version of one. It waits for the guardian's approval; the version
 * approved before runs on meanwhile.
 */
export async function registerExtract(
  register: ExtractRegister,
  input: NewExtract,
  by: Actor,
  now: Date,
): Promise<Registered> {
  const reason = extractFault(input);
  if (reason !== undefined) return { ok: false, reason };
  const { practiceId, extractId } = input;
  return register.change(practiceId, async (change): Promise<Registered> => {
    const version = (await change.newest(extractId)) + 1;
    const registered: RegisteredVersion = {
      nhsNumberColumn: null,
      personColumns: null,
      fhir: null,
      includeLeft: false,
      stops: usualStops,
      ...input,
      version,
      state: 'awaiting-approval',
      registeredBy: by.id,
    };
    await change.add(registered, now);
    change.append('extract-registered', by, registeredEntry(registered), now);
    return { ok: true, version };
  });
}

/** What the ledger says of a version: all of it, for nothing of it is about a patient. Shares are text, such as "0.2". */
function registeredEntry(version: RegisteredVersion): JsonObject {
  const { practiceId: _, state: __, registeredBy: ___, extractId, fields, stops, ...others } = version;
  const { personColumns, fhir, ...said } = others;
  const asText = Object.entries(stops).map(([rule, limit]) => [rule, limit === null ? null : String(limit)]);
  const shown = fields.map(({ name, treatment }) => ({ name, treatment }));
  return {
    ...said,
    ...(personColumns !== null && { personColumns: personColumns.map(({ name, kind }) => ({ name, kind })) }),
    ...(fhir !== null && { fhir: { types: [...fhir.types], narrative: fhir.narrative } }),
    extract: extractId,
    fields: shown,
    stops: Object.fromEntries(asText),
  };
}

function extractFault(input: NewExtract): ExtractFault | undefined {
  const { extractId, name, recipient, purpose, ground, reference, fields, startsOn, endsOn } = input;
  const { nhsNumberColumn = null, personColumns = null, fhir = null } = input;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(extractId) || extractId.length > 60) return 'id-invalid';
  if ([name, recipient, purpose].some((text) => text.trim() === '')) return 'not-named';
  // Headers are read without the spaces around a name, and an empty one would be any column without a name. Left out
  // (null), the usual names are looked for.
  if (nhsNumberColumn !== null && (nhsNumberColumn === '' || nhsNumberColumn.trim() !== nhsNumberColumn))
    return 'column-not-named';
  if (!isGround(ground)) return 'unknown-ground';
  if (reference.trim() === '' && !rulesOfGround(ground).notReleased) return 'no-reference';
  if (!arePersonColumns(personColumns)) return 'person-column-invalid';
  // A FHIR extract lets whole resources leave: fields would promise less.
  if (!areFhirRules(fhir) || (fhir !== null && fields.length > 0)) return 'fhir-invalid';
  if (fields.length === 0 && fhir === null) return 'no-fields';
  if (new Set(fields.map((field) => field.name)).size < fields.length) return 'field-doubled';
  if (fields.some(({ treatment }) => !treatments.includes(treatment))) return 'unknown-treatment';
  if (!isDay(startsOn) || !isDay(endsOn)) return 'not-a-day';
  return endsOn < startsOn ? 'ends-before-start' : undefined;
}
