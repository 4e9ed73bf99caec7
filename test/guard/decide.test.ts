import { describe, expect, it, test } from 'vitest';
import { dayNumber } from '../../src/day.ts';
import { grounds } from '../../src/extracts/grounds.ts';
import { waitsForTelling } from '../../src/extracts/telling-first.ts';
import {
  ALL_FLAGS,
  AMBIGUOUS,
  CONSENTED,
  decidePatient,
  decideStranger,
  LEFT,
  OBJECTED_TYPE_1,
  OBJECTED_TYPE_2,
  RESTRICTED,
  ruleFor,
  strictest,
  TOLD,
} from '../../src/guard/decide.ts';
import { INVALID_NUMBER, NO_NUMBER } from '../../src/patients/nhs-number.ts';
import { bothTypes, directCare } from './scan.ts';

const lawOnly = { ...bothTypes, type1: false, type2: false };
const consented = { ...lawOnly, consentTo: 'study' };
const waits = { ...bothTypes, told: { days: 28, by: ['n 1'], until: 20_000 } };
const both = { ...consented, told: waits.told };
const withLeft = { ...bothTypes, includeLeft: true };

test.each([
  ['somebody without an objection', bothTypes, 0, 'permit'],
  ['type 1', bothTypes, OBJECTED_TYPE_1, 'objected-type-1'],
  ['type 2', bothTypes, OBJECTED_TYPE_2, 'objected-type-2'],
  ['both types', bothTypes, OBJECTED_TYPE_1 | OBJECTED_TYPE_2, 'objected-type-1'],
  ['type 1 where only type 2 applies', { ...bothTypes, type1: false }, OBJECTED_TYPE_1, 'permit'],
  ['type 2 where only type 1 applies', { ...bothTypes, type2: false }, OBJECTED_TYPE_2, 'permit'],
  ['both types where the law requires the data', lawOnly, OBJECTED_TYPE_1 | OBJECTED_TYPE_2, 'permit'],
  ['two patients with one number', bothTypes, AMBIGUOUS, 'ambiguous'],
  ['two patients with one number, where the law requires the data', lawOnly, AMBIGUOUS, 'ambiguous'],
  [
    'two patients with one number, one of whom objected',
    bothTypes,
    AMBIGUOUS | OBJECTED_TYPE_2,
    'objected-type-2',
  ],
  ['a restricted record', bothTypes, RESTRICTED, 'restricted'],
  ['a restricted record of somebody who left', bothTypes, RESTRICTED | LEFT, 'restricted'],
  ['somebody who left', bothTypes, LEFT, 'left-practice'],
  ['somebody who left, where those leave too', withLeft, LEFT, 'permit'],
  [
    'somebody who left and objected, where those leave too',
    withLeft,
    LEFT | OBJECTED_TYPE_1,
    'objected-type-1',
  ],
  ['no consent where it is asked for', consented, 0, 'no-consent'],
  ['consent where it is asked for', consented, CONSENTED, 'permit'],
  ['consent, of somebody who left', consented, CONSENTED | LEFT, 'left-practice'],
  ['consent, and an objection that came before it', consented, CONSENTED | OBJECTED_TYPE_1, 'permit'],
  [
    'consent, and an objection that the guardian applies all the same',
    { ...consented, type1: true },
    CONSENTED | OBJECTED_TYPE_1,
    'objected-type-1',
  ],
  ['consent where none is asked for', bothTypes, CONSENTED | OBJECTED_TYPE_1, 'objected-type-1'],
  ['told where the extract asks for it', waits, TOLD, 'permit'],
  ['not told where it asks', waits, 0, 'not-told'],
  ['not told where it does not ask', bothTypes, 0, 'permit'],
  ['told, and an objection', waits, TOLD | OBJECTED_TYPE_1, 'objected-type-1'],
  ['not told, and an objection', waits, OBJECTED_TYPE_2, 'objected-type-2'],
  ['not told, and restricted', waits, RESTRICTED, 'restricted'],
  ['not told, and left', waits, LEFT, 'left-practice'],
  ['neither told nor consented', both, 0, 'no-consent'],
  ['consented, and not told', both, CONSENTED, 'not-told'],
  ['told, and not consented', both, TOLD, 'no-consent'],
  ['consented and told', both, TOLD | CONSENTED, 'permit'],
  ['not told, on direct care', { ...waits, withholdsNobody: true }, 0, 'permit'],
  ['everything at once', bothTypes, ALL_FLAGS, 'objected-type-1'],
  ['everything at once, on direct care', directCare, ALL_FLAGS, 'permit'],
])('%s: decides on a patient', (_, rule, flags, decision) =>
  expect(decidePatient(rule, flags)).toBe(decision),
);

