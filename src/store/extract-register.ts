import { randomBytes } from 'node:crypto';
import { type ExtractState, type Field, readStricter, type Stops, usualStops } from '../extracts/extract.ts';
import type { ExtractChange, ExtractRegister } from '../extracts/extract-register.ts';
import { areFhirRules, arePersonColumns } from '../extracts/extract-rules.ts';
import type { VersionRecord } from '../extracts/registered-version.ts';
import type { Vault } from '../secrets.ts';
import type { Database } from './database.ts';
import type { ExtractVersionModel } from './generated/sqlite/models.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

/** What an extract's pseudonym key is sealed for: opened as another extract's, it gives nothing. */
export const pseudonymPurpose = (practiceId: string, extractId: string): string =>
  `pseudonym-key ${practiceId} ${extractId}`;

/** Versions of extracts, in the database. */
export function extractRegister(database: Database, vault: Vault): ExtractRegister {
  const versions = (where: { practiceId: string; extractId?: string }) =>
    readVersions(database.reader, where);
  return {
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(extractChange(change, vault))),
    versions: (practiceId) => versions({ practiceId }),
    versionsOf: (practiceId, extractId) => versions({ practiceId, extractId }),
    async pseudonymKeySince(practiceId, id) {
      const where = { practiceId_id: { practiceId, id } };
      const { keyChangedAt, createdAt } = await database.reader.extract.findUniqueOrThrow({ where });
      return keyChangedAt ?? createdAt;
    },
  };
}

/** Versions as the domain reads them, by extract, the newest first. */
export async function readVersions(
  reader: Database['reader'],
  where: { practiceId: string; extractId?: string },
): Promise<VersionRecord[]> {
  const orderBy = [{ extractId: 'asc' as const }, { version: 'desc' as const }];
  return (await reader.extractVersion.findMany({ where, orderBy })).map(registeredVersion);
}

function extractChange({ tx, practiceId, append }: PracticeChange, vault: Vault): ExtractChange {
  const one = (extractId: string, version: number) => ({
    practiceId_extractId_version: { practiceId, extractId, version },
  });
  const newKey = (id: string) => Buffer.from(vault.seal(randomBytes(32), pseudonymPurpose(practiceId, id)));
  return {
    append,
    async newest(extractId) {
      const where = { practiceId, extractId };
      const { _max } = await tx.extractVersion.aggregate({ where, _max: { version: true } });
      return _max.version ?? 0;
    },
    async add(version) {
      const { extractId: id, registeredAt: createdAt } = version;
      if (version.version === 1)
        await tx.extract.create({ data: { practiceId, id, createdAt, pseudonymKey: newKey(id) } });
      await tx.extractVersion.create({ data: { ...rowOf(version), practiceId } });
    },
    async find(extractId, version) {
      const row = await tx.extractVersion.findUnique({ where: one(extractId, version) });
      return row === null ? undefined : registeredVersion(row);
    },
    async standing(extractId) {
      const where = { practiceId, extractId, state: { in: ['approved', 'suspended'] } };
      const row = await tx.extractVersion.findFirst({ where, orderBy: { version: 'desc' } });
      return row === null ? undefined : registeredVersion(row);
    },
    async update(extractId, version, columns) {
      await tx.extractVersion.update({ where: one(extractId, version), data: rowOf(columns) });
    },
    async endExemptions(extractId, version, endedBy, endedAt) {
      const where = { practiceId, extractId, version, state: { in: ['asked', 'approved'] } };
      const ids = (await tx.exemption.findMany({ where, select: { id: true } })).map(({ id }) => id);
      await tx.exemption.updateMany({ where, data: { state: 'ended', endedBy, endedAt } });
      return ids;
    },
    async changePseudonymKey(id, at) {
      const where = { practiceId_id: { practiceId, id } };
      await tx.extract.update({ where, data: { pseudonymKey: newKey(id), keyChangedAt: at } });
    },
  };
}

/** The columns that hold JSON. */
const jsonColumns = [
  'fields',
  'stops',
  'fieldGroups',
  'freeText',
  'personColumns',
  'fhir',
  'stricter',
  'workedOnBy',
] as const satisfies readonly (keyof VersionRecord)[];
type JsonColumn = (typeof jsonColumns)[number];

type Row<T> = { [K in keyof T]: K extends JsonColumn ? (null extends T[K] ? string | null : string) : T[K] };

/** What the domain says, as columns. */
function rowOf<T extends Partial<VersionRecord>>(columns: T): Row<T> {
  const json = jsonColumns
    .filter((name) => columns[name] !== undefined)
    .map((name) => [name, columns[name] === null ? null : JSON.stringify(columns[name])]);
  return { ...columns, ...Object.fromEntries(json) };
}

const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));

/** A row as the domain reads it. */
export function registeredVersion(row: ExtractVersionModel): VersionRecord {
  const personColumns = asRule(row.personColumns);
  const fhir = asRule(row.fhir);
  const isWhole = arePersonColumns(personColumns) && areFhirRules(fhir);
  return {
    ...row,
    // What says whose rows they are cannot be read: nothing leaves until somebody has looked.
    state: !isWhole && row.state === 'approved' ? 'suspended' : (row.state as ExtractState),
    personColumns: arePersonColumns(personColumns) ? personColumns : [],
    fhir: areFhirRules(fhir) ? fhir : { types: [], narrative: false },
    fields: JSON.parse(row.fields) as Field[],
    // A rule that the row does not speak of is on.
    stops: { ...usualStops, ...(JSON.parse(row.stops) as Partial<Stops>) },
    fieldGroups: parsed(row.fieldGroups),
    freeText: parsed(row.freeText),
    stricter: readStricter(row.stricter),
    workedOnBy: parsed<string[]>(row.workedOnBy) ?? [row.registeredBy],
  };
}

/** Undefined for what is no JSON. */
function asRule(json: string | null): unknown {
  if (json === null) return null;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
