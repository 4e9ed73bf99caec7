import { describe, expect, test } from 'vitest';
import type { RecordedAct } from '../../src/objections/act-entry.ts';
import { whyNoLetter } from '../../src/recipient-letters/agree-to-letters.ts';
import { findReferences } from '../../src/recipient-letters/find-references.ts';
import { stateOf, stillObjects } from '../../src/recipient-letters/recipient-letter.ts';
import { type Holder, holdersOf, type KnownBy } from '../../src/usage-account/holders.ts';
import type { AccountedVersion } from '../../src/usage-account/usage-account-store.ts';

const at = new Date('2026-11-01T02:00:00Z');
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
const times = [{ releaseId: 'a', kind: 'release', status: 'complete', at }];
const holdersFor = (...versions: AccountedVersion[]) =>
  holdersOf(
    {
      left: versions.map((one) => ({ version: one, heldUntil: one.destroyBy, times })),
      keptOut: [],
      withNationalOptOut: 0,
    },
    '2026-11-20',
  );

describe('where a letter stands', () => {
  const fresh = { sentOn: null, answeredOn: null, stoppedAt: null };
  test.each([
    ['to-send', fresh, true, '2026-11-20'],
    ['sent', { ...fresh, sentOn: '2026-11-01' }, true, '2026-11-29'],
    ['overdue', { ...fresh, sentOn: '2026-11-01' }, true, '2026-11-30'],
    ['answered', { ...fresh, sentOn: '2026-11-01', answeredOn: '2026-12-24' }, true, '2026-12-30'],
    ['answered', { ...fresh, sentOn: '2026-11-01', answeredOn: '2026-12-24' }, false, '2026-12-30'],
    ['over', { ...fresh, stoppedAt: at }, true, '2026-11-20'],
    ['over', fresh, false, '2026-11-20'],
    ['over', { ...fresh, sentOn: '2026-11-01' }, false, '2026-12-30'],
  ] as const)('%s', (state, letter, objects, today) => {
    expect(stateOf(letter, objects, today)).toBe(state);
  });
});

describe('whether the patient still objects', () => {
  const act = (kind: string, ledgerIndex: number, receivedOn: string, type = 'type-1') =>
    ({
      id: `${kind} ${ledgerIndex}`,
      kind,
      type,
      ledgerIndex,
      receivedOn,
      recordedAt: at,
      targetActId: null,
      settledAs: null,
      upheld: null,
      needsDecision: false,
    }) as unknown as RecordedAct;
  const letter = { types: ['type-1'], agreedIndex: 10 };
  const objected = act('record', 5, '2026-10-01');

  test.each([
    ['in force ever since', true, [[objected]]],
    ['taken back', false, [[objected, act('withdraw', 12, '2026-11-02')]]],
    [
      'taken back and made again: that is to be asked anew',
      false,
      [[objected, act('withdraw', 12, '2026-11-02'), act('record', 14, '2026-11-03')]],
    ],
    [
      'taken back before it was asked for, and made again',
      true,
      [[objected, act('withdraw', 6, '2026-10-02'), act('record', 8, '2026-10-03')]],
    ],
    ['on another record of the same person', true, [[], [objected]]],
    ['of another type', false, [[act('record', 5, '2026-10-01', 'type-2')]]],
  ])('%s: %s', (_, expected, records) => {
    expect(stillObjects(letter, records)).toBe(expected);
  });
});

describe('who holds the data', () => {
  test('under agreements that are still running; who nobody knows of may still hold it', () => {
    expect(holdersFor(version({ destroyBy: '2026-11-19' }))).toEqual([]);
    expect(holdersFor(version({ destroyBy: '2026-11-20' }))).toHaveLength(1);
    expect(holdersFor(version())).toHaveLength(1);
  });

  test('versions for one recipient are one holder, known by no more than each of them gave', () => {
    const keep = version();
    const pseudonym = version({ version: 2, fields: [{ name: 'NHS No', treatment: 'pseudonym' }] });
    const none = version({ version: 3, fields: [{ name: 'note', treatment: 'keep' }] });
    const of = (...versions: AccountedVersion[]) => holdersFor(...versions).map(({ knownBy }) => knownBy);
    expect(of(keep)).toEqual(['nhs-number']);
    expect(of(pseudonym, keep)).toEqual(['pseudonym']);
    expect(of(none)).toEqual([null]);
    expect(of(none, keep)).toEqual([null]);
    expect(of(keep, version({ recipient: 'Another' }))).toEqual(['nhs-number', 'nhs-number']);
    const named = version({
      nhsNumberColumn: 'mother',
      fields: [
        { name: 'nhs_number', treatment: 'keep' },
        { name: 'mother', treatment: 'pseudonym' },
      ],
    });
    expect(of(named)).toEqual(['pseudonym']);
  });

  test.each([
    ['nhs-england-direction', ['type-1'], undefined],
    ['nhs-england-direction', [], 'no-objection'],
    ['direct-care', ['type-1', 'type-2'], 'objection-not-applied'],
    ['legal-obligation', ['type-1'], 'objection-not-applied'],
  ])('%s with %j in force: %s', (ground, inForce, why) => {
    const [holder] = holdersFor(version({ ground }));
    expect(holder && whyNoLetter(holder, inForce)).toBe(why);
  });
});

describe('the reference by which a recipient finds the patient', () => {
  const record = { ordinal: 0, nhsNumber: '9990000018' };
  const key = Buffer.alloc(32, 7);
  const holder = (knownBy: KnownBy | null): Holder => ({
    ...(holdersFor(version())[0] as Holder),
    knownBy,
  });
  const find = (knownBy: KnownBy | null, since = '2026-01-01') =>
    findReferences([{ record, holder: holder(knownBy) }], async () => ({ key, since: new Date(since) }));

  test('is the number only where the number left, and else the pseudonym', async () => {
    expect(await find('nhs-number')).toEqual(['999 000 0018']);
    expect(await find('pseudonym')).toEqual([expect.stringMatching(/^p[0-9a-f]{32}$/)]);
    expect(await find(null)).toEqual([]);
  });

  test('is none where everything left under a pseudonym of an earlier key', async () => {
    expect(await find('pseudonym', '2026-11-02')).toEqual([]);
  });

  test('is none of a record of which nothing left there', async () => {
    expect(await findReferences([{ record, holder: null }], async () => ({ key, since: at }))).toEqual([]);
  });
});
