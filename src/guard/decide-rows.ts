import type { ExtractVersion } from '../extracts/extract.ts';
import { nhsNumberKey } from '../patients/nhs-number.ts';
import { CsvScanner } from './csv.ts';
import { cellText, isQuoted } from './csv-cell.ts';
import { type Columns, findColumns, type HeaderFault, undecidedNumber } from './csv-columns.ts';
import type { CsvFault } from './csv-limits.ts';
import type { Reason, Rule } from './decide.ts';
import { NumberDecider, type Watch } from './decide-number.ts';
import type { Membership } from './membership.ts';
import type { Output } from './output.ts';
import type { PatientIndex } from './patient-index.ts';
import { RowWriter } from './row-writer.ts';

/** By what a release is decided. The index is frozen, so that no patient's rows are split. */
export type Plan = {
  readonly version: Pick<ExtractVersion, 'fields' | 'nhsNumberColumn'>;
  readonly rule: Rule;
  readonly index: PatientIndex;
  readonly pseudonymKey: Buffer;
  readonly watch?: Watch;
};

/** Why the input cannot be released as a whole; `column` or `line` say where. */
export type InputFault = {
  readonly reason: CsvFault | HeaderFault | 'empty-body' | 'not-utf-8' | 'row-cannot-be-read';
  readonly column?: string;
  readonly line?: number;
};

/** Stands in the notes for the header, and for somebody who is not on the list. */
export const NOBODY = 0xffffffff;

/** Decides the records of a CSV file one by one, and writes those that are permitted. */
export class RowDecider {
  /** Rows withheld, by reason. */
  readonly reasons = new Map<Reason, number>();
  rowsIn = 0;
  rowsOut = 0;
  /** The header line as it came, without byte order mark and line end, and what was found in it. */
  header: { readonly header: Buffer; readonly columns: Columns } | undefined;

  private readonly scanner = new CsvScanner();
  private readonly numbers: NumberDecider;
  private person = 0;
  private writer: RowWriter | undefined;

  /**
   * @param rows takes the permitted rows
   * @param notes takes, for the header and each permitted row, the patient's ordinal and the bytes written
   */
  constructor(
    private readonly plan: Plan,
    private readonly rows: Output,
    private readonly notes: Output,
  ) {
    this.numbers = new NumberDecider(plan.rule, plan.index, plan.watch);
  }

  get membership(): Membership {
    return this.numbers.membership;
  }

  /** Values that left empty because their treatment could not read them. */
  get emptied(): number {
    return this.writer?.emptied ?? 0;
  }

  /** Decides what a chunk of valid UTF-8 completes. */
  take(chunk: Buffer): InputFault | undefined {
    this.scanner.push(chunk);
    return this.records();
  }

  /** Decides the last row, which may lack a line end. */
  finish(): InputFault | undefined {
    this.scanner.finish();
    return this.records();
  }

  private records(): InputFault | undefined {
    while (this.scanner.next()) {
      const fault = this.writer ? this.row(this.writer) : this.readHeader();
      if (fault) return fault;
    }
    this.writer?.finishRun(this.scanner);
    return this.scanner.fault && { reason: this.scanner.fault };
  }

  private readHeader(): InputFault | undefined {
    const { scanner, plan } = this;
    const names = Array.from({ length: scanner.cells }, (_, cell) =>
      cellText(scanner.bytes, scanner.cellStart(cell), scanner.cellEnd(cell)),
    );
    const found = findColumns(names, plan.version);
    if (!found.ok) return { reason: found.reason, column: found.column };
    const { columns } = found;
    const undecided = plan.rule.withholdsNobody ? undefined : undecidedNumber(plan.version.fields, columns);
    if (undecided !== undefined) return { reason: 'two-nhs-number-columns', column: undecided };
    this.header = { header: Buffer.from(scanner.bytes.subarray(scanner.start, scanner.contentEnd)), columns };
    this.person = columns.person;
    scanner.columns = columns.count;
    this.writer = new RowWriter(columns, plan.pseudonymKey, this.rows);
    this.writer.header(scanner);
    this.note(NOBODY, this.rows.length);
    return undefined;
  }

  private row(writer: RowWriter): InputFault | undefined {
    const { scanner, numbers } = this;
    this.rowsIn++;
    if (!scanner.readable) {
      if (this.plan.rule.withholdsNobody) return { reason: 'row-cannot-be-read', line: scanner.line };
      return this.withhold('cannot-be-read');
    }
    const key = this.numberKey();
    const decision = numbers.decide(key);
    if (decision !== 'permit') return this.withhold(decision);
    this.note(numbers.ordinal < 0 ? NOBODY : numbers.ordinal, writer.row(scanner, key));
    this.rowsOut++;
    return undefined;
  }

  private numberKey(): number {
    const { scanner, person } = this;
    const { bytes } = scanner;
    const start = scanner.cellStart(person);
    const end = scanner.cellEnd(person);
    return isQuoted(bytes, start, end)
      ? nhsNumberKey(bytes, start + 1, end - 1)
      : nhsNumberKey(bytes, start, end);
  }

  private withhold(reason: Reason): undefined {
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
  }

  private note(ordinal: number, bytes: number): void {
    this.notes.uint32(ordinal);
    this.notes.uint32(bytes);
  }
}
