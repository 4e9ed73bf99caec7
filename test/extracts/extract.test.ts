import { describe, expect, it, test } from 'vitest';
import { type ExtractVersion, extractStates, whyNotInForce } from '../../src/extracts/extract.ts';
import { grounds, isGround, rulesOfGround } from '../../src/extracts/grounds.ts';

const version: ExtractVersion = {
  practiceId: 'p',
  extractId: 'x',
  version: 1,
  state: 'approved',
  name: 'X',
  recipient: 'R',
  purpose: 'P',
  ground: 'public-health',
  fields: [],
  nhsNumberColumn: null,
  personColumns: null,
  fhir: null,
  startsOn: '2026-02-01',
  endsOn: '2026-03-31',
  checksApproved: true,
  includeLeft: false,
  toldDays: null,
  stricter: [],
  stops: { usualNumber: null, listAgeDays: null, maxUnreadable: null },
};

test.each(extractStates.filter((state) => state !== 'approved'))(
  'an extract that is %s releases nothing',
  (state) => {
    const expected = state === 'superseded' ? 'extract-ended' : `extract-${state}`;
    expect(whyNotInForce({ ...version, state }, '2026-02-10')).toBe(expected);
  },
);

test.each([
  ['2026-01-31', 'out-of-dates'],
  ['2026-02-01', undefined],
  ['2026-03-31', undefined],
  ['2026-04-01', 'out-of-dates'],
])('an approved extract from 1 February to 31 March on %s: %s', (today, expected) => {
  expect(whyNotInForce(version, today)).toBe(expected);
});

describe('the table of grounds', () => {
  it.each([
    // ground, type 1, type 2, national opt-out
    ['direct-care', 'not-applied', 'not-applied', 'not-applied'],
    ['explicit-consent', 'consent-only', 'consent-only', 'consent-only'],
    ['nhs-england-direction', 'applied', 'unless-approved', 'not-applied'],
    ['section-251', 'applied', 'applied', 'unless-approved'],
    ['public-health', 'applied', 'applied', 'not-applied'],
    ['legal-obligation', 'not-applied', 'not-applied', 'not-applied'],
    ['public-interest', 'not-applied', 'not-applied', 'not-applied'],
    ['de-identified', 'applied', 'applied', 'unless-approved'],
    ['payment', 'applied', 'applied', 'unless-approved'],
    ['other', 'applied', 'applied', 'applied'],
  ])('%s: type 1 %s, type 2 %s, national opt-out %s', (ground, type1, type2, nationalOptOut) => {
    expect(rulesOfGround(ground)).toMatchObject({ type1, type2, nationalOptOut });
  });

  it('says why wherever something is not applied', () => {
    for (const ground of Object.keys(grounds)) {
      const { type1, type2, nationalOptOut, why } = rulesOfGround(ground);
      const all = [type1, type2, nationalOptOut].every((application) => application === 'applied');
      expect(why === undefined, ground).toBe(all);
    }
  });

  it('applies everything under a word that is no ground', () => {
    expect(isGround('marketing')).toBe(false);
    expect(rulesOfGround('marketing')).toBe(grounds.other);
    expect(rulesOfGround('toString')).toBe(grounds.other);
  });
});
