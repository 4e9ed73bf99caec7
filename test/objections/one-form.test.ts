import { describe, expect, test } from 'vitest';
import type { RecordedAct } from '../../src/objections/act-entry.ts';
import { areOfOneForm, hasReceipt } from '../../src/objections/one-form.ts';
import { act, at } from './act.ts';

describe('the acts of one form', () => {
  const one = act(4, 'record', '2026-01-01', { recordedAt: at(0) });
  const twin = { ...one, id: 'b', type: 'type-1', ledgerIndex: 5 };
  const rows: [what: string, other: RecordedAct, same: boolean][] = [
    ['itself', one, true],
    ['the other type, next entry', twin, true],
    ['a confirmation of the other type', { ...twin, kind: 'confirm' }, true],
    ['the same type', { ...twin, type: 'type-2' }, false],
    ['another patient', { ...twin, patientId: 'p2' }, false],
    ['another person', { ...twin, actor: { kind: 'staff', id: 's2' } }, false],
    ['another instant', { ...twin, recordedAt: at(1) }, false],
    ['an entry further away', { ...twin, ledgerIndex: 6 }, false],
    ['a withdrawal', { ...twin, kind: 'withdraw' }, false],
    ['an act about another', { ...twin, kind: 'ask-error' }, false],
  ];
  test.each(rows)('%s', (_what, other, same) => expect(areOfOneForm(one, other)).toBe(same));

  test.each([
    ['record', true],
    ['confirm', true],
    ['withdraw', true],
    ['settle', false],
    ['ask-error', false],
  ])('%s has a receipt: %s', (kind, has) => expect(hasReceipt(act(1, kind, '2026-01-01'))).toBe(has));
});
