import { IdTable } from './id-table.ts';

type Bound = readonly number[] | 'doubted';

/** Which NHS numbers the ids of FHIR Patients mean, as the Patients seen so far say. */
export class PatientBindings {
  private readonly keys = new IdTable<Bound>();
  /** Keys of numbers of which rows may have left before it showed that their id means two people. */
  readonly doubtedKeys = new Set<number>();

  /** @param keys of the NHS numbers of the Patient with this id, as nhsNumberKey says */
  bind(id: string, keys: readonly number[]): void {
    const bytes = bytesOf(id);
    const before = this.findBytes(bytes, 0, bytes.length);
    if (before === undefined) this.keys.set(bytes, 0, bytes.length, keys);
    if (before === undefined || before === 'doubted' || before.join() === keys.join()) return;
    for (const key of before) this.doubtedKeys.add(key);
    this.keys.set(bytes, 0, bytes.length, 'doubted');
  }

  /** The keys of the patient with an id; `doubted` when two Patients had it; undefined when none had, so far. */
  find(id: string): Bound | undefined {
    const bytes = bytesOf(id);
    return this.findBytes(bytes, 0, bytes.length);
  }

  /** The same of an id of letters, digits, and signs of ASCII. */
  findBytes(bytes: Buffer, start: number, end: number): Bound | undefined {
    return this.keys.find(bytes, start, end);
  }
}

/** Halves of characters are no UTF-8: what may hold one is told apart by a byte that is in no text. */
function bytesOf(id: string): Buffer {
  const bytes = Buffer.from(id);
  return bytes.includes('\ufffd') ? Buffer.concat([Buffer.of(0xff), Buffer.from(id, 'utf16le')]) : bytes;
}
