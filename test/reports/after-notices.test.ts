import { expect, test } from 'vitest';
import { manager, openTellingScene } from '../notices/telling-scene.ts';

test('counts who objected on the day on which they were told or later, by the notice, and no error', async () => {
  const scene = await openTellingScene();
  const { practiceId, services } = scene;
  const ids = await scene.add(...Array.from({ length: 5 }, () => ({ address: '1 High Street' })));
  const [before = '', same = '', later = '', error = ''] = ids;
  await scene.send((await scene.make('letter')) ?? '', '2026-03-02');
  scene.on('2026-05-01');
  const object = async (patientId: string, receivedOn: string) => {
    const request = {
      practiceId,
      patientId,
      types: ['type-1'],
      requester: 'patient',
      receivedVia: 'phone',
    } as const;
    const done = await services.objections.record({ ...request, receivedOn }, manager);
    return (done.ok && done.acts[0]?.id) || '';
  };
  await object(before, '2026-03-01');
  await object(same, '2026-03-02');
  await object(later, '2026-04-15');
  const actId = await object(error, '2026-04-15');
  await services.objections.markInError({ practiceId, actId, reason: 'Another patient' }, manager);
  const coverage = () => scene.tellings.coverage(practiceId, [scene.ref]);
  // Only said to be an error: it stands until somebody else confirms it.
  expect((await coverage()).objected).toBe(3);
  const other = { kind: 'staff', id: 'dddddddd-1111-4111-8111-111111111111' } as const;
  const asked = await services.database.reader.objectionAct.findFirst({ where: { kind: 'ask-error' } });
  const answer = {
    practiceId,
    actId: asked?.targetActId ?? '',
    answer: 'confirmed',
    reason: 'So it was',
  } as const;
  await services.objections.confirmError(answer, other);
  expect((await coverage()).objected).toBe(2);
  const report = async (from: string, to: string) =>
    (await services.reports.objections(practiceId, { from, to })).now.afterNotices;
  const row = { name: 'Nightly extracts', version: 1, told: 5 };
  expect(await report('2026-03-01', '2026-04-30')).toEqual([{ ...row, objected: 2 }]);
  expect(await report('2026-04-01', '2026-04-30')).toEqual([{ ...row, objected: 1 }]);
  expect(await report('2026-01-01', '2026-03-01')).toEqual([]);
  await scene.end();
});
