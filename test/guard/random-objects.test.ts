// Random extracts of random NDJSON and FHIR: what each line is and whom it names is known because the test made it,
// and what has to leave of it is put together without a line of the guard.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { treatments } from '../../src/extracts/extract.ts';
import { membersOf } from '../../src/guard/membership.ts';
import { bothTypes, indexOf, scan } from './scan.ts';
import { slowTreated } from './slow-guard.ts';
import { cut, someNumbers, someSizes } from './some-csv.ts';

const LONG = 120_000;
const pseudonymKey = Buffer.from('a key that only this test knows');
/** Who has objected; everybody else may leave. */
const objectors = fc.array(fc.nat(5), { maxLength: 3 }).map((places) => new Set(places));
const listOf = (objected: ReadonlySet<number>) =>
  indexOf(someNumbers.map((nhsNumber, place) => ({ nhsNumber, type1: objected.has(place) })));

const names = ['note', 'day', 'postcode', 'nested', 'secret'];
const value = fc.oneof(
  fc.constantFrom(
    '""',
    '"a"',
    '"2024-02-29"',
    '"31/12/1999"',
    '"\\u0032024-05-06"',
    '"EX1 1AA"',
    '"w1a 1aa"',
  ),
  fc.constantFrom(
    '1.50',
    '-2e3',
    'true',
    'null',
    '[ 1, {"x":2} ]',
    '{ "day" : "2024-01-01" }',
    '"漢\\n"',
    '20240506',
  ),
);
const object = fc.record({
  who: fc.integer({ min: 0, max: 6 }),
  members: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), value), {
    selector: ([name]) => name,
    maxLength: 5,
  }),
  at: fc.nat(5),
  quoted: fc.boolean(),
  space: fc.constantFrom('', ' ', '\t'),
  end: fc.constantFrom('\n', '\r\n'),
});
const field = fc.record({
  name: fc.constantFrom('nhs_number', ...names.slice(0, 4)),
  treatment: fc.constantFrom(...treatments),
});

test('of random objects only approved members leave, in approved order, reduced', {
  timeout: LONG,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(object, { minLength: 1, maxLength: 8 }),
      fc.uniqueArray(field, { selector: ({ name }) => name, minLength: 1, maxLength: 4 }),
      objectors,
      someSizes,
      async (objects, fields, objected, sizes) => {
        let input = '';
        let expected = '';
        let emptied = 0;
        const left = new Set<number>();
        for (const { who, members, at, quoted, space, end } of objects) {
          const number = someNumbers[who] ?? '9990000093';
          const all: [string, string][] = [...members];
          all.splice(at, 0, ['nhs_number', quoted ? `"${number}"` : number]);
          const line = `{${all.map(([name, raw]) => `${space}"${name}"${space}:${space}${raw}`).join(',')}}${end}`;
          input += line;
          if (objected.has(who) || someNumbers[who] === undefined) continue;
          left.add(who);
          const written = fields.flatMap(({ name, treatment }) => {
            const raw = all.find((one) => one[0] === name)?.[1];
            if (raw === undefined) return [];
            if (treatment === 'keep' || raw === 'null') return [`"${name}":${raw}`];
            const plain = JSON.parse(raw);
            const text =
              typeof plain === 'object' || typeof plain === 'boolean'
                ? undefined
                : raw.startsWith('"')
                  ? plain
                  : raw;
            const plan = { pseudonymKey } as Parameters<typeof slowTreated>[3];
            const reduced =
              text === undefined ? '' : slowTreated(treatment, text, name === 'nhs_number', plan);
            if (reduced === '' && text?.trim() !== '') emptied++;
            return [`"${name}":${reduced === '' && text?.trim() !== '' ? 'null' : `"${reduced}"`}`];
          });
          const isWhole =
            fields.every(
              ({ name, treatment }) => treatment === 'keep' || !all.some((one) => one[0] === name),
            ) &&
            all.every(([name], place) => {
              const places = all
                .slice(0, place + 1)
                .map((one) => fields.findIndex((each) => each.name === one[0]));
              return (
                fields.some((one) => one.name === name) &&
                places.every((one, i) => i === 0 || one > (places[i - 1] ?? -1))
              );
            });
          expected += isWhole ? line : `{${written.join(',')}}${end}`;
        }
        const plan = {
          version: { fields, nhsNumberColumn: null },
          rule: bothTypes,
          index: listOf(objected),
          pseudonymKey,
        };
        const { scanned, output } = await scan(cut(Buffer.from(input), sizes), plan, 'application/x-ndjson');
        expect(output.toString()).toBe(expected);
        if (!scanned.ok) throw new Error(scanned.reason);
        expect(scanned.emptied).toBe(emptied);
        expect(new Set(membersOf(scanned.membership.account(Buffer.alloc(16)).members))).toEqual(left);
        const isHidden = fields.every(
          ({ name, treatment }) => name !== 'nhs_number' || treatment === 'pseudonym',
        );
        // Nothing of a number shows in its pseudonym: no run of its digits that is longer than chance makes.
        if (isHidden)
          for (const number of someNumbers)
            for (let at = 0; at + 7 <= 10; at++)
              expect(output.toString()).not.toContain(number.slice(at, at + 7));
      },
    ),
    { numRuns: 2_000 },
  );
});

