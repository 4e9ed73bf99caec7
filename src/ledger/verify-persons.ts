import { z } from 'zod';
import type { JsonObject } from './jcs.ts';
import type { ActRow, LedgerReader, LinkRow, Problem } from './ledger-reader.ts';
import type { PatientRoll } from './patient-roll.ts';
import type { ReadEntry } from './read-entry.ts';

const linked = z.strictObject({
  link: z.string(),
  patient: z.string(),
  to: z.string(),
  kind: z.string(),
  import: z.string().nullable(),
});
const unlinked = z.strictObject({ link: z.string() });

type Link = {
  readonly patientId: string;
  readonly toId: string;
  readonly kind: string;
  readonly madeAt: string;
  readonly madeBy: string;
  undoneAt: string | null;
  undoneBy: string | null;
};

/** Replays which records are of one person: an objection on either holds for all of them. */
export class PersonReplay<A extends ActRow> {
  /** How many entries spoke of links so far. */
  changes = 0;
  readonly #links = new Map<string, Link>();
  /** The records that a link which stands ties to each. */
  readonly #tied = new Map<string, string[]>();

  constructor(
    private readonly reader: Pick<LedgerReader<A>, 'links'>,
    private readonly patients: PatientRoll,
  ) {}

  /** The ids of all records of the person of a record, by the entries so far, itself included. */
  recordsOf(patientId: string): ReadonlySet<string> {
    const records = new Set([patientId]);
    for (const record of records) for (const tied of this.#tied.get(record) ?? []) records.add(tied);
    return records;
  }

  /** What was replayed, for a later check to go on from. */
  keep(): JsonObject {
    return { changes: this.changes, links: Object.fromEntries(this.#links) };
  }

  /** Goes on from what was kept. */
  resume(kept: JsonObject): void {
    const { changes, links } = kept as { changes: number; links: Record<string, Link> };
    this.changes = changes;
    for (const [id, link] of Object.entries(links)) {
      this.#links.set(id, link);
      if (link.undoneAt === null) this.#tie(link);
    }
  }

  /** Takes in an entry, and says what does not hold about it. */
  check(entry: ReadEntry): string | undefined {
    if (entry.act === 'person-linked') return this.#link(entry);
    return entry.act === 'person-unlinked' ? this.#unlink(entry) : undefined;
  }

  /** After the last entry: the links are those of the entries, and each record shows whose it is. */
  async finish(): Promise<Problem | undefined> {
    const unseen = new Map(this.#links);
    for await (const row of this.reader.links()) {
      const link = unseen.get(row.id);
      unseen.delete(row.id);
      if (link === undefined || !isSame(link, row))
        return { index: null, what: 'a link between two records is not what the entries say' };
    }
    if (unseen.size > 0) return { index: null, what: 'a link between two records is missing' };
    for (const { id, personId } of this.patients.rows()) {
      if (personId !== this.#personOf(id))
        return { index: null, what: 'a patient does not show which records are of the same person' };
    }
    return undefined;
  }

  /** The id of whichever record of the person came first; null for the only one. */
  #personOf(patientId: string): string | null {
    if (!this.#tied.get(patientId)?.length) return null;
    const ordinal = (id: string) => this.patients.ordinalOf(id) ?? Number.MAX_SAFE_INTEGER;
    return [...this.recordsOf(patientId)].reduce((one, other) =>
      ordinal(other) < ordinal(one) ? other : one,
    );
  }

  #link({ index, data, actor, at }: ReadEntry): string | undefined {
    const read = linked.safeParse(data);
    if (!read.success || this.#links.has(read.data.link)) return 'the link that it speaks of makes no sense';
    const { link: id, patient: patientId, to: toId, kind, import: importId } = read.data;
    const madeBy = importId ?? actor.id;
    this.#links.set(id, { patientId, toId, kind, madeAt: at, madeBy, undoneAt: null, undoneBy: null });
    this.#tie({ patientId, toId });
    return this.#show(index, this.recordsOf(patientId));
  }

  #unlink({ index, data, actor, at }: ReadEntry): string | undefined {
    const read = unlinked.safeParse(data);
    const link = read.success ? this.#links.get(read.data.link) : undefined;
    if (link === undefined || link.undoneAt !== null) return 'the link that it speaks of is missing';
    if (link.madeBy === actor.id) return 'who linked two records undid it too';
    const before = this.recordsOf(link.patientId);
    link.undoneAt = at;
    link.undoneBy = actor.id;
    this.#untie(link.patientId, link.toId);
    this.#untie(link.toId, link.patientId);
    return this.#show(index, before);
  }

  #tie({ patientId, toId }: Pick<Link, 'patientId' | 'toId'>): void {
    this.#tied.set(patientId, [...(this.#tied.get(patientId) ?? []), toId]);
    this.#tied.set(toId, [...(this.#tied.get(toId) ?? []), patientId]);
  }

  #untie(from: string, to: string): void {
    const tied = [...(this.#tied.get(from) ?? [])];
    tied.splice(tied.indexOf(to), 1);
    this.#tied.set(from, tied);
  }

  // The guard's index reads what changed since it last looked.
  #show(index: number, records: ReadonlySet<string>): string | undefined {
    this.changes += 1;
    for (const id of records) {
      if (this.patients.ordinalOf(id) === undefined) return 'the patient that it speaks of is missing';
      if (this.patients.changedAtIndex(id) < index) return 'the patient does not show that it happened';
    }
    return undefined;
  }
}

function isSame(link: Link, row: LinkRow): boolean {
  return (
    link.patientId === row.patientId &&
    link.toId === row.toId &&
    link.kind === row.kind &&
    link.madeAt === row.madeAt.toISOString() &&
    link.madeBy === row.madeBy &&
    link.undoneAt === (row.undoneAt?.toISOString() ?? null) &&
    link.undoneBy === row.undoneBy
  );
}
