import type { Columns } from './csv-columns.ts';
import { NOBODY } from './decide-people.ts';
import type { Head } from './decide-records.ts';
import { NHS_NUMBER_SYSTEM } from './fhir-reference.ts';
import { localIdOf, type MadeUpRow, madeUpRows, numberOf, ordinalOf } from './made-up-rows.ts';
import {
  isUsualName,
  namedPeople,
  type PersonKind,
  personKind,
  type ReleasedVersion,
} from './person-columns.ts';

/** A file of made-up people in the format of a release. */
export type MadeUpFile = {
  readonly bytes: Buffer;
  /** The extract for it. */
  readonly version: ReleasedVersion;
  /** Its rows but the unreadable one: about whom each is, and the ordinals that its notes must have if it leaves. */
  readonly rows: readonly { readonly row: MadeUpRow; readonly patients: readonly number[] }[];
};

const [control] = madeUpRows as readonly [MadeUpRow];

/** @param withUnreadable a row that cannot be read is in it, unless it would, rightly, fail the release */
export function madeUpFile(head: Head, version: ReleasedVersion, withUnreadable: boolean): MadeUpFile {
  if (head.format === 'text/csv') return csvFile(head, version, withUnreadable);
  const { objects, rows, ...made } =
    head.format === 'application/x-ndjson' ? objectFile(version) : fhirFile(version);
  const lines = objects.map((object) => JSON.stringify(object));
  if (withUnreadable) lines.push('{"made up"');
  return { bytes: Buffer.from(`${lines.join('\n')}\n`), rows, ...made };
}

function csvFile(
  { header, columns }: { readonly header: Buffer; readonly columns: Columns },
  version: ReleasedVersion,
  withUnreadable: boolean,
): MadeUpFile {
  const { count, people } = columns;
  const line = (cells: ReadonlyMap<number, string>, length = count) =>
    Array.from({ length }, (_, place) => cells.get(place) ?? 'made up').join(',');
  const rows = everyPlace(people);
  const cells = rows.map(({ row, place }) =>
    people.map(({ column, local }, one) => [column, cellOf(one === place ? row : control, local)] as const),
  );
  const lines = cells.map((some) => line(new Map(some)));
  if (withUnreadable) lines.push(line(new Map(cells[0]), count + 1));
  return { bytes: Buffer.concat([header, Buffer.from(`\n${lines.join('\n')}\n`)]), version, rows };
}

function objectFile(version: ReleasedVersion) {
  const usual = version.fields.find(({ name }) => isUsualName(name))?.name ?? 'nhs_number';
  const people = namedPeople(version)?.map((person) => ({ name: person.name, ...personKind(person) })) ?? [
    { name: usual },
  ];
  const rows = everyPlace(people);
  const objects = rows.map(({ row, place }) => {
    const object: Record<string, unknown> = {};
    for (const { name } of version.fields) if (!isUsualName(name)) object[name] = 'made up';
    people.forEach(({ name, local }: PersonKind & { name: string }, one) => {
      const who = one === place ? row : control;
      put(object, name.split('.'), local === undefined ? numberOf(who) : localIdOf(who));
    });
    return object;
  });
  return { version, rows, objects };
}

/** Puts a value behind a path. */
function put(object: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) object[first] = value;
  else {
    const inner = typeof object[first] === 'object' ? (object[first] as Record<string, unknown>) : {};
    object[first] = inner;
    put(inner, rest, value);
  }
}

/** A Patient for each of them, and resources that name them in the ways that are easily overlooked. */
function fhirFile(version: ReleasedVersion) {
  const types = ['Patient', 'Observation', 'Group'];
  const rows: MadeUpFile['rows'][number][] = [];
  const objects: unknown[] = [];
  const reference = (row: MadeUpRow) => ({ reference: `Patient/made-up-${madeUpRows.indexOf(row)}` });
  const identifier = (row: MadeUpRow) => ({ system: NHS_NUMBER_SYSTEM, value: numberOf(row) });
  const add = (row: MadeUpRow, named: readonly MadeUpRow[], resource: object) => {
    objects.push(resource);
    rows.push({ row, patients: ordinalsOf(named.map(ordinalOf)) });
  };
  for (const row of madeUpRows) {
    const id = `made-up-${madeUpRows.indexOf(row)}`;
    add(row, [row], { resourceType: 'Patient', id, identifier: [identifier(row)] });
    add(row, [row], { resourceType: 'Observation', subject: reference(row) });
    add(row, [control, row], {
      resourceType: 'Observation',
      subject: reference(control),
      extension: [{ url: 'https://example.org/made-up', valueReference: reference(row) }],
    });
    add(row, [control, row], {
      resourceType: 'Observation',
      subject: reference(control),
      performer: [{ type: 'Patient', identifier: identifier(row) }],
    });
    add(row, [row, control], {
      resourceType: 'Observation',
      contained: [{ resourceType: 'Patient', id: 'p', identifier: [identifier(row)] }],
      subject: reference(control),
    });
    add(row, [control, row], {
      resourceType: 'Group',
      member: [{ entity: reference(control) }, { entity: reference(row) }],
    });
  }
  return {
    version: { ...version, fhir: { types, narrative: version.fhir?.narrative ?? false } },
    rows,
    objects,
  };
}

/** Each of the made-up people in each of the person columns, with the control in the others. */
function everyPlace(people: readonly PersonKind[]) {
  return people.flatMap((_, place) =>
    madeUpRows.map((row) => ({
      row,
      place,
      patients: ordinalsOf(
        people.map(({ local }, one) => {
          const who = one === place ? row : control;
          // Two records with one local id: whose it is cannot be said, where two with one number share what becomes of them.
          return local !== undefined && who.known.length > 1 ? NOBODY : ordinalOf(who);
        }),
      ),
    })),
  );
}

/** As decide-people.ts notes them. */
function ordinalsOf(ordinals: readonly number[]): number[] {
  const listed = [...new Set(ordinals.filter((ordinal) => ordinal !== NOBODY))];
  return listed.length === 0 ? [NOBODY] : listed;
}

function cellOf(row: MadeUpRow, local: PersonKind['local']): string {
  return local === undefined || localIdOf(row) === '' ? row.cell : localIdOf(row);
}