const uuidOf = (place: number) => `6a4160eb-a793-2f86-2302-37862${String(place).padStart(7, '0')}`;
const NHS = 'https://fhir.nhs.uk/Id/nhs-number';
/** How somebody can be referred to. */
const forms: ((place: number) => object)[] = [
  (place) => ({ reference: `Patient/${uuidOf(place)}` }),
  (place) => ({ reference: `Patient/${uuidOf(place)}/_history/3` }),
  (place) => ({ reference: `https://x.example/r4/Patient/${uuidOf(place)}` }),
  (place) => ({ reference: `urn:uuid:${uuidOf(place)}` }),
  (place) => ({ reference: `Patient?identifier=${NHS}%7C${someNumbers[place]}` }),
  (place) => ({
    type: 'Patient',
    identifier: { system: NHS, value: someNumbers[place] },
    display: 'Somebody',
  }),
];
/** Where: each puts a reference somewhere into a resource. */
const places: ((resource: Record<string, unknown>, reference: object) => void)[] = [
  (resource, reference) => Object.assign(resource, { subject: reference }),
  (resource, reference) => Object.assign(resource, { performer: [reference] }),
  (resource, reference) => Object.assign(resource, { focus: [reference] }),
  (resource, reference) =>
    Object.assign(resource, { extension: [{ url: 'https://x.example', valueReference: reference }] }),
  (resource, reference) =>
    Object.assign(resource, {
      component: [{ code: { text: 'x', extension: [{ url: 'y', valueReference: reference }] } }],
    }),
  (resource, reference) =>
    Object.assign(resource, { contained: [{ resourceType: 'Condition', id: 'c', subject: reference }] }),
];
const mention = fc.tuple(fc.nat(places.length - 1), fc.nat(forms.length - 1), fc.integer({ min: 0, max: 6 }));
const resource = fc.record({
  mentions: fc.uniqueArray(mention, { selector: ([place]) => place, maxLength: 4 }),
  inBundle: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
  narrative: fc.boolean(),
  indent: fc.constantFrom('', ' '),
});

test('of random resources those leave of which everybody named may, and with the bytes that they came with', {
  timeout: LONG,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(resource, { minLength: 1, maxLength: 8 }),
      objectors,
      fc.boolean(),
      someSizes,
      async (resources, objected, keepsNarrative, sizes) => {
        const lineOf = (one: object, indent = '') =>
          `${JSON.stringify(one, null, indent).replaceAll('\n', ' ')}\n`;
        // The last is bound by no Patient, and on no list.
        const patients = someNumbers.map((value, place) =>
          lineOf({ resourceType: 'Patient', id: uuidOf(place), identifier: [{ system: NHS, value }] }),
        );
        let input = patients.join('');
        const left = new Set(someNumbers.flatMap((_, place) => (objected.has(place) ? [] : [place])));
        let expected = patients.filter((_, place) => left.has(place)).join('');
        for (const { mentions, inBundle, narrative, indent } of resources) {
          const made: Record<string, unknown> = { resourceType: 'Observation' };
          for (const [place, form, who] of mentions) places[place]?.(made, forms[form]?.(who) ?? {});
          const wrap = (one: object) =>
            inBundle ? { resourceType: 'Bundle', entry: [{ resource: one }] } : one;
          const text = { status: 'generated', div: '<div>A name</div>' };
          input += lineOf(wrap(narrative ? { ...made, text } : made), indent);
          const isPermitted =
            mentions.length > 0 && mentions.every(([, , who]) => who < 6 && !objected.has(who));
          const came = lineOf(wrap(narrative && keepsNarrative ? { ...made, text } : made), indent);
          if (isPermitted) expected += came;
        }
        const types = ['Patient', 'Observation', 'Condition', 'Bundle'];
        const version = { fields: [], nhsNumberColumn: null, fhir: { types, narrative: keepsNarrative } };
        const plan = { version, rule: bothTypes, index: listOf(objected) };
        const { scanned, output } = await scan(
          cut(Buffer.from(input), sizes),
          plan,
          'application/fhir+ndjson',
        );
        // A member taken out of an indented object takes the space before or behind it along.
        const plain = (json: string) => (keepsNarrative ? json : json.replaceAll(/ +/g, ' '));
        expect(plain(output.toString())).toBe(plain(expected));
        for (const place of objected) {
          expect(output.includes(uuidOf(place))).toBe(false);
          expect(output.includes(someNumbers[place] as string)).toBe(false);
        }
        if (!scanned.ok) throw new Error(scanned.reason);
        expect(new Set(membersOf(scanned.membership.account(Buffer.alloc(16)).members))).toEqual(left);
      },
    ),
    { numRuns: 1_000 },
  );
});
