import { randomBytes } from 'node:crypto';
import type { PartRecord } from '../ledger/release-entry.ts';
import type { Admitted } from './admit.ts';
import type { Plan } from './decide-records.ts';
import { isTooUnreadable, isUnusual } from './end-rules.ts';
import type { Guard } from './guard.ts';
import { numbersOf } from './membership.ts';
import type { PatientIndex } from './patient-index.ts';
import type { Decision, LedgerState, Running, StopReason } from './release-store.ts';
import { holdsFor, lookAgain } from './second-look.ts';
import { passesSelfTest } from './self-test.ts';
import type { SpooledPart } from './spooled-part.ts';
import type { SpooledRelease } from './spooled-release.ts';

/** A release is compared with this many of its version that were complete. */
const COMPARED_WITH = 5;

export type Decided =
  | { readonly ok: true; readonly ledger: LedgerState }
  | {
      readonly ok: false;
      readonly reason: StopReason | 'too-many-unreadable' | 'self-test' | 'unusual-number';
    };

/**
 * Decides a release whose whole input was scanned: the guard tests itself, the rules for the end of a file run, who
 * objected since the scan began is taken out, and the decision is committed. It is made again as often as somebody in
 * it objects before it is final.
 */
export async function decideRelease(
  guard: Guard,
  release: Running,
  { version, rule }: Admitted,
  spooled: SpooledRelease,
): Promise<Decided> {
  const { stops } = version;
  const { plan } = spooled;
  if (!(await passesSelfTests(spooled, version, plan))) return { ok: false, reason: 'self-test' };
  await spooled.takeOut(spooled.doubted);
  const unreadable = spooled.result.reasons.get('cannot-be-read') ?? 0;
  if (isTooUnreadable(unreadable, spooled.result.counts.in, stops.maxUnreadable)) {
    return { ok: false, reason: 'too-many-unreadable' };
  }
  const limit = rule.withholdsNobody ? null : stops.usualNumber;
  const usual =
    limit === null ? [] : (await guard.releases.lastComplete(release, COMPARED_WITH)).map(numbersOf);
  for (;;) {
    const index = rule.withholdsNobody ? plan.index : await guard.indexOf(release.practiceId).refresh();
    await spooled.takeOut(lookAgain(rule, spooled.result.membership, plan.index, index));
    const decision = decisionOn(spooled, index, guard.now());
    if (isUnusual(numbersOf(decision.account), usual, limit)) return { ok: false, reason: 'unusual-number' };
    const committed = await guard.releases.decide(release, decision);
    if (committed.ok) return committed;
    const { reason } = committed;
    if (reason !== 'changed') return { ok: false, reason };
  }
}

/** The self-test of every file, under its own header; of what has none, once for each format. */
async function passesSelfTests(
  { parts }: SpooledRelease,
  version: Admitted['version'],
  plan: Plan,
): Promise<boolean> {
  const tested = new Set<string>();
  for (const { result } of parts) {
    const { head } = result;
    if (head === undefined || tested.has(head.format)) continue;
    if (head.format !== 'text/csv') tested.add(head.format);
    if (!(await passesSelfTest(head, version, plan))) return false;
  }
  return true;
}

function decisionOn(spooled: SpooledRelease, index: PatientIndex, at: Date): Decision {
  const { rule, index: before } = spooled.plan;
  const { counts, reasons, emptied, digests, bytesOut, membership } = spooled.result;
  return {
    applies: { type1: rule.type1, type2: rule.type2 },
    counts,
    reasons: Object.fromEntries(reasons),
    emptied,
    parts: spooled.isInParts ? spooled.parts.map(partOf) : [],
    digests,
    bytesOut,
    account: membership.account(randomBytes(16)),
    at,
    indexSize: index.ledgerSize,
    indexEntry: index.lastEntry,
    holds: holdsFor(rule, membership, before, index),
  };
}

function partOf({ name, scan, result: { counts, digests, bytesOut } }: SpooledPart): PartRecord {
  return { name, format: scan.format, counts, digests, bytesOut };
}
