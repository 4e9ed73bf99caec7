import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nhsNumberOfKey } from '../../src/patients/nhs-number.ts';
import { answersOf } from '../guard/answers.ts';
import { keep } from '../guard/scan.ts';
import { HEADER, manager, openScene, release, type Scene } from '../guard/scene.ts';
import { someNumbers } from '../guard/some-csv.ts';

// The account of every patient is compared with what a replay of all outputs says, release by release: the outputs
// are read as a recipient would read them, and nothing of the guard or of its accounts is asked.

const extracts = ['research', 'recall', 'by-law'] as const;
/** Not on the list until the end of the test. */
const stranger = nhsNumberOfKey(999_000_051);
const numbers = [...someNumbers, stranger, nhsNumberOfKey(999_000_052)];
/** These two records are of one person. */
const [TWIN, OTHER_TWIN] = [4, 5];

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
  const { services, practiceId, patients } = scene;
  const fields = keep('nhs_number', 'note');
  await scene.addExtract({ extractId: 'recall', name: 'Recall', ground: 'direct-care', fields });
  await scene.addExtract({ extractId: 'by-law', name: 'Order', ground: 'legal-obligation', fields });
  const [patientId = '', toId = ''] = [patients[TWIN], patients[OTHER_TWIN]];
  const linked = await services.patients.link({ practiceId, patientId, toId, kind: 'duplicate' }, manager);
  expect(linked).toEqual({ ok: true });
  const expiresAt = new Date('2099-06-01T00:00:00.000Z');
  const made = await services.keys.make({ practiceId, name: 'All', extracts, expiresAt }, manager);
  if (!made.ok) throw new Error(made.reason);
  scene = { ...scene, job: { keyId: made.id, practiceId, extracts: [...extracts] } };
});
afterAll(() => scene.end());

type Step =
  | { kind: 'release' | 'check'; extractId: (typeof extracts)[number]; rows: number[] }
  | { kind: 'object'; patient: number; type: 'type-1' | 'type-2' }
  | { kind: 'withdraw' | 'restrict'; patient: number };

