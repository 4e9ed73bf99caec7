import { expect, test } from 'vitest';
import { publicText } from '../../src/register/public-text.ts';

test.each([
  ['Research into asthma', 'Research into asthma'],
  ['About 999 000 0018, who asked', 'About [left out], who asked'],
  ['9990000018', '[left out]'],
  ['999-000-0018', '[left out]'],
  ['９９９０００００１８', '[left out]'],
  ['999–000–0018', '[left out]'],
  ['999\u200b000\u200b0018', '[left out]'],
  ['999.000.0018', '[left out]'],
  ['999/000/0018', '[left out]'],
  // Ten digits that are no NHS number, and longer numbers, say nothing of a patient.
  ['Call 0300 303 5678', 'Call 0300 303 5678'],
  ['Reference 19990000018', 'Reference 19990000018'],
  ['From 01.04.2026 to 31.03.2027', 'From 01.04.2026 to 31.03.2027'],
  ['Write to ann.smith@example.org.', 'Write to [left out]'],
])('%s', (typed, shown) => {
  expect(publicText(typed)).toBe(shown);
});
