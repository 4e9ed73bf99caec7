import { expect } from 'vitest';
import type { Services } from '../../src/services.ts';

/**
 * The law, held at the end of every test that had a database: the ledger of every practice in it verifies.
 * Takes the open services; throws as a failed expectation, which names the practice and the first entry that fails.
 */
export async function expectLedgerVerifies({ ledger }: Pick<Services, 'ledger'>): Promise<void> {
  for (const { id, ods } of await ledger.practices()) {
    expect({ ods, ...(await ledger.verify(id)) }).toEqual({ ods, ok: true, checked: expect.anything() });
  }
}
