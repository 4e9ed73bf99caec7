import { IdTable, NO_ID } from './id-table.ts';

/** Whom an id means: the key of their NHS number; or the keys of several, or of none; or nobody knows. */
export type Bound = number | readonly number[] | 'doubted';

/** An id as FHIR has it, and as a reference to it is read: fhir-reference.ts. */
const PLAIN_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** Which NHS numbers the ids of FHIR Patients mean, as the Patients seen so far say. */
export class PatientBindings {
  /** Of plain ids the key, or the place among `others`, counted from -2 down. */
  private readonly plain = new IdTable();
  private readonly others: Bound[] = [];
  /** All other ids. */
  private readonly odd = new Map<string, Bound>();
  /** Keys of numbers of which rows may have left before it showed that their id means two people. */
  readonly doubtedKeys = new Set<number>();

  /** @param keys of the NHS numbers of the Patient with this id, as nhsNumberKey says */
  bind(id: string, keys: readonly number[]): void {
    const before = this.find(id);
    if (before === undefined) this.set(id, keys);
    if (before === undefined || before === 'doubted') return;
    const known = typeof before === 'number' ? [before] : before;
    if (known.join() === keys.join()) return;
    for (const key of known) this.doubtedKeys.add(key);
    this.set(id, 'doubted');
  }

  /** Whom an id means: `doubted` when two Patients had it; undefined when none had, so far. */
  find(id: string): Bound | undefined {
    if (!PLAIN_ID.test(id)) return this.odd.get(id);
    const bytes = Buffer.from(id);
    return this.findPlain(bytes, 0, bytes.length);
  }

  /** The same of the bytes from `start` to `end`; undefined also where they are no plain id. */
  findPlain(bytes: Buffer, start: number, end: number): Bound | undefined {
    const found = this.plain.find(bytes, start, end);
    if (found >= 0) return found;
    return found === NO_ID ? undefined : this.others[-2 - found];
  }

  private set(id: string, bound: Exclude<Bound, number>): void {
    const [key = NO_ID, another] = bound;
    if (!PLAIN_ID.test(id)) this.odd.set(id, bound);
    else if (typeof key === 'number' && key >= 0 && another === undefined)
      this.plain.set(Buffer.from(id), key);
    else this.plain.set(Buffer.from(id), -1 - this.others.push(bound));
  }
}
