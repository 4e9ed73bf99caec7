import type { Rule } from './decide.ts';

/** So many rules of a practice are remembered: those that were asked for last. */
const REMEMBERED = 4;

/**
 * What rules came to on patients of one index. Neither a rule nor an index ever changes, so that what was decided once
 * would be decided again.
 */
export class DecidedBefore {
  private readonly rules = new Map<string, Uint8Array>();

  /** @param size the number of ordinals in use */
  constructor(private readonly size: number) {}

  /** By ordinal, to be filled by who decides: 0 until then. */
  by(rule: Rule): Uint8Array {
    const name = JSON.stringify(Object.entries(rule).sort());
    const decided = this.rules.get(name) ?? new Uint8Array(this.size);
    // The last one asked for is the last to be forgotten.
    this.rules.delete(name);
    this.rules.set(name, decided);
    const [oldest] = this.rules.keys();
    if (this.rules.size > REMEMBERED && oldest !== undefined) this.rules.delete(oldest);
    return decided;
  }
}
