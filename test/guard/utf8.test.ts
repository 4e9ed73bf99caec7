import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Utf8Gate } from '../../src/guard/utf8.ts';
import { cut, someSizes } from './some-csv.ts';

const pieces = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc.constantFrom('é', '€', '😀', '\ufeff', '\0').map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes)),
  ),
  { maxLength: 8 },
);

test('lets through the longest valid start, however the bytes are cut, and says whether that is all', () => {
  fc.assert(
    fc.property(pieces, someSizes, (parts, sizes) => {
      const bytes = Buffer.concat(parts);
      const gate = new Utf8Gate();
      const admitted: Buffer[] = [];
      for (const chunk of cut(bytes, sizes)) {
        admitted.push(...gate.admit(chunk));
        if (gate.broken) break;
      }
      gate.finish();
      const length = longestValidStart(bytes);
      expect(Buffer.concat(admitted).length).toBe(length);
      expect(gate.broken).toBe(length < bytes.length);
    }),
    { numRuns: 5_000 },
  );
});

function longestValidStart(bytes: Buffer): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let length = bytes.length; ; length--) {
    try {
      decoder.decode(bytes.subarray(0, length));
      return length;
    } catch {
      // one byte less
    }
  }
}
