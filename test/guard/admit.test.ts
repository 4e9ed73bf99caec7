import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import '../support/registry.ts';
import { HEADER, manager, openScene, release, rowOf, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

/** What readiness, a release and a check say. */
async function answers(extractId = 'research', job = scene.job) {
  const { guard } = scene.services;
  const admitted = await guard.admit(job, extractId);
  const started = await guard.startRelease(job, extractId, 'text/csv');
  const checked = await guard.check(job, extractId, ['9990000018'], 'text/plain');
  if (started.ok) await started.release.fail('client-gone');
  return [admitted, started, checked].map((answer) => (answer.ok ? 'ok' : answer.reason));
}
const all = (reason: string) => [reason, reason, reason];

const setVersion = (data: object) => scene.tamper(data);
const setPractice = (data: object) => scene.services.database.write((tx) => tx.practice.updateMany({ data }));

describe('a release and a check are refused', () => {
  it.each([
    ['draft', 'extract-draft'],
    ['awaiting-approval', 'extract-awaiting-approval'],
    ['suspended', 'extract-suspended'],
    ['ended', 'extract-ended'],
  ])('when the extract is %s', async (state, reason) => {
    await setVersion({ state });
    expect(await answers()).toEqual(all(reason));
  });

  it.each([
    ['2025-12-31T23:59:59Z', 'out-of-dates'],
    ['2026-01-01T00:00:00Z', 'ok'],
    ['2026-12-31T23:59:59Z', 'ok'],
    ['2027-01-01T00:00:00Z', 'out-of-dates'],
  ])('outside its dates: at %s, %s', async (now, reason) => {
    scene.clock.now = new Date(now);
    expect(await answers()).toEqual(all(reason));
  });

  it('when the practice has no such extract', async () => {
    expect(await answers('unknown')).toEqual(all('no-such-extract'));
  });

  it('when the extract is another practice’s', async () => {
    const by = { kind: 'command-line', id: 'test' } as const;
    const added = await scene.services.staff.addPractice({ ods: 'B99999', name: 'Another' }, by);
    if (!added.ok) throw new Error(added.reason);
    await scene.addExtract({ practiceId: added.practice.id, extractId: 'theirs' });
    const job = { ...scene.job, extracts: ['theirs'] };
    expect(await answers('theirs', job)).toEqual(all('no-such-extract'));
  });

  it('when the key is for other extracts', async () => {
    await scene.addExtract({ extractId: 'other' });
    expect(await answers('other')).toEqual(all('not-your-extract'));
  });

  it('when the key was revoked or has expired since it was looked at', async () => {
    scene.clock.now = new Date('2099-06-01T00:00:00Z');
    await setVersion({ endsOn: '2100-01-01' });
    expect(await answers()).toEqual(['ok', 'no-key', 'no-key']);
    scene.clock.now = new Date('2026-11-20T10:00:00Z');
    await scene.services.keys.revoke({ practiceId: scene.practiceId, id: scene.job.keyId }, manager);
    expect(await answers()).toEqual(['ok', 'no-key', 'no-key']);
  });

  it.each(['section-251', 'de-identified', 'payment'])(
    'on a ground that needs what is not there yet: %s',
    async (ground) => {
      await setVersion({ ground });
      expect(await answers()).toEqual(all('ground-not-ready'));
    },
  );

  it('when it is counts only', async () => {
    await setVersion({ ground: 'aggregate' });
    expect(await answers()).toEqual(all('aggregate-not-released'));
  });

  it('until the objections from before were taken in; direct care goes on', async () => {
    await setPractice({ objectionsTakenInAt: null });
    expect(await answers()).toEqual(all('objections-not-taken-in'));
    await scene.addExtract({ ground: 'direct-care' });
    expect(await answers()).toEqual(all('ok'));
  });

  it('when the patient list is too old; direct care goes on', async () => {
    await setVersion({ stops: JSON.stringify({ usualNumber: null, listAgeDays: 14, maxUnreadable: null }) });
    expect(await answers()).toEqual(all('source-stale'));
    await setPractice({ listTakenInAt: new Date('2026-11-06T10:00:00Z') });
    expect(await answers()).toEqual(all('ok'));
    await setPractice({ listTakenInAt: new Date('2026-11-06T09:59:59Z') });
    expect(await answers()).toEqual(all('source-stale'));
    await scene.addExtract({ ground: 'direct-care' });
    expect(await answers()).toEqual(all('ok'));
  });
});

describe('the version that counts', () => {
  it('is the approved one while the next waits', async () => {
    await scene.services.extracts.register(
      {
        practiceId: scene.practiceId,
        extractId: 'research',
        name: 'Changed',
        recipient: 'Another institute',
        recipientOds: 'X27',
        purpose: 'Something else',
        ground: 'public-health',
        reference: 'Notice 1',
        fields: [{ name: 'note', treatment: 'keep' }],
        startsOn: '2026-01-01',
        endsOn: '2026-12-31',
        checksApproved: false,
      },
      manager,
    );
    expect(await release(scene, HEADER + rowOf(0))).toMatchObject({ output: HEADER + rowOf(0) });
  });

  it('is the new one once it is approved', async () => {
    await scene.addExtract({ fields: [{ name: 'note', treatment: 'keep' }] });
    expect(await release(scene, HEADER + rowOf(0))).toMatchObject({ output: 'note\nx\n' });
  });
});
