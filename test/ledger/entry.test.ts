import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isLedgerAct, ledgerActs } from '../../src/ledger/acts.ts';
import { commitmentOf, type EntryContent, makeEntry } from '../../src/ledger/entry.ts';

const content: EntryContent = {
  practice: 'A99999',
  act: 'objection-recorded',
  actor: { kind: 'staff', id: '5f0c2f1e-6a54-4a3e-8c5e-0d1f5a7f9b10' },
  data: { type: 'type-1', patient: 'a0c1' },
  at: new Date('2026-10-02T09:30:00.120Z'),
};

describe('an entry', () => {
  test('is canonical JSON of exactly the members of version 1, the instant in UTC with milliseconds', () => {
    expect(makeEntry(7, content).text).toBe(
      '{"act":"objection-recorded",' +
        '"actor":{"id":"5f0c2f1e-6a54-4a3e-8c5e-0d1f5a7f9b10","kind":"staff"},' +
        '"at":"2026-10-02T09:30:00.120Z","data":{"patient":"a0c1","type":"type-1"},' +
        '"index":7,"practice":"A99999","v":1}',
    );
  });

  test('commits to SHA-256(salt || text)', () => {
    const { text, salt, commitment } = makeEntry(7, content);
    const expected = createHash('sha256')
      .update(Buffer.concat([salt, Buffer.from(text, 'utf8')]))
      .digest('hex');
    expect(Buffer.from(commitment).toString('hex')).toBe(expected);
    expect(Buffer.from(commitmentOf(salt, text)).toString('hex')).toBe(expected);
  });

  test('has 16 bytes of salt, new each time, so that equal texts commit differently', () => {
    const one = makeEntry(7, content);
    const other = makeEntry(7, content);
    expect(one.salt.length).toBe(16);
    expect(one.text).toBe(other.text);
    expect(one.commitment).not.toEqual(other.commitment);
  });

  test('carries nothing of the actor but kind and id', () => {
    const actor = { kind: 'staff' as const, id: 'x', name: 'Jo Bloggs' };
    expect(makeEntry(0, { ...content, actor }).text).not.toContain('Jo');
  });
});

describe('the acts', () => {
  test('are words, each listed once', () => {
    expect(new Set(ledgerActs).size).toBe(ledgerActs.length);
    for (const act of ledgerActs) expect(act).toMatch(/^[a-z]+(-[a-z]+)+$/);
  });

  test('can be told from other words', () => {
    expect(isLedgerAct('objection-withdrawn')).toBe(true);
    expect(isLedgerAct('objection-deleted')).toBe(false);
  });
});
