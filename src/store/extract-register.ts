import { randomBytes } from 'node:crypto';
import { type ExtractState, type Field, type Stops, usualStops } from '../extracts/extract.ts';
import { areFhirRules, arePersonColumns } from '../extracts/extract-rules.ts';
import type { ExtractChange, ExtractRegister, RegisteredVersion } from '../extracts/register-extract.ts';
import type { Vault } from '../secrets.ts';
import type { Database } from './database.ts';
import type { ExtractVersionModel } from './generated/sqlite/models.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

/** What an extract's pseudonym key is sealed for: opened as another extract's, it gives nothing. */
export const pseudonymPurpose = (practiceId: string, extractId: string): string =>
  `pseudonym-key ${practiceId} ${extractId}`;

/** Versions of extracts, in the database. */
export function extractRegister(database: Database, vault: Vault): ExtractRegister {
  return {
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(extractChange(change, vault))),
  };
}

function extractChange({ tx, practiceId, append }: PracticeChange, vault: Vault): ExtractChange {
  const one = (extractId: string, version: number) => ({
    practiceId_extractId_version: { practiceId, extractId, version },
  });
  return {
    append,
    async newest(extractId) {
      const where = { practiceId, extractId };
      const { _max } = await tx.extractVersion.aggregate({ where, _max: { version: true } });
      return _max.version ?? 0;
    },
    async add({ fields, stops, personColumns, fhir, ...version }, at) {
      const { extractId: id } = version;
      if (version.version === 1) {
        const pseudonymKey = Buffer.from(vault.seal(randomBytes(32), pseudonymPurpose(practiceId, id)));
        await tx.extract.create({ data: { practiceId, id, createdAt: at, pseudonymKey } });
      }
      const json = {
        fields: JSON.stringify(fields),
        stops: JSON.stringify(stops),
        personColumns: personColumns && JSON.stringify(personColumns),
        fhir: fhir && JSON.stringify(fhir),
      };
      await tx.extractVersion.create({ data: { ...version, practiceId, ...json, registeredAt: at } });
    },
    async find(extractId, version) {
      const row = await tx.extractVersion.findUnique({ where: one(extractId, version) });
      return row === null ? undefined : registeredVersion(row);
    },
    async approve(extractId, version, by, at) {
      const before = { practiceId, extractId, state: 'approved' };
      await tx.extractVersion.updateMany({ where: before, data: { state: 'superseded' } });
      const data = { state: 'approved', approvedBy: by, approvedAt: at };
      await tx.extractVersion.update({ where: one(extractId, version), data });
    },
  };
}

/** A row as the domain reads it. */
export function registeredVersion(row: ExtractVersionModel): RegisteredVersion {
  const {
    registeredAt: _,
    approvedBy: __,
    approvedAt: ___,
    suspendedBy: ____,
    suspendedAt: _____,
    ...said
  } = row;
  const personColumns = parsed(row.personColumns);
  const fhir = parsed(row.fhir);
  const isWhole = arePersonColumns(personColumns) && areFhirRules(fhir);
  return {
    ...said,
    // What says whose rows they are cannot be read: nothing leaves until somebody has looked.
    state: !isWhole && row.state === 'approved' ? 'suspended' : (row.state as ExtractState),
    personColumns: arePersonColumns(personColumns) ? personColumns : [],
    fhir: areFhirRules(fhir) ? fhir : { types: [], narrative: false },
    fields: JSON.parse(row.fields) as Field[],
    // A rule that the row does not speak of is on.
    stops: { ...usualStops, ...(JSON.parse(row.stops) as Partial<Stops>) },
  };
}

/** Undefined for what is no JSON. */
function parsed(json: string | null): unknown {
  if (json === null) return null;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
