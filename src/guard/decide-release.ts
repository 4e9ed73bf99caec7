import { randomBytes } from 'node:crypto';
import type { Admitted } from './admit.ts';
import type { Plan } from './decide-rows.ts';
import { isTooUnreadable, isUnusual } from './end-rules.ts';
import type { Guard } from './guard.ts';
import { numbersOf } from './membership.ts';
import type { PatientIndex } from './patient-index.ts';
import type { Decision, LedgerState, Running, StopReason } from './release-store.ts';
import { holdsFor, lookAgain } from './second-look.ts';
import { passesSelfTest } from './self-test.ts';
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
  plan: Plan,
  spooled: SpooledRelease,
): Promise<Decided> {
  const { stops } = version;
  if (!(await passesSelfTest(spooled.result, version, plan))) return { ok: false, reason: 'self-test' };
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
    const decision = decisionOn(spooled, plan, index, guard.now());
    if (isUnusual(numbersOf(decision.account), usual, limit)) return { ok: false, reason: 'unusual-number' };
    const committed = await guard.releases.decide(release, decision);
    if (committed.ok) return committed;
    const { reason } = committed;
    if (reason !== 'changed') return { ok: false, reason };
  }
}

function decisionOn(
  spooled: SpooledRelease,
  { rule, index: before }: Plan,
  index: PatientIndex,
  at: Date,
): Decision {
  const { counts, reasons, digests, bytesOut, emptied, membership } = spooled.result;
  return {
    applies: { type1: rule.type1, type2: rule.type2 },
    counts,
    reasons: Object.fromEntries(reasons),
    digests,
    bytesOut,
    emptied,
    account: membership.account(randomBytes(16)),
    at,
    indexSize: index.ledgerSize,
    indexEntry: index.lastEntry,
    holds: holdsFor(rule, membership, before, index),
  };
}
