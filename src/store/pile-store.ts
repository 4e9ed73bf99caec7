import type { RecordedAct } from '../objections/act-entry.ts';
import { type KeyedRequest, type Pile, sheetsKeyed } from '../objections/piles/pile.ts';
import type { PileChange, PileStore } from '../objections/piles/pile-store.ts';
import type { ReceivedVia } from '../objections/received-via.ts';
import { recordedAct } from './act-row.ts';
import type { Database } from './database.ts';
import type { PileModel, PileRequestModel } from './generated/sqlite/models.ts';
import { objectionChange } from './objection-store.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

/** Piles of forms, and what was keyed from them. */
export function pileStore(database: Database): PileStore {
  const { reader } = database;

  const keyed = async (practiceId: string, rows: readonly PileRequestModel[]): Promise<KeyedRequest[]> => {
    const requestIds = rows.map(({ requestId }) => requestId);
    const acts = await actsWhere(practiceId, { requestId: { in: requestIds } });
    const said = await actsWhere(practiceId, { targetActId: { in: acts.map(({ id }) => id) } });
    return rows.map((row) => {
      const own = acts.filter(({ requestId }) => requestId === row.requestId);
      return { ...requestOf(row), acts: own, inError: own.every((act) => isInError(act, said)) };
    });
  };

  const actsWhere = async (practiceId: string, where: object) =>
    (
      await reader.objectionAct.findMany({ where: { practiceId, ...where }, orderBy: { ledgerIndex: 'asc' } })
    ).map(recordedAct);

  const counted = async (practiceId: string, piles: readonly PileModel[]) => {
    const where = { practiceId, pileId: { in: piles.map(({ id }) => id) } };
    const requests = await keyed(practiceId, await reader.pileRequest.findMany({ where }));
    return piles.map((row) => ({
      ...pileOf(row),
      keyed: sheetsKeyed(requests.filter(({ pileId }) => pileId === row.id)),
    }));
  };

  return {
    change: (practiceId, work) => changePractice(database, practiceId, (change) => work(pileChange(change))),
    async find(practiceId, id) {
      const row = await reader.pile.findFirst({ where: { id, practiceId } });
      return row && pileOf(row);
    },
    async open(practiceId) {
      const where = { practiceId, closedAt: null };
      return counted(practiceId, await reader.pile.findMany({ where, orderBy: { startedAt: 'asc' } }));
    },
    async closed(practiceId, limit) {
      const where = { practiceId, closedAt: { not: null } };
      const rows = await reader.pile.findMany({ where, orderBy: { closedAt: 'desc' }, take: limit });
      return counted(practiceId, rows);
    },
    async requestsOf(practiceId, pileId) {
      const where = { practiceId, pileId };
      const rows = await reader.pileRequest.findMany({
        where,
        orderBy: [{ sheet: 'asc' }, { keyedAt: 'asc' }],
      });
      return keyed(practiceId, rows);
    },
    async request(practiceId, requestId) {
      const row = await reader.pileRequest.findFirst({ where: { practiceId, requestId } });
      return row && requestOf(row);
    },
    actsOf: (practiceId, requestId) => actsWhere(practiceId, { requestId }),
  };
}

function pileChange(change: PracticeChange): PileChange {
  const { tx, practiceId } = change;
  return {
    ...objectionChange(change),
    async pile(id) {
      const row = await tx.pile.findFirst({ where: { id, practiceId } });
      return row && pileOf(row);
    },
    async open(pile) {
      await tx.pile.create({ data: { ...pile, practiceId } });
    },
    async close(id, closedBy, closedAt) {
      await tx.pile.updateMany({ where: { id, practiceId }, data: { closedAt, closedBy } });
    },
    async requestsOf(pileId) {
      return (await tx.pileRequest.findMany({ where: { practiceId, pileId } })).map(requestOf);
    },
    async keep(request) {
      await tx.pileRequest.create({ data: { ...request, practiceId } });
    },
  };
}

function pileOf({ practiceId: _, receivedVia, ...rest }: PileModel): Pile {
  return { ...rest, receivedVia: receivedVia as ReceivedVia };
}

function requestOf({ practiceId: _, ...rest }: PileRequestModel) {
  return rest;
}

/** Whether somebody said that an act was entered in error, and nobody answered that it was not. */
function isInError({ id }: RecordedAct, said: readonly RecordedAct[]): boolean {
  const last = said.findLast(({ targetActId, kind }) => targetActId === id && kind.endsWith('-error'));
  return last !== undefined && last.kind !== 'refuse-error';
}
