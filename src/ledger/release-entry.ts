import { digestOf } from './digest-of.ts';
import type { Json, JsonObject, LedgerAct } from './entry.ts';

/** A release or check as it is kept, as far as the ledger speaks of it. */
export type ReleaseRecord = {
  readonly id: string;
  readonly extractId: string;
  readonly version: number;
  /** release | check */
  readonly kind: string;
  /** Id of the key that sent it. */
  readonly keyId: string;
  readonly format: string;
  readonly countIn: number | null;
  readonly countOut: number | null;
  readonly countWithheld: number | null;
  /** JSON: rows withheld by reason. */
  readonly reasons: string | null;
  readonly digestIn: string | null;
  readonly digestOut: string | null;
  readonly bytesOut: number | null;
  /** The ledger that it was decided on: everything in it counted. The size is the index of the deciding entry. */
  readonly ledgerSize: number | null;
  readonly ledgerRoot: string | null;
  /** Values that left empty because no treatment could read them; null of a check. */
  readonly emptied?: number | null;
  /** Its files, when it came in parts. */
  readonly parts?: readonly PartRecord[];
};

/** What one of the files of a release came to. */
export type PartRecord = {
  readonly name: string;
  /** The content type of the file. */
  readonly format: string;
  readonly counts: { readonly in: number; readonly out: number; readonly withheld: number };
  /** SHA-256 in hexadecimal. */
  readonly digests: { readonly in: string; readonly out: string };
  readonly bytesOut: number;
};

/** Whose data left (src/guard/membership.ts says how it is written down). */
export type AccountRecord = {
  readonly members: Uint8Array;
  /** More of them, as ordinals; null in accounts of before. */
  readonly memberOrdinals: Uint8Array | null;
  readonly unlisted: Uint8Array;
  readonly withheld: Uint8Array;
  readonly salt: Uint8Array;
  readonly digest: string;
};

/**
 * The types of objection that the release's rule applied; `consent`: only who had consented to the extract left; `told`:
 * only who was told of it at least so many days before.
 */
export type Applies = {
  readonly type1: boolean;
  readonly type2: boolean;
  readonly consent?: true;
  readonly told?: number;
};

type EntryOf = { readonly act: LedgerAct; readonly data: JsonObject };

/** What the ledger says when a release begins. A check is decided at once, and has no such entry. */
export function startedEntry(release: ReleaseRecord): EntryOf {
  const { id, extractId, version, kind, format } = release;
  return { act: 'release-started', data: { release: id, extract: extractId, version, kind, format } };
}

/**
 * What the ledger says when a release or check is decided, before its first byte leaves: the rule, the counts, and
 * digests of the input, the output and whose data is in it. Commands append exactly this, and `ledger verify` derives
 * it again from the rows.
 */
export function decidedEntry(release: ReleaseRecord, account: AccountRecord, applies: Applies): EntryOf {
  const { id, extractId, version, kind, format, emptied, parts } = release;
  // Put together piece by piece: `ledger verify` makes one of every release and check, and `...` takes long.
  const data: Record<string, Json> = {
    release: id,
    extract: extractId,
    version,
    kind,
    format,
    applies: appliedOf(applies),
    counts: { in: release.countIn, out: release.countOut, withheld: release.countWithheld },
    reasons: release.reasons === null ? null : parsed(release.reasons),
    digests: { in: release.digestIn, out: release.digestOut },
    bytes: release.bytesOut,
    members: account.digest,
    account: digestOfAccount(account),
    ledger: { size: release.ledgerSize, root: release.ledgerRoot },
  };
  if (emptied != null) data.emptied = emptied;
  if (parts?.length) data.parts = digestOfParts(parts);
  return { act: kind === 'check' ? 'check-decided' : 'release-decided', data };
}

function appliedOf({ type1, type2, consent, told }: Applies): JsonObject {
  const applied: Record<string, Json> = { type1, type2 };
  if (consent) applied.consent = true;
  if (told !== undefined) applied.told = told;
  return applied;
}

/** Over all that is said of each part, in their order. */
function digestOfParts(parts: readonly PartRecord[]): string {
  const lines = parts.map(({ name, format, counts, digests, bytesOut }) =>
    JSON.stringify([name, format, counts.in, counts.out, counts.withheld, digests.in, digests.out, bytesOut]),
  );
  return digestOf([lines.join('\n')]);
}

/**
 * Over all that the account holds, byte for byte; each piece with its length, so that no byte can change sides. What has
 * no list of ordinals is digested as it was before there were any.
 */
function digestOfAccount({ salt, members, memberOrdinals, unlisted, withheld }: AccountRecord): string {
  const pieces = [salt, members, unlisted, withheld];
  if (memberOrdinals !== null && memberOrdinals.length > 0) pieces.push(memberOrdinals);
  return digestOf(pieces.flatMap((piece) => [`${piece.length}\n`, piece]));
}

/** What cannot be parsed is passed on as it is: it will not be what the entry says. */
function parsed(json: string): Json {
  try {
    return JSON.parse(json) as Json;
  } catch {
    return json;
  }
}

const endingActs = {
  complete: 'release-completed',
  failed: 'release-failed',
  interrupted: 'release-interrupted',
} as const satisfies Record<string, LedgerAct>;

/** How a release can end. */
export type Ending = keyof typeof endingActs;

/** What the ledger says when a release has ended. `reason` is a code, null when all went well. */
export function endedEntry(releaseId: string, ending: Ending, reason: string | null): EntryOf {
  return { act: endingActs[ending], data: { release: releaseId, reason } };
}

const endings = new Map<LedgerAct, Ending>(
  (Object.keys(endingActs) as Ending[]).map((ending) => [endingActs[ending], ending]),
);

/** The ending that an act stands for; undefined for other acts. */
export function endingOf(act: LedgerAct): Ending | undefined {
  return endings.get(act);
}
