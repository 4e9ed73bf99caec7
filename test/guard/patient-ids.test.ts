import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PatientIds } from '../../src/guard/patient-ids.ts';

/** More than are kept in memory where there is a disk. */
const LARGE = 20_100;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ids-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const uuidOf = (number: number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
const some = Array.from({ length: LARGE }, (_, ordinal) => uuidOf(ordinal * 7));

function changed(before: PatientIds, changes: readonly (readonly [number, string])[], size: number) {
  const change = before.change();
  for (const [ordinal, id] of changes) change.set(ordinal, id);
  return change.done(size);
}

const id = fc.oneof(
  { arbitrary: fc.uuid(), weight: 8 },
  fc.constantFrom('patient-1', '', uuidOf(1).toUpperCase(), `${uuidOf(1).slice(0, -1)}g`, uuidOf(3)),
);

describe.each([
  ['in memory', 60, () => undefined],
  ['on the disk', LARGE, () => folder],
])('the references of patients, %s', (_, count, where) => {
  const ids = () => some.slice(0, count);
  const made = () => changed(PatientIds.none(where()), [...ids().entries()], count);

  it('are as they were given, whatever changes, and those of before stay as they were', () => {
    const first = made();
    const place = fc.oneof(fc.nat(count + 4), fc.integer({ min: count - 2, max: count + 4 }));
    const steps = fc.array(fc.array(fc.tuple(place, id), { maxLength: 300 }), { maxLength: 3 });
    const range = fc.tuple(fc.nat(count + 4), fc.nat(9_000));
    const property = fc.property(steps, fc.array(range, { maxLength: 6 }), (all, ranges) => {
      const expected = ids();
      const values: [PatientIds, string[]][] = [[first, [...expected]]];
      for (const step of all) {
        const before = values.at(-1)?.[0] as PatientIds;
        // Ordinals are dense: who is new comes next.
        const changes = step.map(([at, text]) => {
          const ordinal = Math.min(at, expected.length);
          expected[ordinal] = text;
          return [ordinal, text] as const;
        });
        values.push([changed(before, changes, expected.length), [...expected]]);
      }
      for (const [value, known] of values) {
        for (const [from, length] of ranges) {
          const to = Math.min(known.length, from + length);
          if (from >= to) continue;
          const lines = known.slice(from, to).map((one) => `${one}\n`);
          expect(Buffer.from(value.lines(from, to)).toString()).toBe(lines.join(''));
          expect(value.idOf(from)).toBe(known[from]);
        }
        // Runs of several lengths, and gaps; in pieces that are read before the next is asked for.
        const few = [...known.keys()].filter((at) =>
          ranges.some(([from, much]) => (at + from) % 5 < much % 5),
        );
        const pieces = Array.from(value.linesOf(Int32Array.from(few)), (piece) =>
          Buffer.from(piece).toString(),
        );
        expect(pieces.join('')).toBe(few.map((at) => `${known[at]}\n`).join(''));
      }
    });
    fc.assert(property, { numRuns: 40 });
  });

  it('are what was said last, also when that is what they were before', () => {
    const first = made();
    const last = some[count - 1] as string;
    const again = changed(
      first,
      [
        [count - 1, 'patient-1'],
        [count - 1, last],
      ],
      count,
    );
    expect(again.idOf(count - 1)).toBe(last);
  });

  it('are the same object when nothing changes', () => {
    const first = made();
    expect(changed(first, [[3, some[3] as string]], count)).toBe(first);
  });
});

it('leave no file behind, and stay in memory where no folder can be', () => {
  changed(PatientIds.none(folder), [...some.entries()], LARGE);
  expect(readdirSync(folder)).toEqual([]);
  const nowhere = changed(PatientIds.none(fileURLToPath(import.meta.url)), [...some.entries()], LARGE);
  expect(nowhere.idOf(LARGE - 1)).toBe(some.at(-1));
});
