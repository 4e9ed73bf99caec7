import { type Exemption, isInForce } from '../extracts/exemptions/exemption.ts';
import type { ExemptionChange, ExemptionStore, OpenVersion } from '../extracts/exemptions/exemption-store.ts';
import { type ExtractState, readStricter } from '../extracts/extract.ts';
import { type ObjectionType, objectionTypes } from '../objections/objection.ts';
import type { Database, Transaction } from './database.ts';
import type { ExemptionModel, ExtractVersionModel } from './generated/sqlite/models.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

const isOver = ['ended', 'superseded'];

/** Exemptions, in the database; triggers hold that two people made each (two-people.ts). */
export function exemptionStore(database: Database): ExemptionStore {
  const { reader } = database;
  const find = async (where: object) => {
    const rows = await reader.exemption.findMany({ where, orderBy: [{ askedAt: 'desc' }, { id: 'asc' }] });
    return rows.map(toExemption);
  };
  return {
    ofExtract: (practiceId, extractId) => find({ practiceId, extractId }),
    async open(practiceId, today) {
      const found = await find({ practiceId, state: { in: ['asked', 'approved'] } });
      return found.filter((one) => one.state === 'asked' || isInForce(one, today));
    },
    async find(practiceId, id) {
      return (await find({ practiceId, id }))[0] ?? null;
    },
    async openVersions(practiceId, extractId) {
      const where = { practiceId, extractId, state: { notIn: isOver } };
      return (await reader.extractVersion.findMany({ where, orderBy: { version: 'desc' } })).map(openVersion);
    },
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(exemptionChange(change))),
  };
}

function exemptionChange({ tx, practiceId, append }: PracticeChange): ExemptionChange {
  return {
    append,
    async openVersion(extractId, version) {
      const where = { practiceId, extractId, version, state: { notIn: isOver } };
      const row = await tx.extractVersion.findFirst({ where });
      return row === null ? undefined : openVersion(row);
    },
    async find(id) {
      const row = await tx.exemption.findFirst({ where: { id, practiceId } });
      return row && toExemption(row);
    },
    async ofVersion(extractId, version) {
      return (await tx.exemption.findMany({ where: { practiceId, extractId, version } })).map(toExemption);
    },
    async add(exemption) {
      await tx.exemption.create({ data: { ...exemption, practiceId } });
    },
    async update(id, data) {
      await tx.exemption.updateMany({ where: { id, practiceId }, data });
    },
  };
}

/**
 * The types from which an exemption of a version is in force on a day, in their usual order. One of a type that this
 * version of the app does not know is none.
 *
 * @param today `YYYY-MM-DD` in London
 */
export async function exemptTypes(
  reader: Pick<Transaction, 'exemption'>,
  { practiceId, extractId, version }: { practiceId: string; extractId: string; version: number },
  today: string,
): Promise<ObjectionType[]> {
  const where = { practiceId, extractId, version, state: 'approved', endsOn: { gte: today } };
  const rows = await reader.exemption.findMany({ where, select: { type: true } });
  return objectionTypes.filter((type) => rows.some((row) => row.type === type));
}

/** A row as the rules of exemptions see it. */
export const toExemption = ({ practiceId: _, ...row }: ExemptionModel): Exemption => ({
  ...row,
  type: row.type as Exemption['type'],
  state: row.state as Exemption['state'],
});

const openVersion = (row: ExtractVersionModel): OpenVersion => ({
  extractId: row.extractId,
  version: row.version,
  state: row.state as ExtractState,
  name: row.name,
  recipient: row.recipient,
  ground: row.ground,
  stricter: readStricter(row.stricter),
  endsOn: row.endsOn,
});
