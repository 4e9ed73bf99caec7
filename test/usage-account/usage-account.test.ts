import { describe, expect, test } from 'vitest';
import { heldUntil, isStillHeld } from '../../src/usage-account/held-until.ts';
import { usageAccount } from '../../src/usage-account/usage-account.ts';
import type { AccountedVersion, Fate } from '../../src/usage-account/usage-account-store.ts';
import { daysByMonth } from '../../src/web/pages/patients/account/days-of.ts';

const version = (different: Partial<AccountedVersion> = {}): AccountedVersion => ({
  extractId: 'research',
  version: 1,
  state: 'approved',
  name: 'Research',
  recipient: 'An institute',
  recipientOds: 'X26',
  purpose: 'Asthma',
  ground: 'nhs-england-direction',
  fields: [{ name: 'nhs_number', treatment: 'keep' }],
  nhsNumberColumn: null,
  personColumns: null,
  contact: null,
  agreementReference: null,
  agreementEndsOn: null,
  destroyBy: null,
  ...different,
});

const fate = (releaseId: string, day: number, different: Partial<Fate> = {}): Fate => ({
  releaseId,
  extractId: 'research',
  version: 1,
  kind: 'release',
  status: 'complete',
  decidedAt: new Date(Date.UTC(2026, 0, day, 2)),
  withheld: null,
  ...different,
});

describe('still held until', () => {
  test.each([
    ['nobody has said', [version()], null],
    ['the end of the agreement', [version({ agreementEndsOn: '2027-01-01' })], '2027-01-01'],
    [
      'the day of destruction comes first',
      [version({ agreementEndsOn: '2027-01-01', destroyBy: '2027-06-30' })],
      '2027-06-30',
    ],
    [
      'the newest approved version says it',
      [
        version({ agreementEndsOn: '2027-01-01', state: 'superseded' }),
        version({ version: 2, agreementEndsOn: '2028-01-01', state: 'ended' }),
        version({ version: 3, agreementEndsOn: '2031-01-01', state: 'draft' }),
      ],
      '2028-01-01',
    ],
    [
      'what another recipient agreed to is not asked',
      [
        version({ agreementEndsOn: '2027-01-01', state: 'superseded' }),
        version({ version: 2, recipient: 'Another', agreementEndsOn: '2031-01-01' }),
      ],
      '2027-01-01',
    ],
  ])('%s', (_, versions, expected) => {
    expect(heldUntil(versions, version())).toBe(expected);
  });

  test('the last day counts; a day that nobody knows is not over', () => {
    expect([isStillHeld('2026-05-01', '2026-05-01'), isStillHeld('2026-05-01', '2026-05-02')]).toEqual([
      true,
      false,
    ]);
    expect(isStillHeld(null, '2099-01-01')).toBe(true);
  });
});

describe('the account of one person', () => {
  test('versions that say the same are one thing; another purpose or recipient is another', () => {
    const versions = [version(), version({ version: 2 }), version({ version: 3, purpose: 'Planning' })];
    const fates = [fate('a', 1), fate('b', 2, { version: 2 }), fate('c', 3, { version: 3 })];
    const { left } = usageAccount([fates], versions);
    expect(left.map((one) => [one.version.version, one.times.map(({ releaseId }) => releaseId)])).toEqual([
      [3, ['c']],
      [2, ['b', 'a']],
    ]);
  });

  test('what left of one record left of the person; being withheld on the other is then not told', () => {
    const other = [fate('a', 1, { withheld: 'left-practice' }), fate('b', 2, { withheld: 'left-practice' })];
    const { left, keptOut } = usageAccount([[fate('a', 1)], other], [version()]);
    expect(left.flatMap(({ times }) => times.map(({ releaseId }) => releaseId))).toEqual(['a']);
    expect(keptOut[0]?.reasons.map(({ reason, times }) => [reason, times.length])).toEqual([
      ['left-practice', 1],
    ]);
  });

  test('a version that is gone hides nothing', () => {
    const { left } = usageAccount([[fate('a', 1)]], []);
    expect(left).toMatchObject([{ version: { name: 'research', recipient: 'Not known' }, heldUntil: null }]);
  });
});

test('a thousand days are some lines, by the day in London', () => {
  const daily = Array.from({ length: 1000 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day, 2)));
  expect(daysByMonth(daily)).toHaveLength(33);
  const late = new Date('2026-07-31T23:30:00Z');
  expect(daysByMonth([late, new Date('2026-08-03T02:00:00Z'), late])).toEqual([
    { month: 'August 2026', days: '1 (twice) and 3' },
  ]);
});
