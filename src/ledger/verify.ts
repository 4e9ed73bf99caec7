import type { Frontier } from './frontier.ts';
import { GrownTree } from './grown-tree.ts';
import type { ActRow, HeadRow, LedgerReader, Problem } from './ledger-reader.ts';
import { keptTree, MARK_FORMAT, type Mark, treeOf } from './mark.ts';
import { sameHash } from './merkle.ts';
import { PatientRoll } from './patient-roll.ts';
import { replayEntries } from './replay-entries.ts';
import { Replays, type Rules } from './replays.ts';
import { verifyShare } from './verify-share.ts';

export type { Rules } from './replays.ts';

/** How many of each were found to hold. */
export type Checked = {
  readonly entries: number;
  readonly patients: number;
  readonly objectionActs: number;
  readonly objections: number;
  readonly exemptions: number;
  readonly consentActs: number;
  readonly tellings: number;
  readonly wordings: number;
  readonly releases: number;
  readonly checks: number;
  readonly accounts: number;
  readonly checkpoints: number;
  readonly registers: number;
};

export type Verified = { readonly ok: true; readonly checked: Checked } | ({ readonly ok: false } & Problem);

/** What the check of a ledger begins with. */
export type Beginning = {
  /** Signed checkpoints that were kept outside of the database: the ledger has to continue each. */
  readonly elsewhere?: readonly string[];
  /** What an earlier check kept, and which seventh (0 to 6) of what is older is to be read again; absent: everything is. */
  readonly since?: { readonly mark: Mark; readonly share: number };
  /** Is told now and then how many entries were looked at, of how many. */
  readonly progress?: (done: number, size: number) => Promise<unknown>;
};

/** What to keep of a check that found everything right. */
export type Kept = Omit<Mark, 'wholeAt'>;

/**
 * Derives a practice's ledger again from what is kept, and stops at the first thing that does not hold:
 *
 * - every entry is whole, in its place, and what its leaf commits to; the tree over all leaves is the head's;
 * - every act on an objection has its entry and the other way round, and the lists show what the acts come to;
 * - which records are of one person is what the entries about that come to;
 * - every release, check and account has its entries and the other way round;
 * - no release or check let out a patient who had, by the entries before its own, an objection in force of a type
 *   that it applied, on any of their records;
 * - every version of an extract is what the entries say, nobody who worked on one let it run, and no release or check is
 *   of one that was not approved and in its dates then;
 * - every made-up patient who watches over an extract is what the entries say;
 * - every wording that patients are told by, and each translation, is the one that its entry names;
 * - every exemption and every act on a consent has its entries and the other way round; no release left an objection out
 *   but on its ground or an exemption then in force, nor let out, where consent is asked for, anybody without it;
 * - every act of telling a patient has its entry and the other way round; where a version asks that patients were told, no
 *   release let out anybody who was not, long enough before, by a notice that covered it;
 * - every published checkpoint is of this tree and signed by the key of its time, the head by the key of now, and
 *   public tiles are what their leaves come to;
 * - every published register has its entry and the other way round, and tells what the entries before it tell of releases,
 *   approved versions, exemptions, stops and flows elsewhere;
 * - what keeps the tables append-only is in place.
 *
 * Memory grows with patients and acts on objections, not with entries or with what releases held.
 */
export async function verifyLedger<A extends ActRow>(
  reader: LedgerReader<A>,
  rules: Rules<A>,
  elsewhere: readonly string[] = [],
): Promise<Verified> {
  return (await verifyFrom(reader, rules, { elsewhere })).verified;
}

/**
 * The same from what an earlier check kept: what is new is replayed; what is in force, who is on the list, what was
 * published and how many entries, releases and accounts there are is held against what the check before and the new
 * entries come to; and of the older entries and releases a seventh is read again. Not looked at are the other older
 * entries and the rows of older releases. What does not hold may also come of a mark that does not fit: only a whole
 * check then says what is wrong.
 *
 * @returns `kept` when everything holds
 */
