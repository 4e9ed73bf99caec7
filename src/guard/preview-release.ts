import { randomBytes } from 'node:crypto';
import type { ExtractVersion } from '../extracts/extract.ts';
import { CsvScanner } from './csv.ts';
import { cellText } from './csv-cell.ts';
import type { NoRule, Reason } from './decide.ts';
import type { InputFault, Plan } from './decide-records.ts';
import type { Guard } from './guard.ts';
import { indexFor } from './index-for.ts';
import { collect } from './output.ts';
import { ruleToday } from './rule-today.ts';
import { scanRelease } from './scan-release.ts';

/** So many rows are shown one by one. */
export const ROWS_SHOWN = 10;

/** A row of a sample: as it came, and what would leave of it, or why it would not. */
export type PreviewRow = {
  /** The line of the file in which it begins. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[] | null;
  readonly reason: Reason | null;
};

export type Preview = {
  /** The columns of the sample, and those of them that leave, in approved order. */
  readonly header: readonly string[];
  readonly leaving: readonly string[];
  readonly counts: { readonly in: number; readonly out: number; readonly withheld: number };
  readonly reasons: ReadonlyMap<Reason, number>;
  /** Values that would leave empty because their treatment cannot read them. */
  readonly emptied: number;
  readonly rows: readonly PreviewRow[];
};

export type Previewed =
  | { readonly ok: true; readonly preview: Preview }
  | ({ readonly ok: false } & (InputFault | { readonly reason: NoRule }));

/**
 * Sends a sample file through the reading, deciding and writing of a release of a version, whatever its state. Nothing
 * is recorded as having left: what comes out is for the practice's own staff. Pseudonyms are made with a key of this
 * call alone, so that they cannot be compared with those that left.
 *
 * @throws when the index cannot be brought up to date, as a release would
 */
export async function previewRelease(
  guard: Guard,
  version: ExtractVersion,
  sample: Buffer,
): Promise<Previewed> {
  const { ruled } = await ruleToday(guard, version);
  if (!ruled.ok) return ruled;
  const { rule } = ruled;
  const index = await indexFor(guard, version.practiceId, rule);
  const plan: Plan = { version, rule, index, pseudonymKey: randomBytes(32) };
  const scanned = await scan(sample, plan);
  if (!scanned.ok) return scanned;
  const [header, ...records] = recordsOf(sample, ROWS_SHOWN + 1);
  if (header === undefined) return { ok: false, reason: 'empty-body' };
  const rows: PreviewRow[] = [];
  for (const record of records) {
    // A row by itself, under the same header: the same code decides and writes it.
    const one = await scan(Buffer.concat([header.bytes, Buffer.from('\n'), record.bytes]), plan);
    const after = one.ok ? recordsOf(one.written, 2)[1] : undefined;
    const [reason = null] = one.ok ? one.reasons.keys() : ['cannot-be-read' as const];
    rows.push({ line: record.line, before: record.cells, after: after?.cells ?? null, reason });
  }
  const { counts, reasons, emptied, head } = scanned;
  if (head?.format !== 'text/csv') return { ok: false, reason: 'empty-body' };
  const leaving = head.columns.leaving.map(({ column }) => header.cells[column] ?? '');
  return { ok: true, preview: { header: header.cells, leaving, counts, reasons, emptied, rows } };
}

async function scan(sample: Buffer, plan: Plan) {
  const rows = collect();
  const scanned = await scanRelease([sample], plan, { rows, notes: { write: async () => undefined } });
  return scanned.ok ? { ...scanned, written: rows.bytes() } : scanned;
}

/** The first records of a file, cut as a release cuts them: their bytes without line end, and their cells. */
function recordsOf(file: Buffer, most: number) {
  const scanner = new CsvScanner();
  scanner.push(file);
  scanner.finish();
  const records: { bytes: Buffer; cells: string[]; line: number }[] = [];
  while (records.length < most && scanner.next()) {
    const { bytes, start, contentEnd, line } = scanner;
    const cells = Array.from({ length: scanner.cells }, (_, cell) =>
      cellText(bytes, scanner.cellStart(cell), scanner.cellEnd(cell)),
    );
    records.push({ bytes: Buffer.from(bytes.subarray(start, contentEnd)), cells, line });
    if (scanner.columns === 0) scanner.columns = scanner.cells;
  }
  return records;
}
