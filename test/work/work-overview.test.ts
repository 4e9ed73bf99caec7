import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { londonDay } from '../../src/day.ts';
import { type WorkName, workLists } from '../../src/work/work-lists.ts';
import { anObjection, aPerson, rowsOf } from '../reports/any-rows.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

const now = new Date('2026-07-02T09:00:00Z');
let registry: Registry;

beforeAll(async () => {
  registry = await openRegistry({}, { now: () => now });
});
afterAll(() => registry.close());

const marks = fc.record({
  ...{ tellNational: fc.boolean(), needsSettling: fc.boolean(), needsDecision: fc.boolean() },
  ...{ undated: fc.boolean(), errorsToConfirm: fc.nat(1) },
});

test('what is counted of each list is what a slow look at every row comes to', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(anObjection, marks, fc.boolean()), { minLength: 6, maxLength: 8 }),
      fc.array(aPerson, { minLength: 3, maxLength: 4 }),
      async (listed, persons) => {
        const rows = rowsOf(
          [],
          persons,
          listed.map(([row, , hasDay]) => (hasDay ? row : { ...row, since: null })),
        );
        const objections = rows.objections.map((row, at) => ({
          ...row,
          ...listed[at]?.[1],
          id: randomUUID(),
        }));
        const practiceId = await put(rows.people, objections);

        const received = ({ since, recordedAt }: Row) => since ?? londonDay(recordedAt);
        const recorded = ({ recordedAt }: Row) => londonDay(recordedAt);
        const hasRecord = ({ patientId }: Row) => {
          const person = rows.people.get(patientId);
          const isHere =
            person?.status === 'registered' ||
            (person?.status === 'to-be-matched' && person.personId !== null);
          return isHere && person?.dateOfDeath === null;
        };
        const isCoded = ({ codedAs }: Row) => codedAs === 'dissent';
        const slow: Partial<Record<WorkName, readonly [(row: Row) => boolean, (row: Row) => string]>> = {
          'to-be-coded': [
            (row) => row.type === 'type-1' && hasRecord(row) && isCoded(row) !== (row.status === 'in-force'),
            received,
          ],
          'national-opt-out': [({ tellNational }) => tellNational === true, recorded],
          'same-day': [({ needsSettling }) => needsSettling === true, recorded],
          errors: [({ errorsToConfirm = 0 }) => errorsToConfirm > 0, recorded],
          undated: [
            ({ undated, since, needsSettling }) => undated === true && since === null && !needsSettling,
            recorded,
          ],
          decisions: [({ needsDecision }) => needsDecision === true, recorded],
        };
        type Row = (typeof objections)[number];

        const lines = await registry.services.work.overview(practiceId);
        expect(lines.map(({ list }) => list.name)).toEqual(workLists.map(({ name }) => name));
        for (const { list, count, oldest } of lines) {
          const [waits, dayOf] = slow[list.name] ?? [];
          if (waits === undefined || dayOf === undefined) continue;
          const items = await registry.services.work.waiting(practiceId, list.name);
          expect([list.name, count, oldest]).toEqual([list.name, items.length, items[0]?.since ?? null]);
          const days = objections.filter(waits).map(dayOf);
          expect([list.name, count, oldest]).toEqual([list.name, days.length, days.sort()[0] ?? null]);
          seen.set(list.name, (seen.get(list.name) ?? 0) + count);
        }
      },
    ),
    { numRuns: 15 },
  );
  // The mixtures are worth something only when they come to something, on each of the lists.
  expect([...seen].filter(([, count]) => count === 0)).toEqual([]);
}, 240_000);

/** Puts rows straight into the tables, each time for a practice of their own, so that every mixture can be tried. */
async function put(people: ReturnType<typeof rowsOf>['people'], objections: readonly object[]) {
  const practiceId = randomUUID();
  await registry.services.database.write(async (tx) => {
    const patients = [...people].map(([id, person], ordinal) => ({
      ...{ id, practiceId, ordinal, ...person, nhsNumber: '', givenName: '', familyName: '' },
      ...{ givenNameKey: '', familyNameKey: '', addedAt: now, changedAtIndex: 0 },
    }));
    await tx.patient.createMany({ data: patients });
    const rows = objections.map((row) => ({ ...row, practiceId, recordedBy: 'x', changedAtIndex: 0 }));
    await tx.objection.createMany({ data: rows as never });
  });
  return practiceId;
}
