import { personKinds, treatments } from '../../../../extracts/extract.ts';
import type { Content, FieldGroup } from '../../../../extracts/registered-version.ts';
import type { FieldError } from '../../../form.ts';

/** Most columns of which one extract can speak: six fields each have to fit into what a form may send. */
export const MOST_FIELDS = 150;
export const groupLetters = ['A', 'B', 'C', 'D', 'E'] as const;
const LINE = 200;

/** What of a version this page is about. */
export type FieldContent = Pick<
  Content,
  'fields' | 'fieldGroups' | 'freeText' | 'personColumns' | 'nhsNumberColumn' | 'fhir'
>;

type Body = Readonly<Record<string, unknown>>;
const textOf = (body: Body, name: string): string => {
  const sent = body[name];
  return typeof sent === 'string' ? sent.trim() : '';
};
const isOne = <T extends string>(known: readonly T[], word: string): word is T =>
  (known as readonly string[]).includes(word);

/** The columns that the form shows, by their place in it. */
export function rowNames(body: Body): string[] {
  const names: string[] = [];
  while (names.length < MOST_FIELDS && typeof body[`name${names.length}`] === 'string')
    names.push(textOf(body, `name${names.length}`));
  return names;
}

/** Reads the form: what it says, or every fault at once. */
export function readFields(
  body: Body,
): { ok: true; content: FieldContent } | { ok: false; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const rows = rowNames(body).map((name, place) => readRow(body, name, place, errors));
  const groups = groupLetters.map((letter) => readGroup(body, letter, rows, errors));
  const types = textOf(body, 'fhirTypes')
    .split(/[\s,]+/)
    .filter(Boolean);
  const wrong = types.find((type) => !/^[A-Z][A-Za-z]{1,40}$/.test(type));
  if (wrong !== undefined)
    errors.push({ field: 'fhirTypes', text: 'Enter resource types such as Condition, one a line' });
  const leaving = rows.filter(({ treatment }) => treatment !== null);
  if (leaving.length === 0 && types.length === 0)
    errors.push({
      field: rows.length > 0 ? 'treatment0' : 'names',
      text: 'Select at least one field that leaves',
    });
  if (errors.length > 0) return { ok: false, errors };

  const people = rows.flatMap(({ name, person }) => (person === null ? [] : [{ name, kind: person }]));
  const [only] = people;
  return {
    ok: true,
    content: {
      fields: [...leaving]
        .sort((one, other) => one.place - other.place)
        .flatMap(({ name, treatment }) => (treatment === null ? [] : [{ name, treatment }])),
      fieldGroups: groups.flatMap((group) => group ?? []),
      freeText: rows.flatMap(({ name, freeText }) =>
        freeText === '' ? [] : [{ field: name, reason: freeText }],
      ),
      personColumns: people.length === 0 ? null : people,
      nhsNumberColumn: people.length === 1 && only?.kind === 'nhs-number' ? only.name : null,
      fhir: types.length === 0 ? null : { types, narrative: body.fhirNarrative === 'yes' },
    },
  };
}

function readRow(body: Body, name: string, row: number, errors: FieldError[]) {
  const fault = (field: string, text: string) => errors.push({ field: `${field}${row}`, text });
  const treatment = textOf(body, `treatment${row}`);
  const person = textOf(body, `person${row}`);
  const place = textOf(body, `place${row}`);
  const freeText = textOf(body, `freeText${row}`);
  const group = textOf(body, `group${row}`);
  const leaves = treatment !== '';
  if (leaves && !isOne(treatments, treatment)) fault('treatment', `Select what leaves of ${name}`);
  if (person !== '' && !isOne(personKinds, person)) fault('person', `Select what ${name} says`);
  if (place !== '' && !/^\d{1,3}$/.test(place)) fault('place', `The place of ${name} must be a number`);
  if (freeText.length > LINE) fault('freeText', `The reason for ${name} must be ${LINE} characters or fewer`);
  if (leaves && !isOne(groupLetters, group)) fault('group', `Select the group of ${name}`);
  return {
    name,
    treatment: isOne(treatments, treatment) ? treatment : null,
    person: isOne(personKinds, person) ? person : null,
    place: place === '' ? row + 1 : Number(place),
    freeText: leaves ? freeText : '',
    group: leaves ? group : '',
  };
}

function readGroup(
  body: Body,
  letter: string,
  rows: readonly { readonly name: string; readonly group: string }[],
  errors: FieldError[],
): FieldGroup | null {
  const fields = rows.filter(({ group }) => group === letter).map(({ name }) => name);
  const name = textOf(body, `groupName${letter}`);
  const reason = textOf(body, `groupReason${letter}`);
  if (fields.length === 0) return null;
  if (name.length > 80)
    errors.push({ field: `groupName${letter}`, text: 'The name must be 80 characters or fewer' });
  if (reason === '')
    errors.push({
      field: `groupReason${letter}`,
      text: `Enter why the fields of group ${letter} are needed`,
    });
  if (reason.length > 500)
    errors.push({ field: `groupReason${letter}`, text: 'The reason must be 500 characters or fewer' });
  return { name: name || `Group ${letter}`, fields, reason };
}

/**
 * What a version says, as the values of the form, with further columns of a sample file behind them.
 *
 * @param names the columns of the sample, in its order
 */
export function fieldValues(content: FieldContent, names: readonly string[] = []): Record<string, string> {
  const { fields, fieldGroups, freeText, personColumns, nhsNumberColumn, fhir } = content;
  const people =
    personColumns ?? (nhsNumberColumn === null ? [] : [{ name: nhsNumberColumn, kind: 'nhs-number' }]);
  const known = [...fields.map(({ name }) => name), ...people.map(({ name }) => name)];
  const all = [...new Set([...known, ...names])].slice(0, MOST_FIELDS);
  const values: Record<string, string> = {};
  for (const [row, name] of all.entries()) {
    const place = fields.findIndex((field) => field.name === name);
    const group = (fieldGroups ?? []).findIndex((one) => one.fields.includes(name));
    values[`name${row}`] = name;
    values[`treatment${row}`] = fields[place]?.treatment ?? '';
    values[`place${row}`] = String((place < 0 ? row : place) + 1);
    values[`group${row}`] = groupLetters[group] ?? 'A';
    values[`person${row}`] = people.find((one) => one.name === name)?.kind ?? '';
    values[`freeText${row}`] = (freeText ?? []).find(({ field }) => field === name)?.reason ?? '';
  }
  for (const [place, group] of (fieldGroups ?? []).entries()) {
    const letter = groupLetters[place];
    if (letter === undefined) continue;
    values[`groupName${letter}`] = group.name;
    values[`groupReason${letter}`] = group.reason;
  }
  values.fhirTypes = (fhir?.types ?? []).join('\n');
  values.fhirNarrative = fhir?.narrative ? 'yes' : '';
  return values;
}
