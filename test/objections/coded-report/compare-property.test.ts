import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListedObjectionRow } from '../../../src/objections/coded-report/coded-report-store.ts';
import { compare } from '../../../src/objections/coded-report/compare.ts';
import type { CodedEntry } from '../../../src/objections/coded-report/read-coded-report.ts';
import type { ReconciliationList } from '../../../src/objections/coded-report/reconciliation.ts';

const TODAY = '2026-11-20';
const BORN = '1980-01-01';
const people = ['p1', 'p2', 'p3'] as const;
const types = ['type-1', 'type-2'] as const;
const days = ['1979-12-31', '2016-01-01', '2018-10-11', '2018-10-12', '2026-11-20', '2026-11-21', null];
const ourDays = ['2016-01-01', '2018-10-11', '2018-10-12', null];

const entry = fc.record({
  who: fc.constantFrom(...people, 'stranger'),
  type: fc.constantFrom(...types),
  meaning: fc.constantFrom('dissent' as const, 'withdrawn' as const),
  on: fc.constantFrom(...days),
  enteredOn: fc.constantFrom(...days),
});
const held = fc.record({
  who: fc.constantFrom(...people),
  type: fc.constantFrom(...types),
  inForce: fc.boolean(),
  since: fc.constantFrom(...ourDays),
  objectedOn: fc.array(fc.constantFrom(...ourDays), { maxLength: 3 }),
  codedAs: fc.constantFrom('dissent', 'withdrawn', null),
  isThere: fc.boolean(),
});
const history = fc.record({
  entries: fc.array(entry, { maxLength: 8 }),
  ours: fc.uniqueArray(held, { maxLength: 6, selector: ({ who, type }) => `${who} ${type}` }),
});
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;
type Held = typeof held extends fc.Arbitrary<infer T> ? T : never;

function run({ entries, ours }: { entries: readonly Entry[]; ours: readonly Held[] }) {
  const rows: CodedEntry[] = entries.map(({ who, ...rest }, place) => ({
    ...rest,
    row: place + 2,
    patient: { nhsNumber: who, localIds: [] },
  }));
  const report = { rows: rows.length, entries: rows, alike: [], refused: [] };
  const listed: ListedObjectionRow[] = ours.map(({ who, ...rest }) => ({
    ...rest,
    id: `${who} ${rest.type}`,
    person: who,
    patientId: who,
  }));
  return compare(
    report,
    ({ nhsNumber }) =>
      nhsNumber === 'stranger'
        ? { fault: 'Nobody' }
        : {
            ...{ patientId: nhsNumber ?? '', person: nhsNumber ?? '', nhsNumber: nhsNumber ?? '' },
            dateOfBirth: BORN,
            isOnList: true,
          },
    listed,
    TODAY,
  );
}

/** The rules once more, each list by itself, slowly: every entry is held against every other. */
function slowLists(own: readonly Entry[], here: Held | undefined, type: string): ReconciliationList[] {
  const day = (on: string | null) => (on !== null && on >= BORN && on <= TODAY ? on : null);
  const objections = own.filter(({ meaning }) => meaning === 'dissent');
  const backs = own.filter(({ meaning }) => meaning === 'withdrawn');
  const lifts = (back: Entry, objection: Entry) =>
    day(back.on) !== null && day(objection.on) !== null && (day(back.on) ?? '') > (day(objection.on) ?? '');
  const standing = objections.filter((one) => !backs.some((back) => lifts(back, one)));
  const dated = standing.filter((one) => day(one.on) !== null);
  const last =
    dated.length > 0 ? dated.reduce((a, b) => ((day(b.on) ?? '') > (day(a.on) ?? '') ? b : a)) : standing[0];
  const isCoded = last !== undefined;
  const when = last === undefined ? null : day(last.on);
  const keyed = standing
    .flatMap(({ on, enteredOn }) => (day(on) === null ? (day(enteredOn) ?? []) : []))
    .sort();
  const limit = when ?? keyed[0] ?? null;
  const late = isCoded && type === 'type-2' && (limit === null || limit > '2018-10-11');
  const known =
    here !== undefined &&
    (here.objectedOn.includes(when) || (when !== null && here.since !== null && when < here.since));
  const backDays = backs.map(({ on }) => day(on));
  const lastBack =
    backDays
      .filter((on) => on !== null)
      .sort()
      .at(-1) ?? null;
  const isOldBack = lastBack !== null && here?.since != null && lastBack < here.since;
  const isBack = !isCoded && own.length > 0 && !isOldBack;
  const inForce = here?.inForce === true;
  const toEnter = inForce && !isCoded && !isBack && type === 'type-1' && here.isThere;
  const holds: Readonly<Record<string, boolean>> = {
    'late-type-2': late,
    'not-held': isCoded && !late && !inForce && !known,
    'ended-here': isCoded && !late && !inForce && known,
    'withdrawn-there': inForce && isBack,
    vanished: toEnter && here.codedAs === 'dissent',
    'not-coded': toEnter && here.codedAs !== 'dissent',
  };
  return Object.keys(holds).filter((list) => holds[list]) as ReconciliationList[];
}

test('for any history the lists part what differs, as a slow second reading of the rules says', () => {
  fc.assert(
    fc.property(history, (given) => {
      const { lines, counts } = run(given);
      for (const who of people)
        for (const type of types) {
          const own = given.entries.filter((one) => one.who === who && one.type === type);
          const here = given.ours.find((one) => one.who === who && one.type === type);
          const found = lines.filter((line) => line.patientId === who && line.type === type);
          const expected = slowLists(own, here, type);
          expect(expected.length).toBeLessThanOrEqual(1);
          expect(found.map(({ list }) => list)).toEqual(expected);
        }
      const strangers = given.entries.filter(({ who }) => who === 'stranger');
      expect(counts.unread).toBe(strangers.length);
      for (const [list, count] of Object.entries(counts))
        if (lines.some((line) => line.list === list))
          expect(lines.filter((line) => line.list === list)).toHaveLength(count);
    }),
    { numRuns: 4000 },
  );
});

test('without an objection code there is nothing to record; the order of the report makes no difference', () => {
  fc.assert(
    fc.property(history, ({ entries, ours }) => {
      const backs = entries.filter(({ meaning }) => meaning === 'withdrawn');
      expect(run({ entries: backs, ours }).counts).toMatchObject({ 'not-held': 0, codedThere: 0, coded: 0 });
      const lists = (some: readonly Entry[]) =>
        run({ entries: some, ours })
          .lines.filter(({ list }) => list !== 'unread')
          .map(({ list, patientId, type, codedOn }) => `${list} ${patientId} ${type} ${codedOn}`)
          .sort();
      expect(lists([...entries].reverse())).toEqual(lists(entries));
    }),
    { numRuns: 1000 },
  );
});
