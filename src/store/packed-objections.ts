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

const named = Object.entries(columns);

/** The acts on the objections of each patient. */
export type ActsByPatient = Pick<ReadonlyMap<string, readonly ObjectionActModel[]>, 'get' | 'has'>;

/**
 * Every act on an objection of a practice, by patient: packed, for whoever wants all of them at once. They are kept as text,
 * a line each, until they are asked for: as objects they take three times the memory, and a large practice has many.
 */
export async function objectionsByPatient(
  reader: Pick<Transaction, '$queryRawUnsafe'>,
  kind: Database['kind'],
  practiceId: string,
): Promise<ActsByPatient> {
  const lines = new Map<string, string>();
  const patient = named.findIndex(([name]) => name === 'patientId');
  const from = { table: 'ObjectionAct', columns: named, practiceId, by: 'ledgerIndex' };
  for await (const rows of packedRows(reader, kind, from)) {
    for (const row of rows) {
      const id = row[patient] as string;
      const before = lines.get(id);
      lines.set(id, before === undefined ? JSON.stringify(row) : `${before}\n${JSON.stringify(row)}`);
    }
  }
  return { has: (id) => lines.has(id), get: (id) => lines.get(id)?.split('\n').map(actOf) };
}

function actOf(line: string): ObjectionActModel {
  const row: unknown[] = JSON.parse(line);
  const act: Record<string, unknown> = {};
  named.forEach(([name, holds], place) => {
    const value = row[place];
    act[name] = holds === 'instant' && value !== null ? new Date(value as string) : value;
  });
  return act as ObjectionActModel;
}
