import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdTable, NO_ID } from '../../src/guard/id-table.ts';

const id = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.constantFrom('', 'a', 'b', 'aaaa', 'aaab').map(Buffer.from),
);

test('the table has of each id the number that was set last, and of no other', () => {
  const property = fc.property(
    fc.array(fc.tuple(id, fc.integer({ min: 0, max: 2 ** 30 })), { maxLength: 300 }),
    (sets) => {
      const table = new IdTable();
      const expected = new Map<string, number>();
      for (const [bytes, number] of sets) {
        const padded = Buffer.concat([Buffer.from('x'), bytes, Buffer.from('y')]);
        const known = expected.get(Buffer.from(bytes).toString('hex')) ?? NO_ID;
        expect(table.find(padded, 1, padded.length - 1)).toBe(known);
        table.set(Buffer.from(bytes), number);
        expected.set(Buffer.from(bytes).toString('hex'), number);
      }
      for (const [hex, number] of expected) {
        const bytes = Buffer.from(hex, 'hex');
        expect(table.find(bytes, 0, bytes.length)).toBe(number);
      }
    },
  );
  fc.assert(property, { numRuns: 300 });
});
