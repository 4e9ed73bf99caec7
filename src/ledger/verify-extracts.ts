import { z } from 'zod';
import { londonDay } from '../day.ts';
import type { JsonObject } from './jcs.ts';
import type { ActRow, ExemptionRow, LedgerReader, Problem } from './ledger-reader.ts';
import type { ReadEntry } from './read-entry.ts';
import type { Applies } from './release-entry.ts';

/** The rules of extracts, which the ledger itself does not know. */
export type ExtractRules = {
  /** Whether a release on a ground has to apply a type, may leave it out, or must not apply it. */
  readonly obligationTo: (
    type: string,
    by: { readonly ground: string; readonly stricter: readonly string[]; readonly exempt: readonly string[] },
  ) => 'must' | 'may' | 'must-not';
  /** How many days before patients have to have been told of a version with these; null where nobody is withheld for it. */
  readonly toldDaysOf: (by: { readonly ground: string; readonly toldDays: number | null }) => number | null;
  /** Whether only patients who consented to the extract leave on a ground. */
  readonly asksForConsent: (ground: string) => boolean;
};

const registered = z.looseObject({
  extract: z.string(),
  version: z.int(),
  ground: z.string(),
  stricter: z.array(z.string()).optional().default([]),
  toldDays: z.int().nullable().optional().default(null),
});
const asked = z.strictObject({
  exemption: z.string(),
  extract: z.string(),
  version: z.int(),
  type: z.string(),
  reason: z.string(),
  reference: z.string(),
  ends: z.string(),
});
const named = z.strictObject({ exemption: z.string() });

type Exemption = z.infer<typeof asked> & {
  state: string;
  readonly askedAt: string;
  readonly askedBy: string;
  decidedAt: string | null;
  decidedBy: string | null;
  endedAt: string | null;
  endedBy: string | null;
};

type Kept = {
  versions: Record<string, z.infer<typeof registered>>;
  exemptions: Record<string, Exemption>;
};

/**
 * Replays on which ground each version of an extract was registered, and which exemptions were approved for it: so that
 * a release that did not apply an objection is held against what it had to apply then.
 */
export class ExtractReplay<A extends ActRow> {
  readonly #versions = new Map<string, z.infer<typeof registered>>();
  readonly #exemptions = new Map<string, Exemption>();

  constructor(
    private readonly reader: Pick<LedgerReader<A>, 'exemptions'>,
    private readonly rules: ExtractRules,
  ) {}

  get exemptions(): number {
    return this.#exemptions.size;
  }

