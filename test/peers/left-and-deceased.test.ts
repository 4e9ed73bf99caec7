import { afterEach, beforeEach, expect, test } from 'vitest';
import '../support/registry.ts';
import { HEADER, openScene, release, type Scene } from '../guard/scene.ts';
import { madeUpNhsNumber } from '../support/factories.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

const here = {};
const left = { status: 'left', leftOn: '2026-10-01' } as const;
const deceased = { dateOfDeath: '2026-10-01' };

test('peers fault 25: who left is withheld unless the extract says otherwise, the dead are not, and objections of both stand', async () => {
  await scene.addExtract({ extractId: 'with-left', includeLeft: true });
  const rows: [what: string, person: object, objects: boolean, leaves: boolean, leavesWithLeft: boolean][] = [
    ['registered', here, false, true, true],
    ['registered, objected', here, true, false, false],
    ['left', left, false, false, true],
    ['left, objected', left, true, false, false],
    ['deceased', deceased, false, true, true],
    ['deceased, objected', deceased, true, false, false],
    ['left and deceased', { ...left, ...deceased }, false, false, true],
    ['left and deceased, objected', { ...left, ...deceased }, true, false, false],
  ];
  const numbers: string[] = [];
  for (const [, person, objects] of rows) {
    const nhsNumber = madeUpNhsNumber(100 + numbers.length);
    numbers.push(nhsNumber);
    await scene.addPatient({ nhsNumber, ...person });
    if (objects) await scene.object(scene.patients.length - 1);
  }
  const input = HEADER + numbers.map((number) => `${number},x\n`).join('');
  const leaving = async (extractId: string) => {
    const both = { ...scene, job: { ...scene.job, extracts: ['research', 'with-left'] } };
    const done = await release(both, input, extractId);
    if (!done.ok) throw new Error(done.reason);
    return rows.flatMap(([what], place) => (done.output.includes(numbers[place] ?? '-') ? [what] : []));
  };
  const expected = (which: 3 | 4) => rows.flatMap((row) => (row[which] ? [row[0]] : []));
  expect(await leaving('research')).toEqual(expected(3));
  expect(await leaving('with-left')).toEqual(expected(4));
});
