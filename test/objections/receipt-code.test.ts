import { expect, test } from 'vitest';
import { receiptCode } from '../../src/objections/receipt-code.ts';

test('the code of a receipt is the first 60 bits, in letters that are not misread', () => {
  expect(receiptCode(new Uint8Array(32))).toBe('0000-0000-0000');
  expect(receiptCode(new Uint8Array(32).fill(255))).toBe('ZZZZ-ZZZZ-ZZZZ');
  expect(receiptCode(Buffer.from('0123456789abcdef'.repeat(4), 'hex'))).toBe('04HM-ASW9-NF6Y');
});
