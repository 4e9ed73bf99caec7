import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changePractice } from '../../src/store/practice-change.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPractice, keepActs, takeInPatients, tick } from './history.ts';
import { keepConsents, keepExemption } from './keep-consents.ts';
import { keepRelease, registerExtractOn } from './keep-release.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
  registry.leaveBroken('most of these practices did not apply what they had to');
});
afterAll(() => registry.close());

let made = 0;
/** A practice of two, of whom the first objected (type 1), with an extract on each of these grounds. */
async function aPracticeWith(...grounds: string[]) {
  made += 1;
  const { database, ledger } = registry.services;
  const id = await aPractice(database, `V${String(made).padStart(5, '0')}`);
  const [one, two] = (await takeInPatients(database, id, 2)) as [string, string];
  await keepActs(database, id, [{ kind: 'record', receivedOn: '2016-03-01', patientId: one }]);
  for (const ground of grounds) await registerExtractOn(database, id, ground);
  const release = (extractId: string, type1: boolean, type2: boolean, permitted: string[] = [two]) =>
    keepRelease(database, id, { extractId, permitted, applies: { type1, type2 } });
  return { database, id, one, two, release, verify: () => ledger.verify(id) };
}

describe('what a release applied is held against its ground', () => {
  const notApplied = (type: string) => ({
    ok: false,
    what: `it did not apply type ${type} objections, which it had to on its ground`,
  });
  test.each([
    ['nhs-england-direction', false, true, notApplied('1')],
    ['nhs-england-direction', true, false, notApplied('2')],
    ['public-health', false, true, notApplied('1')],
    ['public-interest', false, false, { ok: true }],
    ['public-interest', true, true, { ok: true }],
    ['legal-obligation', false, false, { ok: true }],
    [
      'legal-obligation',
      true,
      false,
      { ok: false, what: expect.stringContaining('it must not on its ground') },
    ],
    ['direct-care', false, true, { ok: false, what: expect.stringContaining('it must not on its ground') }],
    ['explicit-consent', false, false, { ok: false, what: 'it does not ask for consent as its ground does' }],
    ['a word that is no ground', false, true, notApplied('1')],
  ])('%s, type 1 %s, type 2 %s', async (ground, type1, type2, found) => {
    const { release, verify } = await aPracticeWith(ground);
    await release(ground, type1, type2);
    expect(await verify()).toMatchObject(found);
  });

  test('of an extract that was never registered everything has to be applied', async () => {
    const { release, verify } = await aPracticeWith();
    await release('unheard-of', true, true);
    expect(await verify()).toMatchObject({ ok: true });
    await release('unheard-of', true, false);
    expect(await verify()).toMatchObject({ ok: false, what: expect.stringContaining('never registered') });
  });

  test('what the guardian applies besides has to be applied', async () => {
    const { database, id, release, verify } = await aPracticeWith();
    await registerExtractOn(database, id, 'public-interest', { extract: 'strict', stricter: ['type-2'] });
    await release('strict', false, true);
    expect(await verify()).toMatchObject({ ok: true });
    await release('strict', false, false);
    expect(await verify()).toMatchObject(notApplied('2'));
  });

  test('an exemption lets a type be left out from its approval to its end', async () => {
    const { database, id, one, two, release, verify } = await aPracticeWith('public-health');
    await keepExemption(database, id);
    await release('public-health', false, true, [one, two]);
    expect(await verify()).toMatchObject({ ok: true, checked: { exemptions: 1 } });
    await release('public-health', false, false);
    expect(await verify()).toMatchObject(notApplied('2'));
  });

  test.each([
    ['that has ended', 'end', {}],
    ['whose last day is over', undefined, { endsOn: '2026-11-19' }],
    ['from another type', undefined, { type: 'type-2' }],
    ['of another version', undefined, { version: 2 }],
    ['of another extract', undefined, { extractId: 'payment' }],
  ] as const)('one %s does not', async (_, end, different) => {
    const { database, id, release, verify } = await aPracticeWith('public-health');
    await keepExemption(database, id, end, different);
    await release('public-health', false, true);
    expect(await verify()).toMatchObject(notApplied('1'));
  });

  test('who asked for an exemption and approved it is named, whatever the rows say', async () => {
    const { database, id, verify } = await aPracticeWith('public-health');
    const { id: exemption } = await keepExemption(database, id);
    await database.write((tx) => tx.exemption.deleteMany({ where: { id: exemption } }));
    expect(await verify()).toMatchObject({ ok: false, index: null, what: 'an exemption is missing' });
    const asked = { extract: 'public-health', version: 1, type: 'type-1', reason: 'A', reference: 'B' };
    const manager = { kind: 'staff', id: 'the-manager' } as const;
    await changePractice(database, id, async ({ append }) => {
      append('exemption-asked', manager, { exemption: 'one', ends: '2026-12-31', ...asked }, tick());
      append('exemption-approved', manager, { exemption: 'one' }, tick());
    });
    expect(await verify()).toMatchObject({ what: 'who asked for an exemption decided on it too' });
  });
});

describe('a release that asks for consent', () => {
  const release = async (practice: Awaited<ReturnType<typeof aPracticeWith>>, permitted: string[]) =>
    keepRelease(practice.database, practice.id, {
      extractId: 'explicit-consent',
      permitted,
      applies: { type1: false, type2: false, consent: true },
    });

  test('held nobody whose consent was not in force', async () => {
    const practice = await aPracticeWith('explicit-consent');
    const { database, id, one, two, verify } = practice;
    const withoutConsent = { ok: false, what: 'it let out a patient who had not consented' };
    await keepConsents(database, id, [
      { patientId: one, kind: 'give' },
      { patientId: two, kind: 'give' },
    ]);
    await release(practice, [one, two]);
    expect(await verify()).toMatchObject({ ok: true, checked: { consentActs: 2 } });
    // An objection received since, recorded before the release, ends it.
    await keepActs(database, id, [{ kind: 'confirm', receivedOn: '2021-01-01', patientId: one }]);
    await release(practice, [two]);
    expect(await verify()).toMatchObject({ ok: true });
    await keepConsents(database, id, [{ patientId: two, kind: 'withdraw' }]);
    await release(practice, []);
    expect(await verify()).toMatchObject({ ok: true });
    await release(practice, [two]);
    expect(await verify()).toMatchObject(withoutConsent);
  });

  test.each([
    ['objected since', { kind: 'confirm', receivedOn: '2021-01-01' }],
    ['withdrew', undefined],
  ])('nor somebody who %s', async (_, objection) => {
    const practice = await aPracticeWith('explicit-consent');
    const { database, id, one } = practice;
    await keepConsents(database, id, [{ patientId: one, kind: 'give' }]);
    if (objection) await keepActs(database, id, [{ ...objection, patientId: one }]);
    else await keepConsents(database, id, [{ patientId: one, kind: 'withdraw' }]);
    await release(practice, [one]);
    expect(await practice.verify()).toMatchObject({
      ok: false,
      what: 'it let out a patient who had not consented',
    });
  });
});
