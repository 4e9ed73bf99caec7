import { createHash } from 'node:crypto';
import { londonDay } from '../../day.ts';
import type { Actor } from '../../ledger/entry.ts';
import type { CodedAs, CodedReportChange, CodedReportStore, ListedTypeOne } from './coded-report-store.ts';
import { type CodedReport, type RefusedReportRow, readCodedReport } from './read-coded-report.ts';

export type CodedFile = { readonly practiceId: string; readonly madeUp: boolean; readonly bytes: Buffer };

/** What a report and this registry say of each other. */
export type Compared = {
  readonly rows: number;
  /** Objections here that the report has, and that were not known to be coded before. */
  readonly nowCoded: number;
  /** Objections in force here that the report has. */
  readonly coded: number;
  /** Objections in force here that the report does not have. */
  readonly missing: number;
  /** Of these, those that an earlier report had. */
  readonly vanished: number;
  /** Patients, by id, who have the code there and no objection here. */
  readonly notHeld: readonly string[];
  /** Patients, by id, whose objection is not in force here, and who have the code there. */
  readonly withdrawnHere: readonly string[];
  readonly type2: number;
  readonly lookAlikes: number;
  readonly refused: readonly RefusedReportRow[];
};

export type ReportTaken =
  | { readonly ok: true; readonly compared: Compared }
  | { readonly ok: false; readonly fault: string };

/**
 * Takes in a report of everybody who has a code of type 1 in the clinical record: objections that it has are coded from now on,
 * and those that it does not have are not. It records and lifts nothing: that is done for each patient.
 */
export async function takeCodedReport(
  store: CodedReportStore,
  { practiceId, madeUp, bytes }: CodedFile,
  by: Actor,
  now: Date,
): Promise<ReportTaken> {
  const read = await readCodedReport(bytes, { madeUp, today: londonDay(now) });
  if (!read.ok) return { ok: false, fault: read.fault };
  const file = createHash('sha256').update(bytes).digest('hex');
  return store.change(practiceId, async (change): Promise<ReportTaken> => {
    const compared = await compare(change, read.report, now);
    const { notHeld, withdrawnHere, refused, ...counts } = compared;
    const lists = { notHeld: notHeld.length, withdrawnHere: withdrawnHere.length, refused: refused.length };
    change.append('objections-coded', by, { file, ...counts, ...lists }, now);
    return { ok: true, compared };
  });
}

async function compare(change: CodedReportChange, report: CodedReport, now: Date): Promise<Compared> {
  const records = await change.withNumbers([...report.last.keys()]);
  const known = new Set(records.map(({ nhsNumber }) => nhsNumber));
  const strangers = [...report.last]
    .filter(([nhsNumber]) => !known.has(nhsNumber))
    .map(([, { row }]) => ({ row, fault: 'Nobody on the practice’s list has this NHS number' }));
  /** What the record says of each person; of two records of one person, dissent on either counts. */
  const says = new Map<string, CodedAs>();
  for (const { person, nhsNumber } of records)
    if (says.get(person) !== 'dissent') says.set(person, report.last.get(nhsNumber)?.meaning ?? null);
  const ours = await change.typeOnes();
  const seenAs = (one: ListedTypeOne) => says.get(one.person) ?? null;
  for (const codedAs of ['dissent', 'withdrawn', null] as const) {
    const ids = ours.filter((one) => seenAs(one) === codedAs).map(({ id }) => id);
    await change.setCoded(ids, codedAs, codedAs === null ? null : now);
  }
  const inForce = ours.filter((one) => one.inForce);
  const held = new Set(inForce.map(({ person }) => person));
  const lifted = new Set(ours.map(({ person }) => person).filter((person) => !held.has(person)));
  const there = records.filter(({ person }) => says.get(person) === 'dissent');
  const missing = inForce.filter((one) => one.isHere && seenAs(one) !== 'dissent');
  return {
    rows: report.rows,
    nowCoded: inForce.filter((one) => seenAs(one) === 'dissent' && one.codedAs !== 'dissent').length,
    coded: inForce.filter((one) => seenAs(one) === 'dissent').length,
    missing: missing.length,
    vanished: missing.filter(({ codedAs }) => codedAs === 'dissent').length,
    notHeld: there
      .filter(({ person }) => !held.has(person) && !lifted.has(person))
      .map(({ patientId }) => patientId),
    withdrawnHere: there.filter(({ person }) => lifted.has(person)).map(({ patientId }) => patientId),
    type2: report.type2,
    lookAlikes: report.lookAlikes,
    refused: [...report.refused, ...strangers].sort((one, other) => one.row - other.row),
  };
}