export async function verifyFrom<A extends ActRow>(
  reader: LedgerReader<A>,
  rules: Rules<A>,
  beginning: Beginning,
): Promise<{ readonly verified: Verified; readonly kept?: Kept }> {
  const [missing] = await reader.missingTriggers();
  if (missing !== undefined) return failed({ index: null, what: `the trigger ${missing} is missing` });
  const head = await reader.head();
  if (head === null) return failed({ index: null, what: 'the head is missing' });
  const patients = new PatientRoll();
  const unlisted = await patients.read(reader, head.nextOrdinal);
  if (unlisted !== undefined) return failed(unlisted);
  const { since } = beginning;
  const replays = new Replays(reader, rules, patients, since?.mark.size ?? 0);
  const tree = since === undefined ? new GrownTree() : treeOf(since.mark);
  try {
    const problem =
      (await begin(replays, patients, tree, beginning)) ??
      (await replayEntries({ reader, replays, tree, head }, beginning)) ??
      checkHead(head, tree.frontier) ??
      (await checkCounts(reader, head)) ??
      (await replays.finish(head, tree)) ??
      (since && (await verifyShare(reader, replays, since.mark, since.share)));
    if (problem !== undefined) return failed(problem);
  } finally {
    await replays.digests.end();
  }
  const kept = {
    ...{ format: MARK_FORMAT, ...keptTree(tree) },
    ...{ patients: patients.keep(), replayed: replays.keep() },
  };
  return { verified: { ok: true, checked: checkedBy(replays, tree, patients) }, kept };
}

async function begin<A extends ActRow>(
  replays: Replays<A>,
  patients: PatientRoll,
  tree: GrownTree,
  { since, elsewhere = [] }: Beginning,
): Promise<Problem | undefined> {
  if (since === undefined) {
    await replays.begin(elsewhere);
    return undefined;
  }
  const what =
    patients.whyNot(since.mark.patients) ?? (await replays.resume(since.mark, elsewhere, tree.frontier));
  return what === undefined ? undefined : { index: null, what };
}

function checkedBy<A extends ActRow>(
  replays: Replays<A>,
  { frontier }: GrownTree,
  patients: PatientRoll,
): Checked {
  const { objections, extracts, consents, tellings, notices, releases, checkpoints, registers } = replays;
  return {
    entries: frontier.size,
    patients: patients.size,
    objectionActs: objections.acts,
    objections: objections.projections,
    exemptions: extracts.exemptions,
    consentActs: consents.acts,
    tellings: tellings.acts,
    wordings: notices.wordings,
    releases: releases.releases,
    checks: releases.checks,
    accounts: releases.accounts,
    checkpoints: checkpoints.checkpoints,
    registers: registers.registers,
  };
}

/** An entry that is gone is missed by its number even where nobody reads it again that night. */
async function checkCounts(reader: LedgerReader<ActRow>, { size }: HeadRow): Promise<Problem | undefined> {
  const { leaves, texts } = await reader.counts();
  const wrong = leaves === size ? (texts === size ? undefined : 'texts') : 'leaves';
  return wrong && { index: null, what: `the ${wrong} of the entries are not as many as the head counts` };
}

function checkHead(head: HeadRow, frontier: Frontier): Problem | undefined {
  if (head.size !== frontier.size) {
    const index = Math.min(head.size, frontier.size);
    return { index, what: `the head counts ${head.size} entries, there are ${frontier.size}` };
  }
  const isHead =
    sameHash(head.root, frontier.root()) && Buffer.compare(head.frontier, frontier.toBytes()) === 0;
  return isHead
    ? undefined
    : { index: head.size - 1, what: 'the tree of all entries is not the one of the head' };
}

function failed({ index, what }: Problem): { verified: Verified } {
  return { verified: { ok: false, index, what } };
}