  /** What was replayed, for a later check to go on from. */
  keep(): JsonObject {
    const kept = {
      versions: Object.fromEntries(this.#versions),
      exemptions: Object.fromEntries(this.#exemptions),
    };
    return JSON.parse(JSON.stringify(kept)) as JsonObject;
  }

  /** Goes on from what was kept. */
  resume(kept: JsonObject): void {
    const { versions, exemptions } = kept as unknown as Kept;
    for (const [key, version] of Object.entries(versions)) this.#versions.set(key, version);
    for (const [id, exemption] of Object.entries(exemptions)) this.#exemptions.set(id, exemption);
  }

  /** Takes in an entry, and says what does not hold about it. */
  check(entry: ReadEntry): string | undefined {
    if (entry.act === 'extract-registered' || entry.act === 'extract-edited') {
      const read = registered.safeParse(entry.data);
      if (!read.success) return 'it does not say what was registered';
      this.#versions.set(keyOf(read.data), read.data);
      return undefined;
    }
    if (entry.act === 'exemption-asked') return this.#ask(entry);
    if (entry.act === 'exemption-approved' || entry.act === 'exemption-refused') return this.#decide(entry);
    return entry.act === 'exemption-ended' ? this.#end(entry) : undefined;
  }

  /**
   * Says what is wrong with the types that a release applied, if anything.
   *
   * @param at when it was decided, as its entry says
   */
  whyNotAllowed(of: { extract: string; version: number }, applies: Applies, at: string): string | undefined {
    const version = this.#versions.get(keyOf(of));
    // Of an extract that was never registered nobody can say that it may leave an objection out.
    if (version === undefined)
      return applies.type1 && applies.type2
        ? undefined
        : 'it did not apply every objection, and the extract that it names was never registered';
    const { ground, stricter } = version;
    const exempt = this.#exemptAt(of, londonDay(new Date(at)));
    for (const [type, isApplied] of [
      ['type-1', applies.type1],
      ['type-2', applies.type2],
    ] as const) {
      const obligation = this.rules.obligationTo(type, { ground, stricter, exempt });
      if (obligation === 'must' && !isApplied)
        return `it did not apply ${words(type)} objections, which it had to on its ground`;
      if (obligation === 'must-not' && isApplied)
        return `it applied ${words(type)} objections, which it must not on its ground`;
    }
    if (this.rules.toldDaysOf(version) !== (applies.told ?? null))
      return 'it does not ask that patients were told as its version does';
    return this.rules.asksForConsent(ground) === (applies.consent === true)
      ? undefined
      : 'it does not ask for consent as its ground does';
  }

  /** After the last entry: the exemptions are those of the entries. */
  async finish(): Promise<Problem | undefined> {
    const unseen = new Map(this.#exemptions);
    for await (const row of this.reader.exemptions()) {
      const exemption = unseen.get(row.id);
      unseen.delete(row.id);
      if (exemption === undefined || !isSame(exemption, row))
        return { index: null, what: 'an exemption is not what the entries say' };
    }
    return unseen.size > 0 ? { index: null, what: 'an exemption is missing' } : undefined;
  }

  #exemptAt(of: { extract: string; version: number }, today: string): string[] {
    return [...this.#exemptions.values()]
      .filter((one) => keyOf(one) === keyOf(of) && one.state === 'approved' && today <= one.ends)
      .map(({ type }) => type);
  }

  #ask({ data, at, actor }: ReadEntry): string | undefined {
    const read = asked.safeParse(data);
    if (!read.success) return 'it does not say which exemption was asked for';
    if (this.#exemptions.has(read.data.exemption)) return 'the exemption was asked for already';
    const undecided = { decidedAt: null, decidedBy: null, endedAt: null, endedBy: null };
    this.#exemptions.set(read.data.exemption, {
      ...read.data,
      ...undecided,
      state: 'asked',
      askedAt: at,
      askedBy: actor.id,
    });
    return undefined;
  }

  #decide({ act, data, at, actor }: ReadEntry): string | undefined {
    const exemption = this.#named(data);
    if (exemption?.state !== 'asked') return 'the exemption that it speaks of does not wait';
    if (exemption.askedBy === actor.id) return 'who asked for an exemption decided on it too';
    exemption.state = act === 'exemption-approved' ? 'approved' : 'refused';
    exemption.decidedAt = at;
    exemption.decidedBy = actor.id;
    return undefined;
  }

  #end({ data, at, actor }: ReadEntry): string | undefined {
    const exemption = this.#named(data);
    if (exemption?.state !== 'asked' && exemption?.state !== 'approved')
      return 'the exemption that it speaks of is over already';
    exemption.state = 'ended';
    exemption.endedAt = at;
    exemption.endedBy = actor.id;
    return undefined;
  }

  #named(data: unknown): Exemption | undefined {
    const read = named.safeParse(data);
    return read.success ? this.#exemptions.get(read.data.exemption) : undefined;
  }
}

const keyOf = ({ extract, version }: { extract: string; version: number }): string => `${extract} ${version}`;

const words = (type: string): string => type.replace('-', ' ');

function isSame(exemption: Exemption, row: ExemptionRow): boolean {
  const { extract, version, type, reason, reference, ends, state, askedBy, decidedBy, endedBy } = exemption;
  return (
    extract === row.extractId &&
    version === row.version &&
    type === row.type &&
    reason === row.reason &&
    reference === row.reference &&
    ends === row.endsOn &&
    state === row.state &&
    exemption.askedAt === row.askedAt.toISOString() &&
    askedBy === row.askedBy &&
    exemption.decidedAt === (row.decidedAt?.toISOString() ?? null) &&
    decidedBy === row.decidedBy &&
    exemption.endedAt === (row.endedAt?.toISOString() ?? null) &&
    endedBy === row.endedBy
  );
}
