import { linkPeople, unlinkPeople } from '../../src/patients/same-person-links.ts';
import type { Database } from '../../src/store/database.ts';
import { personStore } from '../../src/store/person-store.ts';
import { aPractice, keepActs, receptionist, takeInPatients, tick } from './history.ts';
import { keepConsents, keepExemption } from './keep-consents.ts';
import { keepRelease } from './keep-release.ts';
import { keepTellings } from './keep-tellings.ts';

/** A practice with 34 entries: acts of every kind, releases that ended in every way, a check, records that are linked, consents, exemptions, tellings. */
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

  const store = personStore(database);
  const link = { practiceId, kind: 'duplicate' as const };
  await linkPeople(store, { ...link, patientId: ann, toId: bob }, receptionist, tick());
  await linkPeople(store, { ...link, patientId: fay, toId: cat }, receptionist, tick());
  const [wrong] = await store.linksOf(practiceId, [fay]);
  const undo = { practiceId, linkId: wrong?.id ?? '', reason: 'They are two people' };
  await unlinkPeople(store, undo, { kind: 'staff', id: 'the-manager' }, tick());
  await keepConsents(database, practiceId, [
    { patientId: eve, kind: 'give' },
    { patientId: eve, kind: 'withdraw' },
  ]);
  await keepExemption(database, practiceId, 'end');
  await keepTellings(database, practiceId, [
    { patientId: fay, outcome: 'sent' },
    { patientId: fay, outcome: 'returned' },
  ]);
  return { practiceId, patients };
}