const patient = fc.nat(someNumbers.length - 1);
const rows = fc.array(fc.nat(numbers.length - 1), { minLength: 1, maxLength: 12 });
const sending = fc.record({
  kind: fc.constantFrom('release' as const, 'check' as const),
  extractId: fc.constantFrom(...extracts),
  rows,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: sending, weight: 5 },
  {
    arbitrary: fc.record({
      kind: fc.constant('object' as const),
      patient,
      type: fc.constantFrom('type-1' as const, 'type-2' as const),
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({ kind: fc.constantFrom('withdraw' as const, 'restrict' as const), patient }),
    weight: 1,
  },
);

/** What the test itself knows: what was said of whom, and what came out of each release. */
const objected = { 'type-1': new Set<number>(), 'type-2': new Set<number>() };
const restricted = new Set<number>();
const sent: { id: string; asked: Set<string>; came: Set<string>; why: (string | null)[] }[] = [];

const recordsOf = (at: number): readonly number[] =>
  at === TWIN || at === OTHER_TWIN ? [TWIN, OTHER_TWIN] : [at];

/** Why nothing of somebody on the list may be in `research` now; null when it may. */
function whyNot(at: number): string | null {
  const records = recordsOf(at);
  for (const type of ['type-1', 'type-2'] as const)
    if (records.some((one) => objected[type].has(one))) return `objected-${type}`;
  return restricted.has(at) ? 'restricted' : null;
}

async function send({ kind, extractId, rows: places }: Extract<Step, { rows: number[] }>) {
  const asked = places.map((place) => numbers[place] ?? '');
  // Objections are not applied by law; a record that is restricted or unknown stays all the same.
  const why = someNumbers.map((_, at) => {
    const reason = whyNot(at);
    if (extractId === 'recall') return null;
    return extractId === 'by-law' && reason?.startsWith('objected')
      ? restricted.has(at)
        ? 'restricted'
        : null
      : reason;
  });
  const { services, job } = scene;
  if (kind === 'check') {
    const checked = await services.guard.check(job, extractId, asked, 'text/plain');
    if (!checked.ok) throw new Error(checked.reason);
    const came = new Set(answersOf(checked).flatMap((answer) => answer ?? []));
    sent.push({ id: checked.id, asked: new Set(asked), came, why });
    return;
  }
  const rowsOfAll = [...asked, 'no number'].map((number, place) => `${number},row ${place}\n`);
  const file = HEADER + rowsOfAll.join('');
  const done = await release(scene, file, extractId);
  if (!done.ok || done.id === undefined) throw new Error(String(done.reason));
  const lines = done.output.trim().split('\n').slice(1);
  sent.push({
    id: done.id,
    asked: new Set(asked),
    came: new Set(lines.map((line) => line.split(',')[0] ?? '')),
    why,
  });
}

async function take(one: Step): Promise<void> {
  const { practiceId, services, patients } = scene;
  if ('rows' in one) return send(one);
  if (one.kind === 'object') {
    await scene.object(one.patient, one.type);
    // What was withdrawn on a later day than this objection is of stays withdrawn.
    if (one.type === 'type-2' || !withdrawn.has(one.patient)) objected[one.type].add(one.patient);
  } else if (one.kind === 'withdraw') {
    if (!objected['type-1'].has(one.patient)) return;
    await scene.withdraw(one.patient);
    // It is of the person: on each of their records on which the objection is in force.
    for (const record of recordsOf(one.patient)) if (objected['type-1'].delete(record)) withdrawn.add(record);
  } else if (one.patient !== TWIN && one.patient !== OTHER_TWIN) {
    const now = !restricted.has(one.patient);
    await services.patients.restrict(
      { practiceId, patientId: patients[one.patient] ?? '', restricted: now },
      manager,
    );
    if (now) restricted.add(one.patient);
    else restricted.delete(one.patient);
  }
}
const withdrawn = new Set<number>();

/** Whatever else is tried: somebody left, somebody had objected, and somebody's record was restricted. */
const ofEach: Step[] = [
  { kind: 'object', patient: 0, type: 'type-1' },
  { kind: 'restrict', patient: 1 },
  { kind: 'release', extractId: 'research', rows: [0, 1, 2] },
];

/** What the outputs say of a person: for each release that had a row of theirs, that it left, or why not. */
function byOutputs(records: readonly number[]): [string, string][] {
  return sent
    .filter(({ asked }) => records.some((at) => asked.has(numbers[at] ?? '')))
    .map(({ id, came, why, asked }): [string, string] => {
      if (records.some((at) => came.has(numbers[at] ?? ''))) return [id, 'left'];
      const reasons = records.filter((at) => asked.has(numbers[at] ?? '')).map((at) => why[at]);
      return [id, [...new Set(reasons)].sort().join()];
    })
    .sort();
}

async function byAccount(patientIds: readonly string[]): Promise<[string, string][]> {
  const { services, practiceId } = scene;
  const records = await services.patients.byIds(practiceId, patientIds);
  const account = await services.usageAccount(practiceId, records);
  const left = account.left.flatMap(({ times }) =>
    times.map(({ releaseId }) => [releaseId, 'left'] as const),
  );
  const kept = account.keptOut.flatMap(({ reasons }) =>
    reasons.flatMap(({ reason, times }) => times.map(({ releaseId }) => [releaseId, reason] as const)),
  );
  return [...left, ...kept].map(([id, what]): [string, string] => [id, what]).sort();
}

test('the account of every patient equals what a replay of all outputs says, release by release', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), async (steps) => {
      for (const one of steps) await take(one);
      for (let at = 0; at < TWIN; at++)
        expect([at, await byAccount([scene.patients[at] ?? ''])]).toEqual([at, byOutputs([at])]);
      const twins = [scene.patients[TWIN] ?? '', scene.patients[OTHER_TWIN] ?? ''];
      expect(await byAccount(twins)).toEqual(byOutputs([TWIN, OTHER_TWIN]));
    }),
    { numRuns: 4, endOnFailure: true, examples: [[ofEach]] },
  );
  const said = (await Promise.all([0, 1, 2, 3].map((at) => byAccount([scene.patients[at] ?? ''])))).flat();
  expect(new Set(said.map(([, what]) => what)).size).toBeGreaterThan(2);
});

test('who was not on the list when a recall list left is known by the number, once they are', async () => {
  await send({ kind: 'release', extractId: 'recall', rows: [6, 6, 0] });
  const id = await scene.addPatient({ nhsNumber: stranger, givenName: 'Stella', familyName: 'Stranger' });
  const left = byOutputs([6]).filter(([, what]) => what === 'left');
  expect(left.length).toBeGreaterThan(0);
  expect(await byAccount([id])).toEqual(left);
});
