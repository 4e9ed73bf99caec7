import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/ledger/entry.ts';
import type { RecordedAct } from '../../src/objections/act-entry.ts';
import { addAct, nothingSaid } from '../../src/objections/add-act.ts';
import { addPractice } from '../../src/staff/add-practice.ts';
import type { Database } from '../../src/store/database.ts';
import { objectionStore } from '../../src/store/objection-store.ts';
import { changePractice } from '../../src/store/practice-change.ts';
import { practiceStore } from '../../src/store/practice-store.ts';
import { aPatient } from '../support/factories.ts';

export const receptionist: Actor = { kind: 'staff', id: '11111111-1111-4111-8111-111111111111' };

let seconds = 0;
/** A clock of which every instant is another. */
export const tick = () => new Date(Date.UTC(2026, 10, 20) + 1000 * seconds++);

/** A practice whose ledger holds nothing but that it was added. */
export async function aPractice(database: Database, ods: string): Promise<string> {
  const practice = { ods, name: 'A surgery', host: 'registry.example' };
  const added = await addPractice(
    practiceStore(database),
    practice,
    { kind: 'command-line', id: 'cli' },
    tick(),
  );
  if (!added.ok) throw new Error(added.reason);
  return added.practice.id;
}

/** Puts made-up people on the list, and returns their ids by ordinal. */
export async function takeInPatients(
  database: Database,
  practiceId: string,
  count: number,
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await changePractice(database, practiceId, async (change) => {
    const at = tick();
    const changedAtIndex = change.append('patients-imported', receptionist, { added: count }, at);
    const first = change.takeOrdinals(count);
    const data = ids.map((id, n) => {
      const { nhsNumber, givenName, familyName, dateOfBirth } = aPatient(first + n);
      const keys = { givenNameKey: givenName.toUpperCase(), familyNameKey: familyName.toUpperCase() };
      const facts = { nhsNumber, givenName, familyName, dateOfBirth, ...keys, status: 'registered' };
      return { id, practiceId, ordinal: first + n, ...facts, addedAt: at, changedAtIndex };
    });
    await change.tx.patient.createMany({ data });
  });
  return ids;
}

export type Said = Partial<Omit<RecordedAct, 'ledgerIndex'>> & Pick<RecordedAct, 'kind' | 'patientId'>;

/** Keeps acts on objections, whether or not anybody may ask for them, and returns them. */
export async function keepActs(
  database: Database,
  practiceId: string,
  said: readonly Said[],
): Promise<RecordedAct[]> {
  return objectionStore(database).change(practiceId, async (change) => {
    const kept: RecordedAct[] = [];
    for (const one of said) {
      const act = { ...unlessSaid(), ...one };
      kept.push(await addAct(change, await change.actsOf(act.patientId, act.type), act));
    }
    return kept;
  });
}

const unlessSaid = () => ({
  ...nothingSaid,
  id: randomUUID(),
  type: 'type-1',
  recordedAt: tick(),
  actor: receptionist,
  requester: 'patient',
  receivedVia: 'letter',
  identityChecked: 'known-in-person',
  note: 'Came with the post',
  requestId: randomUUID(),
  firstAskedOn: '2026-01-05',
  firstAskedProof: 'A copy of her first letter',
});
