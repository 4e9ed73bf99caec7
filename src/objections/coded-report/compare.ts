import { groupBy } from '../../group-by.ts';
import { objectionTypes } from '../objection.ts';
import type { ListedObjectionRow, ReportedRecord } from './coded-report-store.ts';
import { type LastSaid, lastSaid } from './last-said.ts';
import type { Matched } from './match-rows.ts';
import type { CodedEntry, CodedReport, RowPatient } from './read-coded-report.ts';
import {
  type ReconciliationCounts,
  type ReconciliationLine,
  type ReconciliationList,
  reconciliationLists,
} from './reconciliation.ts';
import { type HeldHere, sortObjection } from './sort-objection.ts';

export type Compared = {
  readonly counts: ReconciliationCounts;
  readonly lines: readonly ReconciliationLine[];
  /** What the clinical record says of each person's objection of a type (`<person> <type>`). */
  readonly says: ReadonlyMap<string, LastSaid>;
};

type NewLine = Omit<ReconciliationLine, 'place'>;
const nothing = { patientId: null, type: null, codedOn: null, row: null, what: null };

/**
 * Compares a report with what is recorded here. Pure: it records nothing, and lifts nothing.
 *
 * @param matched tells of a row whose it is
 * @param ours every objection of the practice, whatever became of it
 * @param today in London, `YYYY-MM-DD`
 */
export function compare(
  report: CodedReport,
  matched: (patient: RowPatient) => Matched,
  ours: readonly ListedObjectionRow[],
  today: string,
): Compared {
  const unread: NewLine[] = report.refused.map(({ row, fault }) => ({
    ...nothing,
    list: 'unread',
    row,
    what: fault,
  }));
  const entries: (CodedEntry & { record: ReportedRecord })[] = [];
  for (const entry of report.entries) {
    const record = matched(entry.patient);
    if ('fault' in record) unread.push({ ...nothing, list: 'unread', row: entry.row, what: record.fault });
    else entries.push({ ...entry, record });
  }
  const there = thingsSaid(entries, today);
  const here = groupBy(ours, ({ person, type }) => `${person} ${type}`);
  const lines: NewLine[] = [];
  const tally = { codedThere: 0, type2There: 0, heldHere: 0, coded: 0, nowCoded: 0 };
  for (const key of new Set([...there.keys(), ...here.keys()])) {
    const type = objectionTypes.find((one) => key.endsWith(one));
    if (type === undefined) continue;
    const [said, rows] = [there.get(key) ?? null, here.get(key) ?? []];
    const held = heldHere(rows);
    const isCoded = said?.meaning === 'dissent';
    if (isCoded) tally[type === 'type-1' ? 'codedThere' : 'type2There'] += 1;
    if (type === 'type-1' && held.state === 'in-force') {
      tally.heldHere += 1;
      if (isCoded) tally.coded += 1;
      if (isCoded && !held.wasCoded) tally.nowCoded += 1;
    }
    const list = sortObjection(type, held, said);
    const patientId = (rows.find(({ inForce }) => inForce) ?? rows[0])?.patientId ?? said?.patientId ?? null;
    if (list !== 'agrees')
      lines.push({ list, patientId, type, codedOn: said?.on ?? null, row: said?.row ?? null, what: null });
  }
  lines.push(
    ...alikeLines(report, matched),
    ...unread.sort((one, other) => (one.row ?? 0) - (other.row ?? 0)),
  );
  return { ...placed(lines), counts: { rows: report.rows, ...tally, ...countsOf(lines) }, says: there };
}

/** Of two records of one person an objection on either holds for both; otherwise the later word counts. */
function thingsSaid(entries: readonly (CodedEntry & { record: ReportedRecord })[], today: string) {
  const said = new Map<string, LastSaid & { patientId: string }>();
  for (const some of groupBy(entries, ({ record, type }) => `${record.patientId} ${type}`).values()) {
    const [first] = some;
    const last = first && lastSaid(some, first.record.dateOfBirth, today);
    if (!first || !last) continue;
    const key = `${first.record.person} ${first.type}`;
    const before = said.get(key);
    const rank = ({ meaning, on }: LastSaid) => `${meaning === 'dissent' ? 1 : 0} ${on ?? ''}`;
    if (before === undefined || rank(last) > rank(before))
      said.set(key, { ...last, patientId: first.record.patientId });
  }
  return said;
}

/** What is here of one person and type: an objection in force on any record holds. */
function heldHere(rows: readonly ListedObjectionRow[]): HeldHere {
  const inForce = rows.filter((row) => row.inForce);
  const counting = inForce.length > 0 ? inForce : rows;
  return {
    state: inForce.length > 0 ? 'in-force' : rows.length > 0 ? 'ended' : 'none',
    // One without a day cannot be put in order, so neither can the person's.
    since: counting.some(({ since }) => since === null)
      ? null
      : (counting
          .map(({ since }) => since)
          .sort()
          .at(-1) ?? null),
    objectedOn: rows.flatMap(({ objectedOn }) => objectedOn),
    wasCoded: rows.some(({ codedAs }) => codedAs === 'dissent'),
    isThere: counting.some(({ isThere }) => isThere),
  };
}

/** One line a patient and code; a row of nobody we know has its own. */
function alikeLines({ alike }: CodedReport, matched: (patient: RowPatient) => Matched): NewLine[] {
  const lines = alike.map(({ row, patient, code }) => {
    const record = matched(patient);
    const patientId = 'fault' in record ? null : record.patientId;
    return { ...nothing, list: 'look-alike' as const, patientId, row, what: code };
  });
  const first = new Map<string, NewLine>();
  for (const line of lines) {
    const key = `${line.patientId ?? line.row} ${line.what}`;
    if (!first.has(key)) first.set(key, line);
  }
  return [...first.values()];
}

function countsOf(lines: readonly NewLine[]): Record<ReconciliationList, number> {
  const counts = reconciliationLists.map((list) => [list, lines.filter((line) => line.list === list).length]);
  return Object.fromEntries(counts);
}

function placed(lines: readonly NewLine[]): { readonly lines: readonly ReconciliationLine[] } {
  const next = new Map<string, number>();
  return {
    lines: lines.map((line) => {
      const place = next.get(line.list) ?? 0;
      next.set(line.list, place + 1);
      return { ...line, place };
    }),
  };
}
