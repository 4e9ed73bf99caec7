import { describe, expect, test } from 'vitest';
import type { RecordedAct } from '../../src/objections/act-entry.ts';
import { hasNoNationalEffect, isToTell } from '../../src/objections/national-opt-out.ts';
import { act, at } from './act.ts';

describe('an objection without national effect', () => {
  test.each([
    ['type-2', '2018-10-11', false],
    ['type-2', '2018-10-12', true],
    ['type-2', null, false],
    ['type-1', '2026-01-01', false],
  ] as const)('%s received on %s: %s', (type, day, none) =>
    expect(hasNoNationalEffect(type, day)).toBe(none),
  );
});

describe('whom to tell about the national opt-out', () => {
  const late = act(1, 'record', '2020-01-01');
  const rows: [what: string, acts: RecordedAct[], toldAt: Date | null, tell: boolean][] = [
    ['a late type 2', [late], null, true],
    ['who was told', [late], at(2), false],
    ['who objected again after that', [late, act(3, 'confirm', '2026-01-01')], at(2), true],
    ['an early type 2', [act(1, 'record', '2016-01-01')], null, false],
    [
      'an early one, confirmed late',
      [act(1, 'record', '2016-01-01'), act(2, 'confirm', '2026-01-01')],
      null,
      true,
    ],
    ['who withdrew', [late, act(2, 'withdraw', '2021-01-01')], null, false],
    [
      'whose objection was entered in error',
      [
        late,
        act(2, 'ask-error', '', { targetActId: 'a1' }),
        act(3, 'confirm-error', '', { targetActId: 'a1' }),
      ],
      null,
      false,
    ],
    [
      'who withdrew, in error',
      [late, act(2, 'withdraw', '2021-01-01'), act(3, 'ask-error', '', { targetActId: 'a2' })],
      null,
      true,
    ],
    ['type 1', [act(1, 'record', '2020-01-01', { type: 'type-1' })], null, false],
  ];
  test.each(rows)('%s', (_what, acts, toldAt, tell) => expect(isToTell(acts, toldAt)).toBe(tell));
});
