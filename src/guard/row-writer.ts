import type { CsvScanner } from './csv.ts';
import { cellText } from './csv-cell.ts';
import type { Columns, Leaving } from './csv-columns.ts';
import type { Output } from './output.ts';
import { RememberedTreatments } from './remembered-treatments.ts';

const COMMA = 0x2c;
const BOM = '\u00ef\u00bb\u00bf';

/** Writes what may leave of the records that are permitted: approved fields only, in approved order. */
export class RowWriter {
  /** How many values left empty because their treatment could not read them. */
  emptied = 0;

  private readonly treated: RememberedTreatments;
  private runStart = 0;
  private runEnd = 0;

  constructor(
    private readonly columns: Columns,
    pseudonymKey: Buffer,
    private readonly output: Output,
  ) {
    this.treated = new RememberedTreatments(pseudonymKey);
  }

  /** Writes the header, the scanner's record, with the names as they came. */
  header(scanner: CsvScanner): void {
    if (scanner.hasBom) this.output.text(BOM);
    this.record(scanner, ({ column }) => this.keep(scanner, column));
  }

  /**
   * Writes a permitted row, the scanner's record.
   *
   * @param keys of the NHS numbers in its person columns, as nhsNumberKey says
   * @returns the number of bytes that it comes to
   */
  row(scanner: CsvScanner, keys: readonly number[]): number {
    if (this.columns.unchanged) return this.unchangedRow(scanner);
    const before = this.output.length;
    this.record(scanner, (leaving) => this.value(scanner, leaving, keys));
    return this.output.length - before;
  }

  /** Writes what is held back; to be called before the scanner gets its next chunk. */
  finishRun(scanner: CsvScanner): void {
    if (this.runEnd > this.runStart) this.output.copy(scanner.bytes, this.runStart, this.runEnd);
    this.runStart = this.runEnd = 0;
  }

  /** Rows that follow each other unchanged are copied together. */
  private unchangedRow(scanner: CsvScanner): number {
    if (scanner.start !== this.runEnd) {
      this.finishRun(scanner);
      this.runStart = scanner.start;
    }
    this.runEnd = scanner.end;
    return scanner.end - scanner.start;
  }

  private record(scanner: CsvScanner, write: (leaving: Leaving) => void): void {
    let first = true;
    for (const leaving of this.columns.leaving) {
      if (!first) this.output.byte(COMMA);
      first = false;
      write(leaving);
    }
    this.output.copy(scanner.bytes, scanner.contentEnd, scanner.end);
  }

  private value(scanner: CsvScanner, { column, treatment, person }: Leaving, keys: readonly number[]): void {
    if (treatment === 'keep') {
      this.keep(scanner, column);
      return;
    }
    const key = treatment === 'pseudonym' && person >= 0 ? keys[person] : undefined;
    const text =
      key !== undefined
        ? this.treated.pseudonymOfNumber(key)
        : this.treated.treat(treatment, textOf(scanner, column));
    if (text === undefined) this.emptied++;
    else this.output.text(text);
  }

  private keep(scanner: CsvScanner, column: number): void {
    this.output.copy(scanner.bytes, scanner.cellStart(column), scanner.cellEnd(column));
  }
}

function textOf(scanner: CsvScanner, column: number): string {
  return cellText(scanner.bytes, scanner.cellStart(column), scanner.cellEnd(column));
}
