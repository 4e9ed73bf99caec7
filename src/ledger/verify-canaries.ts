import type { JsonObject } from './jcs.ts';
import type { ActRow, CanaryRow, LedgerReader, Problem } from './ledger-reader.ts';
import type { ReadEntry } from './read-entry.ts';

type KeptCanary = Omit<CanaryRow, 'addedAt' | 'removedAt'> & {
  readonly addedAt: string;
  readonly removedAt: string | null;
};

/** Replays which made-up patients watch over each extract: one that somebody took away in silence is missed. */
export class CanaryReplay<A extends ActRow> {
  readonly #canaries = new Map<string, CanaryRow>();

  constructor(private readonly reader: Pick<LedgerReader<A>, 'canaries'>) {}

  /** What was replayed, for a later check to go on from. */
  keep(): JsonObject {
    return JSON.parse(JSON.stringify(Object.fromEntries(this.#canaries))) as JsonObject;
  }

  /** Goes on from what was kept. */
  resume(kept: JsonObject): void {
    const instant = (at: string | null) => at && new Date(at);
    for (const [id, row] of Object.entries(kept as Record<string, KeptCanary>))
      this.#canaries.set(id, {
        ...row,
        addedAt: new Date(row.addedAt),
        removedAt: instant(row.removedAt) as Date | null,
      });
  }

  /** Takes in an entry, and says what does not hold about it. */
  check({ act, actor, at, data }: ReadEntry): string | undefined {
    if (act !== 'canary-added' && act !== 'canary-removed') return undefined;
    const id = String(data.canary);
    const before = this.#canaries.get(id);
    const isRight = act === 'canary-added' ? before === undefined : before?.removedAt === null;
    if (!isRight) return 'the made-up patient that it speaks of makes no sense';
    this.#canaries.set(
      id,
      before === undefined
        ? {
            ...{ id, extractId: String(data.extract), addedAt: new Date(at), addedBy: actor.id },
            ...{ removedAt: null, removedBy: null },
          }
        : { ...before, removedAt: new Date(at), removedBy: actor.id },
    );
    return undefined;
  }

  /** After the last entry: the made-up patients are those of the entries. Their numbers are in none. */
  async finish(): Promise<Problem | undefined> {
    const unseen = new Map(this.#canaries);
    for (const row of await this.reader.canaries()) {
      const said = unseen.get(row.id);
      unseen.delete(row.id);
      if (said === undefined || textOf(said) !== textOf(row))
        return { index: null, what: 'a made-up patient is not what the entries say' };
    }
    return unseen.size > 0 ? { index: null, what: 'a made-up patient is missing' } : undefined;
  }
}

const textOf = ({ extractId, addedAt, addedBy, removedAt, removedBy }: CanaryRow): string =>
  JSON.stringify([extractId, addedAt, addedBy, removedAt, removedBy]);
