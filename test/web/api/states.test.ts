import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardian, HEADER, manager, rowOf } from '../../guard/scene.ts';
import { addTestPractice } from '../../support/practice.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';
import { expectProblem } from './expect-problem.ts';

let scene: ApiScene;
/** The header with a key that names every extract of the scene. */
let every: { authorization: string };

const notReleasing = {
  'extract-draft': { state: 'draft' },
  'extract-awaiting-approval': { state: 'awaiting-approval' },
  'extract-suspended': { state: 'suspended' },
  'extract-ended': { state: 'ended' },
  'out-of-dates': { endsOn: '2026-11-19' },
  'source-stale': { stops: '{"usualNumber":null,"listAgeDays":14,"maxUnreadable":null}' },
  'ground-not-ready': { ground: 'section-251' },
  'aggregate-not-released': { ground: 'aggregate' },
} as const;
const codes = Object.keys(notReleasing) as (keyof typeof notReleasing)[];

beforeAll(async () => {
  scene = await openApiScene();
  for (const code of codes) {
    await scene.addExtract({ extractId: code });
    await scene.tamper(notReleasing[code], { extractId: code });
  }
  every = { authorization: `Bearer ${await scene.makeKey(codes)}` };
});

afterAll(() => scene.end());

test.each(codes)('%s', async (code) => {
  expectProblem(await scene.release(HEADER + rowOf(0), every, code), code);
  const check = {
    headers: { 'content-type': 'application/json', ...every },
    body: '{"nhsNumbers":["9990000018"]}',
  };
  expectProblem(await scene.ask('POST', `/extracts/${code}/checks`, check), code);
  const ready = await scene.ask('GET', `/extracts/${code}/readiness`, { headers: every });
  expect([ready.status, ready.json]).toEqual([200, { ready: false, reasons: [code] }]);
});

test('objections-not-taken-in', async () => {
  const other = await addTestPractice(scene.registry);
  await scene.addExtract({ practiceId: other, extractId: 'early' });
  const authorization = `Bearer ${await scene.makeKey(['early'], { practiceId: other })}`;
  expectProblem(await scene.release(HEADER, { authorization }, 'early'), 'objections-not-taken-in');
});

test('a new version runs as soon as it is approved, and not before', async () => {
  await scene.addExtract({ extractId: 'renewed', fields: [{ name: 'note', treatment: 'keep' }] });
  const authorization = `Bearer ${await scene.makeKey(['renewed'])}`;
  const registered = await scene.services.extracts.register(
    {
      ...{
        practiceId: scene.practiceId,
        extractId: 'renewed',
        name: 'Two',
        recipient: 'Else',
        recipientOds: '',
      },
      ...{ purpose: 'Another', ground: 'nhs-england-direction', reference: '2', checksApproved: true },
      ...{
        startsOn: '2026-01-01',
        endsOn: '2026-12-31',
        fields: [{ name: 'nhs_number', treatment: 'keep' }],
      },
    },
    manager,
  );
  if (!registered.ok) throw new Error(registered.reason);
  expect((await scene.release(HEADER, { authorization }, 'renewed')).text).toBe('note\n');
  const approval = { practiceId: scene.practiceId, extractId: 'renewed', version: registered.version };
  await scene.services.extracts.approve(approval, guardian);
  // The new version looks at the age of the list, which was never taken in.
  expectProblem(await scene.release(HEADER, { authorization }, 'renewed'), 'source-stale');
});
