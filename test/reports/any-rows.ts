import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { actKinds } from '../../src/objections/objection.ts';
import type { ActRow, PersonRow, Rows } from './slow-report.ts';

/** The day on which reports of these rows are read. */
export const today = '2026-07-02';

// Hours on both sides of midnight in London, in winter, in summer, and where the clock changes.
const instants = [
  ...['2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00.000Z', '2026-03-28T23:30:00.000Z'],
  ...['2026-03-29T23:30:00.000Z', '2026-05-31T22:59:59.999Z', '2026-05-31T23:00:00.000Z'],
  ...['2026-06-15T12:00:00.000Z', '2026-06-30T23:30:00.000Z', '2025-10-26T00:30:00.000Z'],
].map((text) => new Date(text));
const days = ['2016-02-29', '2025-10-26', '2026-01-31', '2026-02-01', '2026-05-25', '2026-06-30'];
const births = [
  '2026-01-31',
  '2013-02-01',
  '2012-05-25',
  '2008-02-29',
  '1986-06-30',
  '1961-02-01',
  '1936-01-01',
];
const some = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(...values: readonly T[]) => fc.constantFrom(null, ...values);

export const anAct = fc.record({
  patient: fc.nat(3),
  type: some('type-1', 'type-2'),
  kind: fc.oneof({ weight: 3, arbitrary: some('record', 'confirm', 'withdraw') }, some(...actKinds)),
  receivedOn: maybe(...days),
  recordedAt: some(...instants),
  target: fc.nat(8),
  settledAs: maybe('objection', 'withdrawal'),
  upheld: maybe(true, false),
  needsDecision: fc.boolean(),
  receivedVia: maybe('phone', 'letter', 'clinical-record'),
  requester: maybe('patient', 'deputy'),
  importId: maybe('an-import'),
});
export const anObjection = fc.record({
  status: some('in-force', 'withdrawn', 'in-error'),
  since: maybe(...days),
  receivedVia: maybe('phone', 'clinical-record'),
  recordedAt: some(...instants),
  codedAs: maybe('dissent', 'withdrawn'),
  codedSeenAt: maybe(...instants),
  acknowledgeSince: maybe(...instants),
  acknowledgedAt: maybe(...instants),
});
export const aPerson = fc.record({
  dateOfBirth: some(...births),
  status: some('registered', 'registered', 'left', 'to-be-matched'),
  personId: maybe('a-person'),
  dateOfDeath: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, some('2026-06-01')),
});
export const aPeriod = fc
  .tuple(some('2025-10-26', '2026-02-01', '2026-03-29', '2026-06-01'), some(0, 1, 27, 59, 120))
  .map(([from, length]) => {
    const last = new Date(Date.parse(`${from}T00:00:00Z`) + length * 86_400_000).toISOString().slice(0, 10);
    return { from, to: last > today ? today : last };
  });

type Of<A> = A extends fc.Arbitrary<infer T> ? T : never;

/** Rows as the tables hold them, of people and acts in any mixture. */
export const rowsOf = (
  given: readonly Of<typeof anAct>[],
  persons: readonly PersonRow[],
  listed: readonly Of<typeof anObjection>[],
): Rows => {
  const people = new Map(persons.map((person) => [randomUUID(), person]));
  const ids = [...people.keys()];
  const owner = (at: number) => ids[at % ids.length] ?? '';
  const acts: ActRow[] = [];
  for (const { patient, target, ...act } of given) {
    const patientId = owner(patient);
    const own = acts.filter((other) => other.patientId === patientId && other.type === act.type);
    const speaksOfOthers = /error|decide/.test(act.kind);
    const targetActId = speaksOfOthers ? (own[target % Math.max(1, own.length)]?.id ?? null) : null;
    acts.push({ ...act, id: randomUUID(), patientId, targetActId, ledgerIndex: acts.length });
  }
  const objections = listed.slice(0, ids.length * 2).map((row, at) => ({
    ...row,
    patientId: owner(at >> 1),
    type: at % 2 === 0 ? 'type-1' : 'type-2',
  }));
  return { acts, objections, people };
};
