/** Which NHS numbers the ids of FHIR Patients mean, as the Patients seen so far say. */
export class PatientBindings {
  private readonly keys = new Map<string, readonly number[] | 'doubted'>();
  /** Keys of numbers of which rows may have left before it showed that their id means two people. */
  readonly doubtedKeys = new Set<number>();

  /** @param keys of the NHS numbers of the Patient with this id, as nhsNumberKey says */
  bind(id: string, keys: readonly number[]): void {
    const before = this.keys.get(id);
    if (before === undefined) this.keys.set(id, keys);
    if (before === undefined || before === 'doubted' || before.join() === keys.join()) return;
    for (const key of before) this.doubtedKeys.add(key);
    this.keys.set(id, 'doubted');
  }

  /** The keys of the patient with an id; `doubted` when two Patients had it; undefined when none had, so far. */
  find(id: string): readonly number[] | 'doubted' | undefined {
    return this.keys.get(id);
  }
}
