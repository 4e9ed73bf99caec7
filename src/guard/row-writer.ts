import type { CsvScanner } from './csv.ts';
import type { Columns, Leaving } from './csv-columns.ts';
import type { Output } from './output.ts';
import { Pseudonyms, TreatedCells } from './treated-cells.ts';

const COMMA = 0x2c;
const BOM = '\u00ef\u00bb\u00bf';

/** Writes what may leave of the records that are permitted: approved fields only, in approved order. */
export class RowWriter {
  /** How many values left empty because their treatment could not read them. */
  emptied = 0;

  private readonly leaving: readonly Prepared[];
  private runStart = 0;
  private runEnd = 0;

  constructor(
    private readonly columns: Columns,
    pseudonymKey: Buffer,
    private readonly output: Output,
  ) {
    this.leaving = prepare(columns, pseudonymKey);
  }

  /** Writes the header, the scanner's record, with the names as they came. */
  header(scanner: CsvScanner): void {
    if (scanner.hasBom) this.output.text(BOM);
    this.record(scanner, undefined);
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
    this.record(scanner, keys);
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

  /** @param keys undefined for the header, whose cells are names and are kept */
  private record(scanner: CsvScanner, keys: readonly number[] | undefined): void {
    const { output, leaving } = this;
    for (let place = 0; place < leaving.length; place++) {
      if (place > 0) output.byte(COMMA);
      const { column, treated, person } = leaving[place] as Prepared;
      if (treated === undefined || keys === undefined) this.keep(scanner, column);
      else if (!this.treat(scanner, column, treated, keys[person])) this.emptied++;
    }
    output.copy(scanner.bytes, scanner.contentEnd, scanner.end);
  }

  private treat(scanner: CsvScanner, column: number, treated: Treated, key: number | undefined): boolean {
    if (treated instanceof Pseudonyms) return treated.write(key as number, this.output);
    return treated.write(scanner.bytes, scanner.cellStart(column), scanner.cellEnd(column), this.output);
  }

  private keep(scanner: CsvScanner, column: number): void {
    this.output.copy(scanner.bytes, scanner.cellStart(column), scanner.cellEnd(column));
  }
}

type Treated = TreatedCells | Pseudonyms;

/** A column that leaves, with what is done to its cells; undefined: they are kept. */
type Prepared = Pick<Leaving, 'column' | 'person'> & { readonly treated: Treated | undefined };

function prepare({ leaving, people }: Columns, pseudonymKey: Buffer): Prepared[] {
  const pseudonyms = new Pseudonyms(pseudonymKey);
  return leaving.map(({ column, treatment, person }) => {
    if (treatment === 'keep') return { column, person, treated: undefined };
    const isNumber = person >= 0 && people[person]?.local === undefined;
    const byNumber = treatment === 'pseudonym' && isNumber;
    return { column, person, treated: byNumber ? pseudonyms : new TreatedCells(treatment, pseudonymKey) };
  });
}