test.each([
  ['no number', bothTypes, NO_NUMBER, 'no-nhs-number'],
  ['what is no number', bothTypes, INVALID_NUMBER, 'invalid-nhs-number'],
  ['somebody unknown', bothTypes, 999_000_001, 'not-on-list'],
  ['somebody unknown, where the law requires the data', lawOnly, 999_000_001, 'not-on-list'],
  ['no number, on direct care', directCare, NO_NUMBER, 'permit'],
  ['what is no number, on direct care', directCare, INVALID_NUMBER, 'permit'],
  ['somebody unknown, on direct care', directCare, 999_000_001, 'permit'],
])('%s: decides where there is no patient', (_, rule, key, decision) => {
  expect(decideStranger(rule, key)).toBe(decision);
});

describe('the rule of a ground', () => {
  const rule = (withholdsNobody: boolean, type1: boolean, type2: boolean) => ({
    ok: true,
    rule: { withholdsNobody, type1, type2, includeLeft: false },
  });
  const notReady = { ok: false, reason: 'ground-not-ready' };

  it.each([
    ['direct-care', rule(true, false, false)],
    ['nhs-england-direction', rule(false, true, true)],
    ['public-health', rule(false, true, true)],
    ['legal-obligation', rule(false, false, false)],
    ['public-interest', rule(false, false, false)],
    ['section-251', notReady],
    ['de-identified', notReady],
    ['payment', notReady],
    ['other', notReady],
    ['a word that is no ground', notReady],
    ['constructor', notReady],
    ['aggregate', { ok: false, reason: 'aggregate-not-released' }],
  ])('%s', (ground, expected) => expect(ruleFor({ ground, includeLeft: false })).toEqual(expected));

  it('explicit-consent asks for consent to the extract of that name', () => {
    const study = { ground: 'explicit-consent', includeLeft: false, extractId: 'study' };
    const asks = {
      withholdsNobody: false,
      type1: false,
      type2: false,
      includeLeft: false,
      consentTo: 'study',
    };
    expect(ruleFor(study)).toEqual({ ok: true, rule: asks });
    expect(ruleFor({ ...study, stricter: ['type-1'] })).toEqual({ ok: true, rule: { ...asks, type1: true } });
  });

  it('two rules of one version together withhold what either does', () => {
    const laxer = { ...bothTypes, type1: false, includeLeft: true };
    expect(strictest(laxer, { ...bothTypes, type2: false })).toEqual(bothTypes);
    expect(strictest(bothTypes, consented)).toEqual({ ...bothTypes, consentTo: 'study' });
  });

  // One row a rule: who counts as told, by what an extract asks and its ground.
  const telling = { by: ['n 1'], today: '2026-11-20' };
  it.each([
    ['explicit-consent', 28, telling, { days: 28, by: ['n 1'], until: dayNumber('2026-10-23') }],
    ['explicit-consent', 1, telling, { days: 1, by: ['n 1'], until: dayNumber('2026-11-19') }],
    ['explicit-consent', 365, telling, { days: 365, by: ['n 1'], until: dayNumber('2025-11-20') }],
    ['explicit-consent', 28, undefined, { days: 28, by: [], until: 0 }],
    ['explicit-consent', -28, telling, { days: -28, by: [], until: 0 }],
    ['explicit-consent', 366, telling, { days: 366, by: [], until: 0 }],
    ['explicit-consent', null, telling, undefined],
    ['direct-care', 28, telling, undefined],
    ['legal-obligation', 28, telling, undefined],
    ['public-interest', 28, telling, undefined],
    ['public-health', 28, telling, undefined],
    ['nhs-england-direction', 28, telling, undefined],
  ])('%s asks for %s days', (ground, toldDays, known, told) => {
    const found = ruleFor({ ground, includeLeft: false, toldDays }, [], known);
    expect(found.ok && found.rule.told).toEqual(told);
  });

  it.each(['section-251', 'de-identified', 'payment', 'other', 'a word that is no ground'])(
    '%s will wait for telling once it can be released',
    (ground) => expect(waitsForTelling({ ground, toldDays: 28 })).toBe(true),
  );

  it('two rules that ask for telling ask for the older day, by a notice that both know', () => {
    const one = { ...bothTypes, told: { days: 28, by: ['a', 'b'], until: 100 } };
    const other = { ...bothTypes, told: { days: 20, by: ['b', 'c'], until: 101 } };
    expect(strictest(one, other).told).toEqual({ days: 28, by: ['b'], until: 100 });
    expect(strictest(one, bothTypes).told).toEqual(one.told);
    expect(strictest(bothTypes, one).told).toEqual(one.told);
  });

  it('withholds nobody on direct care only', () => {
    const withoutWithholding = Object.keys(grounds).filter((ground) => {
      const found = ruleFor({ ground, includeLeft: false });
      return found.ok && found.rule.withholdsNobody;
    });
    expect(withoutWithholding).toEqual(['direct-care']);
  });
});
