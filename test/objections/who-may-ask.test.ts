import { describe, expect, test } from 'vitest';
import {
  type Asking,
  ageOn,
  mayObject,
  mayWithdraw,
  type Requester,
  requesters,
} from '../../src/objections/who-may-ask.ts';

const on = '2026-11-20';
const asking = (requester: Requester, age: number, cannotDecide = false): Asking => ({
  requester,
  dateOfBirth: `${2026 - age}-06-15`,
  on,
  cannotDecide,
});
const byThemselves = { ok: true, needsAuthority: false, needsDecision: false };
const asProxy = { ok: true, needsAuthority: true, needsDecision: false };
const byGuardian = { ok: true, needsAuthority: false, needsDecision: true };
const refused = (reason: string) => ({ ok: false, reason });

const objecting: [who: string, asking: Asking, expected: object][] = [
  ['an adult', asking('patient', 40), byThemselves],
  ['a patient of 13', asking('patient', 13), byThemselves],
  ['a patient of 12, alone: works, the guardian decides', asking('patient', 12), byGuardian],
  ['a parent, of a child of 12', asking('parental-responsibility', 12), asProxy],
  ['a parent, of a newborn', asking('parental-responsibility', 0), asProxy],
  [
    'a parent, of a patient of 13 who can decide',
    asking('parental-responsibility', 13),
    refused('young-person-decides'),
  ],
  ['a parent, of a patient of 17 who cannot', asking('parental-responsibility', 17, true), asProxy],
  ['a parent, of an adult', asking('parental-responsibility', 18), refused('patient-is-adult')],
  [
    'a parent, of an adult who cannot decide',
    asking('parental-responsibility', 18, true),
    refused('patient-is-adult'),
  ],
  ['an attorney for health and welfare', asking('attorney-health', 80, true), asProxy],
  ['an attorney for property and financial affairs', asking('attorney-property', 80, true), asProxy],
  ['an attorney, of a child', asking('attorney-health', 17, true), refused('patient-is-child')],
  ['a deputy', asking('deputy', 80, true), asProxy],
  ['a deputy, of a patient of 16', asking('deputy', 16, true), asProxy],
  ['nobody to decide', asking('nobody-to-decide', 80, true), byGuardian],
  ['child and parent disagree', asking('child-and-parent-disagree', 14), byGuardian],
  [
    'child and parent disagree, the child being 30',
    asking('child-and-parent-disagree', 30),
    refused('patient-is-adult'),
  ],
  ['somebody born tomorrow', { ...asking('patient', 0), dateOfBirth: '2026-11-21' }, refused('not-born-yet')],
];

describe('who may object', () => {
  test.each(objecting)('%s', (_, given, expected) => {
    expect(mayObject(given)).toEqual(expected);
  });

  test('names every requester above', () => {
    expect(new Set(objecting.map(([, given]) => given.requester))).toEqual(new Set(requesters));
  });
});

const all = { identityConfirmed: true, authorityConfirmed: true };
const noIdentity = { identityConfirmed: false, authorityConfirmed: true };
const noAuthority = { identityConfirmed: true, authorityConfirmed: false };

describe('who may withdraw', () => {
  test.each<[who: string, asking: Parameters<typeof mayWithdraw>[0], expected: object]>([
    ['an adult, identity confirmed', { ...asking('patient', 40), ...noAuthority }, { ok: true }],
    [
      'an adult, identity not confirmed',
      { ...asking('patient', 40), ...noIdentity },
      refused('identity-not-confirmed'),
    ],
    ['a patient of 12, alone', { ...asking('patient', 12), ...all }, refused('guardian-decides')],
    ['a parent, both confirmed', { ...asking('parental-responsibility', 12), ...all }, { ok: true }],
    [
      'a parent, identity not confirmed',
      { ...asking('parental-responsibility', 12), ...noIdentity },
      refused('identity-not-confirmed'),
    ],
    [
      'a parent, authority not confirmed',
      { ...asking('parental-responsibility', 12), ...noAuthority },
      refused('authority-not-confirmed'),
    ],
    [
      'a parent, of an adult',
      { ...asking('parental-responsibility', 18), ...all },
      refused('patient-is-adult'),
    ],
    [
      'a deputy, authority not confirmed',
      { ...asking('deputy', 80), ...noAuthority },
      refused('authority-not-confirmed'),
    ],
    ['an attorney, both confirmed', { ...asking('attorney-property', 80), ...all }, { ok: true }],
    ['nobody to decide', { ...asking('nobody-to-decide', 80), ...all }, refused('guardian-decides')],
    [
      'child and parent disagree',
      { ...asking('child-and-parent-disagree', 14), ...all },
      refused('guardian-decides'),
    ],
  ])('%s', (_, given, expected) => {
    expect(mayWithdraw(given)).toEqual(expected);
  });
});

describe('age', () => {
  test.each([
    ['2013-11-21', 12],
    ['2013-11-20', 13],
    ['2013-11-19', 13],
    ['2026-11-20', 0],
    ['2026-11-21', -1],
    ['2027-01-01', -1],
  ])('of somebody born %s is %i', (dateOfBirth, age) => {
    expect(ageOn(dateOfBirth, on)).toBe(age);
  });

  test('of somebody born on 29 February goes up on 1 March', () => {
    expect(ageOn('2012-02-29', '2025-02-28')).toBe(12);
    expect(ageOn('2012-02-29', '2025-03-01')).toBe(13);
    expect(ageOn('2012-02-29', '2024-02-29')).toBe(12);
  });
});
