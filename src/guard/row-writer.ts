import type { ChosenRows } from './chosen-rows.ts';
import { CopiedRuns } from './copied-runs.ts';
import type { CsvScanner } from './csv.ts';
import type { Columns, Leaving } from './csv-columns.ts';
import { whatLeaves } from './csv-kernel.ts';
import type { FastCsvScanner } from './fast-csv.ts';
import type { Output } from './output.ts';
import { Pseudonyms, TreatedCells } from './treated-cells.ts';

const COMMA = 0x2c;
const BOM = '\u00ef\u00bb\u00bf';

/** Writes what may leave of the records that are permitted: approved fields only, in approved order. */
export class RowWriter {
  /** How many values left empty because their treatment could not read them. */
  emptied = 0;

  private readonly leaving: readonly Prepared[];
  /** What a kernel has to know to do the same; undefined where it cannot. */
  private readonly plan: Int32Array | undefined;
  private readonly runs: CopiedRuns;
  /** Of a row with one person, their key. */
  private readonly person: number[] = [];

  constructor(
    private readonly columns: Columns,
    private readonly pseudonymKey: Buffer,
    private readonly output: Output,
  ) {
    this.leaving = prepare(columns, pseudonymKey);
    this.runs = new CopiedRuns(output);
    this.plan = columns.unchanged ? undefined : planOf(this.leaving);
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

  /** Writes many permitted rows, each with one person, out of those that the scanner found; and says how long each is. */
  rows(scanner: FastCsvScanner, chosen: ChosenRows): void {
    if (this.columns.unchanged) this.runs.addChosen(scanner.bytes, scanner.found, chosen);
    else this.changedRows(scanner, chosen);
  }

  private changedRows(scanner: FastCsvScanner, chosen: ChosenRows): void {
    const { rows } = chosen;
    for (let place = 0; place < chosen.count; place++) {
      if (this.plan !== undefined)
        place += scanner.found.project(this.plan, chosen, this.pseudonymKey, place, this.output);
      if (place === chosen.count) return;
      const row = rows[place] as number;
      scanner.show(row);
      this.person[0] = scanner.found.key(row);
      chosen.setLength(place, this.row(scanner, this.person));
    }
  }

  /** Writes what is held back; to be called before the scanner gets its next chunk. */
  finishRun(scanner: CsvScanner): void {
    this.runs.finish(scanner.bytes);
  }

  private unchangedRow(scanner: CsvScanner): number {
    this.runs.add(scanner.bytes, scanner.start, scanner.end);
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
type Prepared = Pick<Leaving, 'column' | 'person' | 'treatment'> & { readonly treated: Treated | undefined };

function prepare({ leaving, people }: Columns, pseudonymKey: Buffer): readonly Prepared[] {
  const pseudonyms = new Pseudonyms(pseudonymKey);
  return leaving.map(({ column, treatment, person }) => {
    if (treatment === 'keep') return { column, person, treatment, treated: undefined };
    const isNumber = person >= 0 && people[person]?.local === undefined;
    const byNumber = treatment === 'pseudonym' && isNumber;
    return {
      column,
      person,
      treatment,
      treated: byNumber ? pseudonyms : new TreatedCells(treatment, pseudonymKey),
    };
  });
}

/** A column that leaves twice could come to more than the kernel has room for. */
function planOf(leaving: readonly Prepared[]): Int32Array | undefined {
  const plan: number[] = [];
  for (const { column, treatment, treated } of leaving) {
    const isOther = treatment === 'pseudonym' && treated instanceof TreatedCells;
    if (treatment === 'outward-code' || isOther) return undefined;
    plan.push(column, whatLeaves[treatment]);
  }
  const isOnce = new Set(leaving.map(({ column }) => column)).size === leaving.length;
  return isOnce ? Int32Array.from(plan) : undefined;
}
