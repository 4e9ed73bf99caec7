import type { Database, Transaction } from './database.ts';
import type { ObjectionActModel } from './generated/sqlite/models.ts';
import { type Column, packedRows } from './packed-rows.ts';

const columns: Readonly<Record<keyof ObjectionActModel, Column>> = {
  ...{ id: 'plain', practiceId: 'plain', patientId: 'plain', type: 'plain', kind: 'plain' },
  ...{
    ledgerIndex: 'plain',
    receivedOn: 'plain',
    recordedAt: 'instant',
    actorKind: 'plain',
    actorId: 'plain',
  },
  ...{ requester: 'plain', requesterName: 'plain', authoritySeen: 'plain', receivedVia: 'plain' },
  ...{ identityChecked: 'plain', note: 'plain', targetActId: 'plain', settledAs: 'plain', upheld: 'flag' },
  ...{ reason: 'plain', needsDecision: 'flag', importId: 'plain', requestId: 'plain' },
  ...{ firstAskedOn: 'plain', firstAskedProof: 'plain' },
};

/** Every act on an objection of a practice, by patient: packed, for whoever wants all of them at once. */
export async function objectionsByPatient(
  reader: Pick<Transaction, '$queryRawUnsafe'>,
  kind: Database['kind'],
  practiceId: string,
): Promise<ReadonlyMap<string, readonly ObjectionActModel[]>> {
  const byPatient = new Map<string, ObjectionActModel[]>();
  const named = Object.entries(columns);
  const from = { table: 'ObjectionAct', columns: named, practiceId, by: 'ledgerIndex' };
  for await (const rows of packedRows(reader, kind, from)) {
    for (const row of rows) {
      const act = Object.fromEntries(named.map(([name], place) => [name, row[place]])) as ObjectionActModel;
      const acts = byPatient.get(act.patientId);
      if (acts === undefined) byPatient.set(act.patientId, [act]);
      else acts.push(act);
    }
  }
  return byPatient;
}
