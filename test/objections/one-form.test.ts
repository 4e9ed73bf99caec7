import { describe, expect, test } from 'vitest';
import type { RecordedAct } from '../../src/objections/act-entry.ts';
import { areOfOneForm, hasReceipt } from '../../src/objections/one-form.ts';
import { act } from './act.ts';

describe('the acts of one form', () => {
  const one = act(4, 'record', '2026-01-01', { requestId: 'r1' });
  const rows: [what: string, other: RecordedAct, same: boolean][] = [
    ['itself', one, true],
    ['another of the request', { ...one, id: 'b', type: 'type-1', ledgerIndex: 5 }, true],
    ['one of another request', { ...one, id: 'b', requestId: 'r2' }, false],
    ['one of no request', { ...one, id: 'b', requestId: null }, false],
  ];
  test('two acts of no request are not one form', () => {
    const alone = { ...one, requestId: null };
    expect(areOfOneForm(alone, { ...alone, id: 'b' })).toBe(false);
  });
  test.each(rows)('%s', (_what, other, same) => expect(areOfOneForm(one, other)).toBe(same));

  test.each([
    ['record', true],
    ['confirm', true],
    ['withdraw', true],
    ['settle', false],
    ['ask-error', false],
  ])('%s has a receipt: %s', (kind, has) => expect(hasReceipt(act(1, kind, '2026-01-01'))).toBe(has));
});
