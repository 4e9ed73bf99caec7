type Act = { readonly kind: 'record' | 'withdraw'; readonly sent: number; acknowledged: number };

/**
 * What was said of each patient at the desk, by the clock of the test: enough to know of whom an answer has to know that
 * they objected, and of whom it cannot.
 */
export class Said {
  private readonly acts = new Map<string, Act[]>();

  /** How often something was said of a patient. */
  countOf(number: string): number {
    return this.acts.get(number)?.length ?? 0;
  }

  /** Notes that something is sent; what it gives back is to be called when it is acknowledged. */
  send(number: string, kind: Act['kind']): () => void {
    const act: Act = { kind, sent: performance.now(), acknowledged: Number.POSITIVE_INFINITY };
    this.acts.set(number, [...(this.acts.get(number) ?? []), act]);
    return () => {
      act.acknowledged = performance.now();
    };
  }

  /**
   * Who broke the law in an answer: an objection that was acknowledged before it was asked for counts, unless a withdrawal
   * was sent before it had come; whoever said nothing has to be in it.
   *
   * @param asked everybody of whom it has to know
   * @param whole whether all of the answer arrived: what was broken off may lack anybody
   */
  faultsOf(
    asked: Iterable<string>,
    inIt: ReadonlySet<string>,
    { began, ended, whole }: { began: number; ended: number; whole: boolean },
  ): string[] {
    const faults: string[] = [];
    for (const number of asked) {
      const mayBe = this.statesBetween(number, began, ended);
      if (inIt.has(number) && !mayBe.has('withdraw')) faults.push(`${number} objected before, and is in it`);
      if (whole && !inIt.has(number) && !mayBe.has('record'))
        faults.push(`${number} did not object, and is lost`);
    }
    return faults;
  }

  /** What may have been the last word at any time between: of who said nothing it is the same as after a withdrawal. */
  private statesBetween(number: string, began: number, ended: number): Set<Act['kind']> {
    const states = new Set<Act['kind']>(['withdraw']);
    for (const { kind, sent, acknowledged } of this.acts.get(number) ?? []) {
      if (acknowledged < began) states.clear();
      if (sent < ended) states.add(kind);
    }
    return states;
  }
}
