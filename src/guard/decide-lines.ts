import { CopiedRuns } from './copied-runs.ts';
import type { Decision, Reason } from './decide.ts';
import { NOBODY, note, type PeopleDecider } from './decide-people.ts';
import {
  type Head,
  type InputFault,
  type Plan,
  type RecordDecider,
  type ReleaseFormat,
  type ReleaseMemory,
  Withheld,
} from './decide-records.ts';
import { FastLineScanner } from './fast-lines.ts';
import { OBJECT } from './json-kinds.ts';
import { JsonTape } from './json-tape.ts';
import type { KnowingKernel } from './knowing-kernel.ts';
import { LikeLines } from './like-lines.ts';
import { PERMITTED, reasonNoted, UNSEEN } from './membership.ts';
import type { Output } from './output.ts';

const BOM = '\u00ef\u00bb\u00bf';

/** Decides JSON objects, one a line, and writes those that are permitted: what NDJSON and FHIR have in common. */
export abstract class LineDecider implements RecordDecider {
  rowsIn = 0;
  rowsOut = 0;
  emptied = 0;

  protected readonly lines = new FastLineScanner();
  protected readonly tape = new JsonTape();
  private readonly withheld = new Withheld();
  /** Whole lines. */
  private readonly runs: CopiedRuns;
  /** Pairs of a patient and a number of bytes, to be noted together. */
  private readonly noted = new Int32Array(2048);
  /** Undefined as long as there were few lines, or where none can be taken with it. */
  protected kernel: KnowingKernel | undefined;
  private like: LikeLines | undefined;
  private readonly stay = (decision: number, rows: number) => this.withheld.add(reasonNoted(decision), rows);

  constructor(
    private readonly format: Exclude<ReleaseFormat, 'text/csv'>,
    protected readonly plan: Plan,
    protected readonly memory: ReleaseMemory,
    protected readonly rows: Output,
    private readonly notes: Output,
  ) {
    this.runs = new CopiedRuns(rows);
  }

  protected get people(): PeopleDecider {
    return this.memory.people;
  }

  get head(): Head | undefined {
    return this.rowsIn > 0 ? { format: this.format } : undefined;
  }

  get reasons(): ReadonlyMap<Reason, number> {
    return this.withheld.reasons;
  }

  take(chunk: Buffer): InputFault | undefined {
    this.lines.push(chunk);
    return this.records();
  }

  finish(): InputFault | undefined {
    this.lines.finish();
    return this.records();
  }

  /** Names to `people` everybody whom the object on the tape names, and says what becomes of it. */
  protected abstract decide(): Decision;

  /** Whether the whole line leaves, once it is permitted. */
  protected abstract isWhole(): boolean;

  /** Writes what may leave of a line that does not leave whole, and its line end. */
  protected abstract writePart(): void;

  /**
   * Takes the lines that follow as long as each is like this one and names, by its only NHS number, somebody on whom was
   * decided before: that holds for the whole release, and all is noted of them but the line. record() would do the same.
   */
  private known(): void {
    const value = this.onlyNumber();
    if (value < 0) return;
    if (this.kernel !== undefined) {
      this.knownTo(this.kernel, value);
      return;
    }
    const { lines, people, noted } = this;
    let count = 0;
    for (; count < noted.length; ) {
      const key = lines.keyAhead(value, 0);
      const ordinal = key < 0 ? -1 : people.index.find(key);
      const decided = ordinal < 0 ? UNSEEN : people.membership.noted(ordinal);
      if (decided === UNSEEN) break;
      lines.take();
      this.rowsIn++;
      if (decided === PERMITTED) {
        noted[count++] = ordinal;
        noted[count++] = this.writeLine();
      } else this.withheld.add(reasonNoted(decided));
    }
    this.rowsOut += count / 2;
    if (count > 0) this.notes.words(noted, count);
  }

  /** The same with a kernel, for all who are on the list. */
  private knownTo(kernel: KnowingKernel, value: number): void {
    const { lines } = this;
    this.like ??= new LikeLines(kernel, lines);
    const { rows } = this.like;
    const from = this.like.next(value);
    const to = rows.known(kernel, from, this.stay);
    if (to === from) return;
    const { chosen } = kernel;
    this.runs.addChosen(lines.bytes, rows, chosen);
    this.notes.words(chosen.notes, 2 * chosen.count);
    lines.takeAhead(to - from);
    this.rowsIn += to - from;
    this.rowsOut += chosen.count;
  }

  /** Writes what may leave of the line. Returns how many bytes that is. */
  private write(): number {
    if (this.isWhole()) return this.writeLine();
    this.runs.finish(this.lines.bytes);
    const before = this.rows.length;
    this.writePart();
    return this.rows.length - before;
  }

  private writeLine(): number {
    const { bytes, start, end } = this.lines;
    this.runs.add(bytes, start, end);
    return end - start;
  }

  /**
   * Where on the tape the NHS number is that alone decides lines of this shape, which leave whole; -1 where there is more
   * to look at.
   */
  protected onlyNumber(): number {
    return -1;
  }

  /** The line is permitted, and written. */
  protected permitted(): void {}

  /** What makes the whole input unusable, known before its first line is decided. */
  protected faultOfAll(): InputFault | undefined {
    return undefined;
  }

  private records(): InputFault | undefined {
    let fault: InputFault | undefined;
    while (!fault && this.lines.next()) {
      fault = this.rowsIn === 0 ? (this.begin() ?? this.record()) : this.record();
      if (!fault) this.known();
    }
    this.runs.finish(this.lines.bytes);
    this.lines.settle();
    return fault ?? (this.lines.fault && { reason: this.lines.fault });
  }

  private begin(): InputFault | undefined {
    if (this.lines.hasBom) {
      this.rows.text(BOM);
      note(this.notes, NOBODY, BOM.length);
    }
    return this.faultOfAll();
  }

  private record(): InputFault | undefined {
    const { lines, tape, people } = this;
    this.rowsIn++;
    people.begin();
    const isRead = lines.read(tape) && tape.kind(0) === OBJECT;
    const decision = isRead ? this.decide() : 'cannot-be-read';
    if (decision === 'cannot-be-read' && this.plan.rule.withholdsNobody)
      return { reason: 'row-cannot-be-read', line: lines.line };
    if (decision !== 'permit') {
      people.withhold();
      this.withheld.add(decision);
      return undefined;
    }
    people.permit(this.write(), this.notes);
    this.permitted();
    this.rowsOut++;
    return undefined;
  }
}
