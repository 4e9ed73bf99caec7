import type { ReconciliationReader } from '../objections/coded-report/coded-report-store.ts';
import {
  type Reconciliation,
  type ReconciliationCounts,
  type ReconciliationLine,
  type ReconciliationList,
  type ReportSystem,
  reportSystems,
} from '../objections/coded-report/reconciliation.ts';
import type { Database } from './database.ts';
import type { ReconciliationLineModel, ReconciliationModel } from './generated/sqlite/models.ts';

/** Reconciliations as pages show them. */
export function reconciliationReader({ reader }: Database): ReconciliationReader {
  return {
    async list(practiceId, limit) {
      const rows = await reader.reconciliation.findMany({
        where: { practiceId },
        orderBy: { ledgerIndex: 'desc' },
        take: limit,
      });
      return rows.map(toReconciliation);
    },
    async find(practiceId, id) {
      const row = await reader.reconciliation.findFirst({ where: { practiceId, id } });
      return row && toReconciliation(row);
    },
    async before(practiceId, { id }) {
      const own = await reader.reconciliation.findFirst({ where: { practiceId, id } });
      if (own === null) return null;
      const row = await reader.reconciliation.findFirst({
        where: { practiceId, ledgerIndex: { lt: own.ledgerIndex } },
        orderBy: { ledgerIndex: 'desc' },
      });
      return row && toReconciliation(row);
    },
    async lines(practiceId, reconciliationId, list, { skip, take }) {
      const rows = await reader.reconciliationLine.findMany({
        where: { practiceId, reconciliationId, list },
        orderBy: { place: 'asc' },
        skip,
        take,
      });
      return rows.map(toLine);
    },
  };
}

export function toLine(row: ReconciliationLineModel): ReconciliationLine {
  const { practiceId: _, reconciliationId: __, list, ...rest } = row;
  return { ...rest, list: list as ReconciliationList };
}

function toReconciliation(row: ReconciliationModel): Reconciliation {
  const { practiceId: _, ledgerIndex: __, system, counts, ...rest } = row;
  const known: ReportSystem = reportSystems.find((one) => one === system) ?? 'other';
  return { ...rest, system: known, counts: JSON.parse(counts) as ReconciliationCounts };
}
