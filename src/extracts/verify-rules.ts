import type { ExtractRules } from '../ledger/verify-extracts.ts';
import { type ObjectionType, objectionTypes } from '../objections/objection.ts';
import { obligationTo } from './applied-types.ts';
import { rulesOfGround } from './grounds.ts';
import { waitsForTelling } from './telling-first.ts';

const known = (types: readonly string[]): ObjectionType[] =>
  objectionTypes.filter((type) => types.includes(type));

/** The rules of extracts as `ledger verify` needs them. */
export const extractRules: ExtractRules = {
  obligationTo: (type, { ground, stricter, exempt }) =>
    obligationTo(type as ObjectionType, { ground, stricter: known(stricter), exempt: known(exempt) }),
  toldDaysOf: ({ ground, toldDays }) => (waitsForTelling({ ground, toldDays }) ? toldDays : null),
  asksForConsent: (ground) => rulesOfGround(ground).type1 === 'consent-only',
};
