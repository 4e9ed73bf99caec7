import { Frontier } from './frontier.ts';
import { InOrder } from './in-order.ts';
import type { ActRow, HeadRow, LedgerReader, Problem } from './ledger-reader.ts';
import { sameHash } from './merkle.ts';
import { PatientRoll } from './patient-roll.ts';
import { type ReadEntry, readEntry } from './read-entry.ts';
import { CanaryReplay } from './verify-canaries.ts';
import { CheckpointReplay } from './verify-checkpoints.ts';
import { ConsentReplay, type ConsentRules } from './verify-consents.ts';
import { ExtractReplay, type ExtractRules } from './verify-extracts.ts';
import { ObjectionReplay, type ObjectionRules } from './verify-objections.ts';
import { PersonReplay } from './verify-persons.ts';
import { type AccountRules, ReleaseReplay } from './verify-releases.ts';
import { TellingReplay, type TellingRules } from './verify-tellings.ts';
import { VersionReplay } from './verify-versions.ts';

/** How many of each were found to hold. */
export type Checked = {
  readonly entries: number;
  readonly patients: number;
  readonly objectionActs: number;
  readonly objections: number;
  readonly exemptions: number;
  readonly consentActs: number;
  readonly tellings: number;
  readonly releases: number;
  readonly checks: number;
  readonly accounts: number;
  readonly checkpoints: number;
};

export type Verified = { readonly ok: true; readonly checked: Checked } | ({ readonly ok: false } & Problem);

export type Rules<A extends ActRow> = {
  readonly objections: ObjectionRules<A>;
  readonly accounts: AccountRules;
  readonly extracts: ExtractRules;
  readonly consents: ConsentRules<A>;
  readonly tellings: TellingRules;
};

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
 * - every exemption and every act on a consent has its entries and the other way round; no release left an objection out
 *   but on its ground or an exemption then in force, nor let out, where consent is asked for, anybody without it;
 * - everything that patients were told has its entry and the other way round;
 * - every published checkpoint is of this tree and signed by the key of its time, the head by the key of now, and
 *   public tiles are what their leaves come to;
 * - what keeps the tables append-only is in place.
 *
 * @param elsewhere signed checkpoints that were kept outside of the database: the ledger has to continue each
 *
 * Memory grows with patients and acts on objections, not with entries or with what releases held.
 */
export async function verifyLedger<A extends ActRow>(
  reader: LedgerReader<A>,
  rules: Rules<A>,
  elsewhere: readonly string[] = [],
): Promise<Verified> {
  const [missing] = await reader.missingTriggers();
  if (missing !== undefined) return failed({ index: null, what: `the trigger ${missing} is missing` });
  const head = await reader.head();
  if (head === null) return failed({ index: null, what: 'the head is missing' });
  const patients = new PatientRoll();
  const unlisted = await patients.read(reader, head.nextOrdinal);
  if (unlisted !== undefined) return failed(unlisted);
  const persons = new PersonReplay(reader, patients);
  const objections = new ObjectionReplay(reader, rules.objections, patients, persons);
  const extracts = new ExtractReplay(reader, rules.extracts);
  const consents = new ConsentReplay(reader, rules.consents, patients, persons, objections);
  const tellings = new TellingReplay(reader, rules.tellings, patients, persons);
  const versions = new VersionReplay(reader);
  const canaries = new CanaryReplay(reader);
  const inForce = { objections, extracts, consents, versions };
  const releases = new ReleaseReplay(reader, rules.accounts, patients, inForce);

  const checkpoints = new CheckpointReplay(reader);
  await checkpoints.begin(elsewhere);

  const frontier = Frontier.empty();
  for await (const step of readLog(reader)) {
    if (!step.ok) return failed(step);
    const { entry, commitment } = step;
    const grow = () => {
      frontier.append(commitment);
      return frontier;
    };
    const before =
      persons.check(entry) ??
      (await objections.check(entry)) ??
      versions.check(entry) ??
      canaries.check(entry) ??
      extracts.check(entry) ??
      (await consents.check(entry)) ??
      (await tellings.check(entry)) ??
      checkpoints.check(entry);
    const what = before ?? (await releases.check(entry, frontier)) ?? checkpoints.grown(grow(), commitment);
    if (what !== undefined) return failed({ index: entry.index, what });
  }
  const problem =
    checkHead(head, frontier) ??
    (await objections.finish()) ??
    (await persons.finish()) ??
    (await extracts.finish()) ??
    (await versions.finish()) ??
    (await canaries.finish()) ??
    (await consents.finish()) ??
    (await tellings.finish()) ??
    (await releases.finish()) ??
    checkpoints.finish(head) ??
    unlisted;
  if (problem !== undefined) return failed(problem);
  return {
    ok: true,
    checked: {
      entries: frontier.size,
      patients: patients.size,
      objectionActs: objections.acts,
      objections: objections.projections,
      exemptions: extracts.exemptions,
      consentActs: consents.acts,
      tellings: tellings.acts,
      releases: releases.releases,
      checks: releases.checks,
      accounts: releases.accounts,
      checkpoints: checkpoints.checkpoints,
    },
  };
}

type Step = { ok: true; entry: ReadEntry; commitment: Uint8Array } | ({ ok: false } & Problem);

/** Gives entry by entry, each held against its leaf. */
async function* readLog(
  reader: Pick<LedgerReader<ActRow>, 'ods' | 'leaves' | 'texts'>,
): AsyncGenerator<Step> {
  const ods = await reader.ods();
  const leaves = new InOrder(reader.leaves(), (leaf) => leaf.index);
  const texts = new InOrder(reader.texts(), (text) => text.index);
  for (let index = 0; ; index += 1) {
    const leaf = await leaves.take(index);
    const text = await texts.take(index);
    if (leaf === undefined || text === undefined) {
      const atEnd = (await leaves.next()) === undefined && (await texts.next()) === undefined;
      if (atEnd && leaf === text) return;
      yield { ok: false, index, what: leaf === undefined ? 'its leaf is missing' : 'its text is missing' };
      return;
    }
    const read = readEntry(leaf, text, ods);
    yield read.ok ? { ...read, commitment: leaf.commitment } : { ...read, index };
  }
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

function failed(problem: Problem): Verified {
  return { ok: false, index: problem.index, what: problem.what };
}
