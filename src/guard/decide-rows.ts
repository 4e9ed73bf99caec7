import { nhsNumberKey } from '../patients/nhs-number.ts';
import { ChosenRows } from './chosen-rows.ts';
import { cellText, isQuoted } from './csv-cell.ts';
import { type Columns, findColumns, type PersonPlace, undecidedNumber } from './csv-columns.ts';
import type { Reason } from './decide.ts';
import { NOBODY, note, type PeopleDecider } from './decide-people.ts';
import {
  type Head,
  type InputFault,
  type Plan,
  type RecordDecider,
  type ReleaseMemory,
  Withheld,
} from './decide-records.ts';
import { FastCsvScanner } from './fast-csv.ts';
import type { RowShape } from './found-rows.ts';
import type { KnowingKernel } from './knowing-kernel.ts';
import { PERMITTED, reasonNoted, UNSEEN } from './membership.ts';
import type { Output } from './output.ts';
import { RowWriter } from './row-writer.ts';

/** Decides the records of a CSV file one by one, and writes those that are permitted. */
export class RowDecider implements RecordDecider {
  rowsIn = 0;
  rowsOut = 0;
  head: Head | undefined;

  private readonly withheld = new Withheld();
  private readonly scanner = new FastCsvScanner();
  private persons: readonly PersonPlace[] = [];
  /** Of the row's person columns, in their order. */
  private readonly keys: number[] = [];
  private writer: RowWriter | undefined;
  private readonly chosen = new ChosenRows();
  /** Undefined as long as there were few rows. */
  private kernel: KnowingKernel | undefined;
  private readonly stay = (decision: number, rows: number) => this.withheld.add(reasonNoted(decision), rows);

  /**
   * @param memory of the release; with `people`, who decides in it
   * @param rows takes the permitted rows
   * @param notes takes a note of the header, and of each permitted row
   */
  constructor(
    private readonly plan: Plan,
    private readonly memory: ReleaseMemory,
    private readonly rows: Output,
    private readonly notes: Output,
  ) {}

  get reasons(): ReadonlyMap<Reason, number> {
    return this.withheld.reasons;
  }

  get emptied(): number {
    return this.writer?.emptied ?? 0;
  }

  private get people(): PeopleDecider {
    return this.memory.people;
  }

  ready(): Promise<unknown> | undefined {
    return this.kernel === undefined ? this.memory.kernelAfter(this.rowsIn)?.then(this.goOnWith) : undefined;
  }

  take(chunk: Buffer): InputFault | undefined {
    this.scanner.push(chunk);
    return this.records();
  }

  finish(): InputFault | undefined {
    this.scanner.finish();
    return this.records();
  }

  private records(): InputFault | undefined {
    while (this.scanner.next()) {
      const fault = this.writer ? this.row(this.writer) : this.readHeader();
      if (fault) return fault;
      if (this.writer) this.known(this.writer);
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
    const header = Buffer.from(scanner.bytes.subarray(scanner.start, scanner.contentEnd));
    this.head = { format: 'text/csv', header, columns };
    this.persons = columns.people;
    scanner.columns = columns.count;
    scanner.shape = shapeOf(columns);
    this.writer = new RowWriter(columns, plan.pseudonymKey, this.rows);
    this.writer.header(scanner);
    note(this.notes, NOBODY, this.rows.length);
    return undefined;
  }

  private row(writer: RowWriter): InputFault | undefined {
    const { scanner, people, persons } = this;
    this.rowsIn++;
    if (!scanner.readable) {
      if (this.plan.rule.withholdsNobody) return { reason: 'row-cannot-be-read', line: scanner.line };
      return this.withheld.add('cannot-be-read') as undefined;
    }
    people.begin();
    for (let place = 0; place < persons.length; place++) this.person(persons[place] as PersonPlace, place);
    const { decision } = people;
    if (decision !== 'permit') {
      people.withhold();
      return this.withheld.add(decision) as undefined;
    }
    people.permit(writer.row(scanner, this.keys), this.notes);
    this.rowsOut++;
    return undefined;
  }

  /** To be called when no row is left. */
  private readonly goOnWith = (kernel: KnowingKernel): void => {
    this.kernel = kernel;
    this.scanner.goOnWith(kernel);
  };

  /**
   * Takes the rows that follow as long as each is whole and names, by its only NHS number, somebody on whom was decided
   * before, or, with a kernel, somebody who is on the list: what is decided on them holds for the whole release. row()
   * would do the same.
   */
  private known(writer: RowWriter): void {
    const { scanner, notes, kernel } = this;
    const { found, taken } = scanner;
    if (taken === found.count) return;
    const chosen = kernel?.chosen ?? this.chosen;
    const to = kernel ? found.known(kernel, taken, this.stay) : this.choose(taken);
    if (to === taken) return;
    writer.rows(scanner, chosen);
    notes.words(chosen.notes, 2 * chosen.count);
    scanner.takeTo(to);
    this.rowsIn += to - taken;
    this.rowsOut += chosen.count;
  }

  /** Chooses of the rows found, from one on, those that leave. Returns the first on which cannot be decided so. */
  private choose(from: number): number {
    const { people, chosen } = this;
    const { found } = this.scanner;
    chosen.clear(found.count - from);
    for (let row = from; row < found.count; row++) {
      const key = found.key(row);
      const ordinal = key < 0 ? -1 : people.index.find(key);
      const noted = ordinal < 0 ? UNSEEN : people.membership.noted(ordinal);
      if (noted === UNSEEN) return row;
      if (noted === PERMITTED) chosen.add(row, ordinal, found.end(row) - found.end(row - 1));
      else this.withheld.add(reasonNoted(noted));
    }
    return found.count;
  }

  private person({ column, local }: PersonPlace, place: number): void {
    const { bytes } = this.scanner;
    const start = this.scanner.cellStart(column);
    const end = this.scanner.cellEnd(column);
    if (local !== undefined) {
      this.people.localId(local, cellText(bytes, start, end));
      return;
    }
    const key = isQuoted(bytes, start, end)
      ? nhsNumberKey(bytes, start + 1, end - 1)
      : nhsNumberKey(bytes, start, end);
    this.keys[place] = key;
    this.people.number(key);
  }
}

/** A row that names one person, by number, is known by it; and when all of it leaves as it is, nothing else is asked of it. */
function shapeOf({ count, people, unchanged }: Columns): RowShape {
  const [person, another] = people;
  const isAlone = person !== undefined && another === undefined && person.local === undefined;
  return { columns: count, numberColumn: isAlone ? person.column : -1, onlyNumber: isAlone && unchanged };
}
