import { expect, test } from 'vitest';
import { aPatient } from '../support/factories.ts';
import { findLeaks, type Seen } from '../support/find-leaks.ts';

const leaksIn = (kind: Seen['kind'], text: string) => findLeaks([{ kind, text }]).length;
const { nhsNumber } = aPatient(0);
const spaced = nhsNumber.replace(/(...)(...)(....)/, '$1 $2 $3');

test.each([
  ['log', `{"reason":"${nhsNumber}"}`],
  ['log', `asked for ${spaced}.`],
  ['error', `Column: ${nhsNumber.replace(/(...)(...)(....)/, '$1-$2-$3')}`],
  ['url', `/patients?number=${encodeURIComponent(spaced)}`],
  ['url', `/patients?number=${spaced.replaceAll(' ', '+')}`],
  ['url', '/patients?name=featherstonehaugh'],
  ['session', '{"search":"Featherstonehaugh"}'],
  ['session', '{"formToken":"","search":"Cox"}'],
  ['log', 'no patient Wiśniewski'],
] as const)('a patient who shows in a %s is found: %s', (kind, text) => {
  expect(leaksIn(kind, text)).toBe(1);
});

test.each([
  ['log', '{"time":"2026-11-22T06:00:00.000Z","ms":12,"size":1234567890123}'],
  ['log', `{"releaseId":"99900000-0018-4000-8000-999000001899"}`],
  ['log', `{"digest":"a${nhsNumber}f"}`],
  ['log', '{"count":9990000011}'],
  ['url', '/patients/0b2f7a0e-51a5-4d8a-9f0e-3f4f5f6f7f8f'],
  ['session', '{"formToken":"V5m-8VteF0RqxF8V0Ew7Cox3k1QxnZHSy7Ca9F0dZEs"}'],
  ['error', 'The white page of the hall is not a patient'],
] as const)('what only looks like one is not: %s %s', (kind, text) => {
  expect(leaksIn(kind, text)).toBe(0);
});
