import { z } from 'zod';
import { londonDay } from '../day.ts';
import { canonicalJson, type JsonObject } from './entry.ts';
import type { ActRow, LedgerReader, Problem, VersionRow } from './ledger-reader.ts';
import type { ReadEntry } from './read-entry.ts';

const named = z.looseObject({
  extract: z.string(),
  version: z.int(),
  startsOn: z.string().optional(),
  endsOn: z.string().optional(),
});
const approval = z.looseObject({ replaces: z.int().nullable().optional() });

type Version = {
  /** What the last entry says of its content. */
  content: JsonObject;
  startsOn: string | undefined;
  endsOn: string | undefined;
  state: 'open' | 'approved' | 'suspended' | 'ended' | 'superseded';
  approvedBy: string | null;
  /** Who registered, edited or sent it. */
  readonly workedOnBy: Set<string>;
};

type KeptVersion = Omit<Version, 'workedOnBy'> & { readonly workedOnBy: readonly string[] };

/** States of the row in which nobody has approved it yet. */
const openStates = ['draft', 'awaiting-approval'];
/** Of an entry: what is not content, or is said of it in another way. */
const besides = ['content', 'changed'];

/**
 * Replays what became of each version of an extract: that two people made each that released, and that what the guard
 * reads of it is what they agreed to.
 */
export class VersionReplay<A extends ActRow> {
  readonly #versions = new Map<string, Version>();

  constructor(private readonly reader: Pick<LedgerReader<A>, 'versions'>) {}

  /** What was replayed, for a later check to go on from. */
  keep(): JsonObject {
    const versions = [...this.#versions].map(([key, version]) => [
      key,
      { ...version, workedOnBy: [...version.workedOnBy] },
    ]);
    return JSON.parse(JSON.stringify({ versions: Object.fromEntries(versions) })) as JsonObject;
  }

  /** Goes on from what was kept. */
  resume(kept: JsonObject): void {
    const { versions } = kept as unknown as { versions: Record<string, KeptVersion> };
    for (const [key, { startsOn, endsOn, workedOnBy, ...version }] of Object.entries(versions))
      this.#versions.set(key, { ...version, startsOn, endsOn, workedOnBy: new Set(workedOnBy) });
  }

  /** Takes in an entry, and says what does not hold about it. */
  check(entry: ReadEntry): string | undefined {
    const { act, actor, data } = entry;
    if (!isOfVersion(act)) return undefined;
    const read = named.safeParse(data);
    if (!read.success) return 'it does not say of which version of an extract it is';
    const key = keyOf(read.data);
    if (act === 'extract-registered') {
      if (this.#versions.has(key)) return 'the version was registered already';
      this.#versions.set(key, {
        ...{ content: {}, startsOn: undefined, endsOn: undefined },
        ...{ state: 'open', approvedBy: null, workedOnBy: new Set() },
      });
    }
    const version = this.#versions.get(key);
    if (version === undefined) return 'the version of an extract that it speaks of was never registered';
    const isOpen = version.state === 'open';
    switch (act) {
      case 'extract-registered':
      case 'extract-edited':
        if (!isOpen) return 'it changes a version that was approved';
        version.workedOnBy.add(actor.id);
        say(version, data, read.data);
        return undefined;
      case 'extract-details-changed':
        say(version, data, read.data);
        return undefined;
      case 'extract-sent':
        version.workedOnBy.add(actor.id);
        return undefined;
      case 'extract-approved':
        return isOpen ? this.#approve(version, read.data.extract, entry) : 'the version does not wait';
      case 'extract-suspended':
        version.state = 'suspended';
        return undefined;
      case 'extract-resumed':
        if (version.state !== 'suspended') return 'the version was not suspended';
        if (version.workedOnBy.has(actor.id)) return SAME_PERSON;
        version.state = 'approved';
        return undefined;
      default:
        version.state = 'ended';
        return undefined;
    }
  }

  /** Says why a version was not to release at an instant, if so; of one never registered: see verify-extracts.ts. */
  whyNotInForce(of: { extract: string; version: number }, at: string): string | undefined {
    const version = this.#versions.get(keyOf(of));
    if (version === undefined) return undefined;
    if (version.state !== 'approved') return 'it is of a version of an extract that was not approved then';
    const { startsOn, endsOn } = version;
    const today = londonDay(new Date(at));
    const isOut = (startsOn !== undefined && today < startsOn) || (endsOn !== undefined && today > endsOn);
    return isOut ? 'it is of a version of an extract whose dates it is not in' : undefined;
  }

  /** After the last entry: the versions that the guard reads are those of the entries. */
  async finish(): Promise<Problem | undefined> {
    for (const row of await this.reader.versions()) {
      const version = this.#versions.get(keyOf(row));
      if (version === undefined || !isSame(version, row))
        return { index: null, what: 'a version of an extract is not what the entries say' };
    }
    return undefined;
  }

  #approve(version: Version, extract: string, { actor, data }: ReadEntry): string | undefined {
    if (version.workedOnBy.has(actor.id)) return SAME_PERSON;
    version.state = 'approved';
    version.approvedBy = actor.id;
    const { replaces } = approval.parse(data);
    const before = this.#versions.get(keyOf({ extract, version: replaces ?? 0 }));
    if (before !== undefined) before.state = 'superseded';
    return undefined;
  }
}

const SAME_PERSON = 'who worked on a version of an extract let it run';

const acts = ['registered', 'edited', 'details-changed', 'sent', 'approved', 'suspended', 'resumed', 'ended'];
const isOfVersion = (act: string): boolean => acts.some((one) => act === `extract-${one}`);

const keyOf = ({ extract, version }: { extract: string; version: number }): string => `${extract} ${version}`;

function say(version: Version, content: JsonObject, { startsOn, endsOn }: z.infer<typeof named>): void {
  version.content = content;
  version.startsOn = startsOn;
  version.endsOn = endsOn;
}

/** What an entry does not speak of, written before there was such a thing, is not held against it. */
function isSame({ content, state, approvedBy }: Version, row: VersionRow): boolean {
  const isState = state === 'open' ? openStates.includes(row.state) : row.state === state;
  const said = Object.keys(content).filter((name) => !besides.includes(name));
  return (
    isState &&
    row.content !== null &&
    row.approvedBy === approvedBy &&
    said.every((name) => canonicalJson(content[name] ?? null) === canonicalJson(row.content?.[name] ?? null))
  );
}
