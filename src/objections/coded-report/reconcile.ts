import { createHash, randomUUID } from 'node:crypto';
import { londonDay } from '../../day.ts';
import type { Actor } from '../../ledger/entry.ts';
import type { DateOrder } from '../../patients/list-day.ts';
import type { CodedReportChange, CodedReportStore } from './coded-report-store.ts';
import { compare } from './compare.ts';
import { matchRows } from './match-rows.ts';
import { type CodedReport, readCodedReport } from './read-coded-report.ts';
import type { ReconciliationCounts, ReportSystem } from './reconciliation.ts';

export type CodedFile = {
  readonly practiceId: string;
  readonly madeUp: boolean;
  readonly fileName: string;
  readonly system: ReportSystem;
  readonly bytes: Buffer;
  /** The order of day and month, where somebody had to say it. */
  readonly dateOrder?: DateOrder | undefined;
};

export type Reconciled =
  | { readonly ok: true; readonly id: string; readonly counts: ReconciliationCounts }
  | { readonly ok: false; readonly fault: string; readonly ask?: 'date-order' };

/**
 * Compares the practice with a report of everybody who has a code of an objection in the clinical record, and keeps what
 * came out, for people to work off. Objections that the report has are coded from now on, and those that it does not
 * have are not. It records and lifts nothing: whatever a file says, who is withheld stays withheld.
 *
 * @returns not ok, with words for a person, when the file cannot be read at all; then nothing was kept
 */
export async function reconcile(
  store: CodedReportStore,
  { practiceId, madeUp, fileName, system, bytes, dateOrder }: CodedFile,
  by: Actor,
  now: Date,
): Promise<Reconciled> {
  const read = await readCodedReport(bytes, { madeUp, dateOrder });
  if (!read.ok) return read;
  const fileDigest = createHash('sha256').update(bytes).digest('hex');
  const id = randomUUID();
  return store.change(practiceId, async (change): Promise<Reconciled> => {
    const { counts, lines } = await compareWithin(change, read.report, now);
    const data = { reconciliation: id, file: fileDigest, system, counts };
    const ledgerIndex = change.append('codes-reconciled', by, data, now);
    const kept = { id, fileName, fileDigest, system, at: now, by: by.id, counts, ledgerIndex };
    await change.keep(kept, lines);
    return { ok: true, id, counts };
  });
}

async function compareWithin(change: CodedReportChange, report: CodedReport, now: Date) {
  const ours = await change.objections();
  const compared = compare(report, await matchRows(change, report), ours, londonDay(now));
  const typeOnes = ours.filter(({ type }) => type === 'type-1');
  for (const codedAs of ['dissent', 'withdrawn', null] as const) {
    const saysSo = typeOnes.filter(
      ({ person }) => (compared.says.get(`${person} type-1`)?.meaning ?? null) === codedAs,
    );
    const seenAt = codedAs === null ? null : now;
    await change.setCoded(
      saysSo.map(({ id }) => id),
      codedAs,
      seenAt,
    );
  }
  return compared;
}
