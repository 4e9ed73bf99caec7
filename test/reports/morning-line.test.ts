import { expect, test } from 'vitest';
import { morningLine } from '../../src/reports/morning-line.ts';

const at = new Date('2026-11-22T06:00:00Z');
const now = new Date('2026-11-22T08:10:00Z');
const whole = { fromIndex: null, wholeAt: null, whyWhole: null };
const good = { at, ok: true, problem: null, left: 3, ...whole };

test.each([
  [
    good,
    now,
    'Last night: 3 extracts left. Nobody who objected was in them. Checked 06:00. The whole ledger was checked.',
    false,
  ],
  [
    { ...good, left: 1 },
    now,
    'Last night: 1 extract left. Nobody who objected was in it. Checked 06:00. The whole ledger was checked.',
    false,
  ],
  [
    { ...good, left: 0, fromIndex: 1234, wholeAt: new Date('2026-11-16T06:00:00Z') },
    now,
    'Last night: no extract left. Checked 06:00. Checked from entry 1,234 on; the whole ledger on 16 November 2026.',
    false,
  ],
  [
    { ...good, whyWhole: 'what the last check kept was changed' },
    now,
    'The ledger holds, and something is odd: what the last check kept was changed. So the whole ledger was checked. Checked 06:00.',
    true,
  ],
  [
    { ...good, ok: false, problem: 'entry 7 was changed' },
    now,
    'Something is wrong with the ledger or a release: entry 7 was changed. Checked 06:00.',
    true,
  ],
  [
    good,
    new Date('2026-11-23T08:00:01Z'),
    'The releases were not checked this morning. The registry has to run at 06:00.',
    true,
  ],
  [null, now, 'The releases have not been checked yet. The first check runs at 06:00.', false],
])('%o at %o', (check, when, text, needsSomebody) => {
  expect(morningLine(check, when)).toEqual({ text, needsSomebody });
});
