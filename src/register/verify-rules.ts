import type { RegisterRules } from '../ledger/register-lines.ts';
import { aboutTen, type Size, sizeOf } from './public-numbers.ts';
import { publicText } from './public-text.ts';

/** The rules of the public register as `ledger verify` needs them. */
export const registerRules: RegisterRules = {
  sizeOf: (count, before) => sizeOf(count, before as Size | null),
  aboutTen,
  publicText,
};
