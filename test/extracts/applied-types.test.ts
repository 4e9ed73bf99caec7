import { expect, test } from 'vitest';
import { mayBeExempt, obligationTo } from '../../src/extracts/applied-types.ts';
import { grounds } from '../../src/extracts/grounds.ts';

// One row a ground: type 1 and type 2 as they are; with an exemption from both; and with the guardian stricter on both.
test.each([
  ['direct-care', ['must-not', 'must-not'], ['must-not', 'must-not'], ['must-not', 'must-not']],
  ['explicit-consent', ['may', 'may'], ['may', 'may'], ['must', 'must']],
  ['nhs-england-direction', ['must', 'must'], ['must', 'may'], ['must', 'must']],
  ['section-251', ['must', 'must'], ['must', 'may'], ['must', 'must']],
  ['public-health', ['must', 'must'], ['may', 'may'], ['must', 'must']],
  ['legal-obligation', ['must-not', 'must-not'], ['must-not', 'must-not'], ['must-not', 'must-not']],
  ['public-interest', ['may', 'may'], ['may', 'may'], ['must', 'must']],
  ['de-identified', ['must', 'must'], ['must', 'may'], ['must', 'must']],
  ['payment', ['must', 'must'], ['may', 'may'], ['must', 'must']],
  ['aggregate', ['must-not', 'must-not'], ['must-not', 'must-not'], ['must-not', 'must-not']],
  ['other', ['must', 'must'], ['must', 'must'], ['must', 'must']],
  ['a word that is no ground', ['must', 'must'], ['must', 'must'], ['must', 'must']],
])('%s', (ground, plain, exempted, stricter) => {
  const both = ['type-1', 'type-2'] as const;
  const say = (by: { stricter?: typeof both; exempt?: typeof both }) =>
    both.map((type) => obligationTo(type, { ground, stricter: [], exempt: [], ...by }));
  expect(say({})).toEqual(plain);
  expect(say({ exempt: both })).toEqual(exempted);
  expect(say({ stricter: both })).toEqual(stricter);
  // Stricter counts before an exemption.
  expect(say({ stricter: both, exempt: both })).toEqual(stricter);
});

test('every ground has its row above', () => {
  expect(Object.keys(grounds)).toHaveLength(11);
});

test('there is an exemption from type 1 on two grounds only', () => {
  const found = Object.keys(grounds).filter((ground) => mayBeExempt(ground, 'type-1'));
  expect(found).toEqual(['public-health', 'payment']);
});
