import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/ledger/entry.ts';
import { Frontier } from '../../src/ledger/frontier.ts';
import { actEntry, type RecordedAct } from '../../src/objections/act-entry.ts';
import { project } from '../../src/objections/projection.ts';
import { recordedAct } from '../../src/store/act-row.ts';
import type { Database } from '../../src/store/database.ts';
import { changePractice, type PracticeChange } from '../../src/store/practice-change.ts';
import { aPatient } from '../support/factories.ts';

export const receptionist: Actor = { kind: 'staff', id: '11111111-1111-4111-8111-111111111111' };

let seconds = 0;
/** A clock of which every instant is another. */
export const tick = () => new Date(Date.UTC(2026, 10, 20) + 1000 * seconds++);

/** A practice with an empty ledger. */
export async function aPractice(database: Database, ods: string): Promise<string> {
  const id = randomUUID();
  const frontier = Frontier.empty();
  await database.write(async (tx) => {
    await tx.practice.create({
      data: { id, ods, name: 'A surgery', origin: `registry.example/log/${ods}`, createdAt: tick() },
    });
    await tx.ledgerHead.create({
      data: {
        practiceId: id,
        size: 0,
        root: Buffer.from(frontier.root()),
        frontier: frontier.toBytes(),
        nextOrdinal: 0,
      },
    });
  });
  await changePractice(database, id, async (change) => {
    change.append('practice-added', { kind: 'command-line', id: 'cli' }, { madeUp: false }, tick());
  });
  return id;
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

/** Keeps acts on objections, each with its entry and what the acts come to, and returns them. */
export async function keepActs(
  database: Database,
  practiceId: string,
  said: readonly Said[],
): Promise<RecordedAct[]> {
  return changePractice(database, practiceId, async (change) => {
    const kept: RecordedAct[] = [];
    for (const one of said) kept.push(await keepAct(change, one));
    return kept;
  });
}

async function keepAct(change: PracticeChange, said: Said): Promise<RecordedAct> {
  const { tx, practiceId } = change;
  const act = {
    id: randomUUID(),
    type: 'type-1',
    receivedOn: null,
    recordedAt: tick(),
    actor: receptionist,
    requester: 'patient',
    requesterName: null,
    authoritySeen: null,
    receivedVia: 'letter',
    identityChecked: 'known-to-staff',
    note: 'Came with the post',
    targetActId: null,
    settledAs: null,
    upheld: null,
    needsDecision: false,
    reason: null,
    importId: null,
    ...said,
  };
  const entry = actEntry(act);
  if (entry.act === null) throw new Error(`no entry for ${act.kind}`);
  const ledgerIndex = change.append(entry.act, act.actor, entry.data, act.recordedAt);
  const { actor, ...row } = act;
  await tx.objectionAct.create({
    data: { ...row, practiceId, ledgerIndex, actorKind: actor.kind, actorId: actor.id },
  });
  const { patientId, type } = act;
  const acts = await tx.objectionAct.findMany({ where: { practiceId, patientId, type } });
  const projection = { ...project(acts.map(recordedAct)), changedAtIndex: ledgerIndex };
  await tx.objection.upsert({
    where: { patientId_type: { patientId, type } },
    create: { id: randomUUID(), practiceId, patientId, type, ...projection },
    update: projection,
  });
  await tx.patient.update({ where: { id: patientId }, data: { changedAtIndex: ledgerIndex } });
  return { ...act, ledgerIndex };
}
