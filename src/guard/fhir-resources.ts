/** So many are remembered, so that memory stays the same; who refers to one beyond them is withheld. */
const MOST = 500_000;

/** Whom the resources that were permitted speak of, for those that are about other resources. */
export class KnownResources {
  private readonly patients = new Map<string, readonly number[]>();

  /** @param patients the ordinals of everybody whom it names */
  add(type: string, id: string, patients: readonly number[]): void {
    const name = `${type}/${id}`;
    if (this.patients.has(name) || this.patients.size < MOST) {
      // The same id twice: of both.
      this.patients.set(name, [...new Set([...(this.patients.get(name) ?? []), ...patients])]);
    }
  }

  /** The ordinals of everybody whom a resource names; undefined when it was not permitted, or not seen yet. */
  find(type: string, id: string): readonly number[] | undefined {
    return this.patients.get(`${type}/${id}`);
  }
}
