import type { CsvScanner } from './csv.ts';
import { cellText } from './csv-cell.ts';
import type { Columns, Leaving } from './csv-columns.ts';
import type { Output } from './output.ts';
import { pseudonymOfNumber, treat } from './treatments.ts';

const COMMA = 0x2c;
const BOM = '\u00ef\u00bb\u00bf';

/** Writes what may leave of the records that are permitted: approved fields only, in approved order. */
export class RowWriter {
  /** How many values left empty because their treatment could not read them. */
  emptied = 0;

  private runStart = 0;
  private runEnd = 0;

  constructor(
    private readonly columns: Columns,
    private readonly pseudonymKey: Buffer,
    private readonly output: Output,
  ) {}

  /** Writes the header, the scanner's record, with the names as they came. */
  header(scanner: CsvScanner): void {
    if (scanner.hasBom) this.output.text(BOM);
    this.record(scanner, (column) => this.keep(scanner, column));
  }

  /**
   * Writes a permitted row, the scanner's record.
   *
   * @param key of its NHS number, as nhsNumberKey says
   * @returns the number of bytes that it comes to
   */
  row(scanner: CsvScanner, key: number): number {
    if (this.columns.unchanged) return this.unchangedRow(scanner);
    const before = this.output.length;
    this.record(scanner, (column, leaving) => this.value(scanner, column, leaving, key));
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

  private record(scanner: CsvScanner, write: (column: number, leaving: Leaving) => void): void {
    this.columns.leaving.forEach((leaving, place) => {
      if (place > 0) this.output.byte(COMMA);
      write(leaving.column, leaving);
    });
    this.output.copy(scanner.bytes, scanner.contentEnd, scanner.end);
  }

  private value(scanner: CsvScanner, column: number, { treatment, isPerson }: Leaving, key: number): void {
    if (treatment === 'keep') {
      this.keep(scanner, column);
      return;
    }
    const text =
      isPerson && treatment === 'pseudonym'
        ? pseudonymOfNumber(key, this.pseudonymKey)
        : treat(treatment, textOf(scanner, column), this.pseudonymKey);
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
