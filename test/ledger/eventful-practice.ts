import type { Database } from '../../src/store/database.ts';
import { aPractice, keepActs, takeInPatients } from './history.ts';
import { keepRelease } from './keep-release.ts';

/** A practice with 22 entries: acts of every kind, releases that ended in every way, a check. */
export async function anEventfulPractice(
  database: Database,
): Promise<{ practiceId: string; patients: readonly string[] }> {
  const practiceId = await aPractice(database, 'A10001');
  const patients = await takeInPatients(database, practiceId, 6);
  const [ann, bob, cat, dan, eve, fay] = patients as [string, string, string, string, string, string];
  const record = { kind: 'record', receivedOn: '2016-03-01' };
  const said = {
    requester: 'attorney-health',
    requesterName: 'Made Up',
    authoritySeen: 'court-order',
    identityChecked: 'photo-id',
    reason: 'Said so twice',
    importId: 'an-import',
  };
  await keepActs(database, practiceId, [
    { ...record, patientId: ann, ...said },
    { ...record, patientId: bob, type: 'type-2' },
    { kind: 'record', patientId: cat },
  ]);
  await keepRelease(database, practiceId, { permitted: [dan, eve, fay] });
  const [withdrawn, undecided] = await keepActs(database, practiceId, [
    { kind: 'withdraw', receivedOn: '2018-05-25', patientId: bob, type: 'type-2' },
    { ...record, patientId: dan, needsDecision: true },
    { kind: 'withdraw', receivedOn: '2018-05-25', patientId: cat },
    { kind: 'settle', settledAs: 'objection', patientId: cat },
  ]);
  await keepActs(database, practiceId, [
    { kind: 'ask-error', patientId: bob, type: 'type-2', targetActId: withdrawn?.id ?? '' },
    { kind: 'decide', patientId: dan, targetActId: undecided?.id ?? '', upheld: true },
  ]);
  await keepRelease(database, practiceId, { permitted: [], decided: false, ending: 'failed' });
  await keepRelease(database, practiceId, { kind: 'check', permitted: [eve, fay] });
  const type2Only = { type1: false, type2: true };
  await keepRelease(database, practiceId, {
    permitted: [ann, dan, eve],
    applies: type2Only,
    ending: 'interrupted',
  });
  await keepRelease(database, practiceId, { permitted: [eve], ending: null });
  return { practiceId, patients };
}
