import type { Columns, HeaderFault } from './csv-columns.ts';
import type { CsvFault } from './csv-limits.ts';
import type { Reason, Rule } from './decide.ts';
import type { Watch } from './decide-people.ts';
import { PeopleDecider } from './decide-people.ts';
import { PatientBindings } from './fhir-bindings.ts';
import { KnownResources } from './fhir-resources.ts';
import { KnowingKernel } from './knowing-kernel.ts';
import type { PatientIndex } from './patient-index.ts';
import type { ReleasedVersion } from './person-columns.ts';

/** By what a release is decided. The index is frozen, so that no patient's rows are split. */
export type Plan = {
  readonly version: ReleasedVersion;
  readonly rule: Rule;
  readonly index: PatientIndex;
  readonly pseudonymKey: Buffer;
  readonly watch?: Watch;
};

/** The content types that a release can have. */
export const releaseFormats = ['text/csv', 'application/x-ndjson', 'application/fhir+ndjson'] as const;
export type ReleaseFormat = (typeof releaseFormats)[number];

/** The content types that an extract takes: rows with fields, or FHIR resources. */
export function formatsOf({ fhir = null }: Pick<ReleasedVersion, 'fhir'>): readonly ReleaseFormat[] {
  return fhir === null ? ['text/csv', 'application/x-ndjson'] : ['application/fhir+ndjson'];
}

/** Why the input cannot be released as a whole; `column` or `line` say where. */
export type InputFault = {
  readonly reason: CsvFault | HeaderFault | 'empty-body' | 'not-utf-8' | 'row-cannot-be-read';
  readonly column?: string;
  readonly line?: number;
};

/** What the self-test has to know of an input to make one like it. */
export type Head =
  | { readonly format: 'text/csv'; readonly header: Buffer; readonly columns: Columns }
  | { readonly format: Exclude<ReleaseFormat, 'text/csv'> };

/** Decides the records of one format one by one, and writes those that are permitted. */
export interface RecordDecider {
  /** Rows so far, and those of them that leave. */
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** Rows withheld, by reason. */
  readonly reasons: ReadonlyMap<Reason, number>;
  /** Values that left empty because their treatment could not read them. */
  readonly emptied: number;
  /** Undefined as long as the input holds nothing. */
  readonly head: Head | undefined;
  /** To be waited for before the next chunk: what is made in slices, so that a practice's pages answer meanwhile. */
  ready?(): Promise<unknown> | undefined;
  /** Decides what a chunk of valid UTF-8 completes. */
  take(chunk: Buffer): InputFault | undefined;
  /** Decides the last row, which may lack a line end. */
  finish(): InputFault | undefined;
}

/** From so many rows on it pays to bring the patients of a release into a kernel's memory. */
const MANY_ROWS = 32_768;

/** What the files of one release have in common. */
export class ReleaseMemory {
  readonly people: PeopleDecider;
  /** Which patient an id of a FHIR Patient means. */
  readonly bindings = new PatientBindings();
  /** Whom the FHIR resources seen so far speak of. */
  readonly resources = new KnownResources();

  private known: Promise<KnowingKernel> | undefined;
  private isOver = false;

  /** @param manyRows only a test gives it, and the self-test */
  constructor(
    { rule, index, watch }: Pick<Plan, 'rule' | 'index' | 'watch'>,
    private readonly manyRows = MANY_ROWS,
  ) {
    this.people = new PeopleDecider(rule, index, watch);
  }

  /** Whether rows were decided with a kernel. */
  get hasKernel(): boolean {
    return this.known !== undefined;
  }

  /** A kernel that knows whom this release knows, for a file that has had so many rows; undefined: it is not worth it yet. */
  kernelAfter(rows: number): Promise<KnowingKernel> | undefined {
    if (this.isOver) throw new Error('Nothing more is decided in a release that is over');
    if (this.known === undefined && rows >= this.manyRows) this.known = KnowingKernel.of(this.people);
    return this.known;
  }

  /** Lets the next release have the kernel. No file may be decided any more; what was noted can be asked for still. */
  async end(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    const kernel = await this.known?.catch(() => undefined);
    kernel?.free(this.people);
  }
}

/** Counts the rows withheld. */
export class Withheld {
  readonly reasons = new Map<Reason, number>();

  add(reason: Reason, rows = 1): void {
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + rows);
  }
}
