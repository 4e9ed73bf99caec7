import type { ReceiptReader } from '../objections/check-receipt.ts';
import { recordedAct } from './act-row.ts';
import type { Database } from './database.ts';

/** What receipts are checked against, on either database. */
export function receiptStore({ reader }: Database): ReceiptReader {
  return {
    async byAct(id) {
      const row = await reader.objectionAct.findUnique({ where: { id } });
      if (row === null) return null;
      const { practiceId, patientId } = row;
      const rows = await reader.objectionAct.findMany({
        where: { practiceId, patientId },
        orderBy: { ledgerIndex: 'asc' },
      });
      return { practiceId, act: recordedAct(row), history: rows.map(recordedAct) };
    },
    text: (practiceId, index) =>
      reader.ledgerText.findUnique({
        where: { practiceId_index: { practiceId, index } },
        select: { salt: true, text: true },
      }),
  };
}
