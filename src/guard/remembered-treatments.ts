import { type Change, pseudonymOfNumber, treat } from './treatments.ts';

/** So many values of a kind are remembered, so that memory stays the same whatever the file. */
const MOST = 20_000;
/** Longer texts are not: a cell may have a megabyte. */
const LONGEST = 100;

/** The treatments with one key; in an extract the same days and people come again and again. */
export class RememberedTreatments {
  private readonly texts = new Map<string, Map<string, string | undefined>>();
  private readonly numbers = new Map<number, string | undefined>();

  constructor(private readonly pseudonymKey: Buffer) {}

  /** As treat() of treatments.ts. */
  treat(change: Change, text: string): string | undefined {
    if (text.length > LONGEST) return treat(change, text, this.pseudonymKey);
    const known = this.texts.get(change) ?? new Map<string, string | undefined>();
    this.texts.set(change, known);
    return remember(known, text, () => treat(change, text, this.pseudonymKey));
  }

  /** As pseudonymOfNumber() of treatments.ts. */
  pseudonymOfNumber(key: number): string | undefined {
    return remember(this.numbers, key, () => pseudonymOfNumber(key, this.pseudonymKey));
  }
}

function remember<K>(known: Map<K, string | undefined>, of: K, make: () => string | undefined) {
  const found = known.get(of);
  if (found !== undefined || known.has(of)) return found;
  const made = make();
  if (known.size >= MOST) known.clear();
  known.set(of, made);
  return made;
}
