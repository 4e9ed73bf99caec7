import { randomBytes } from 'node:crypto';
import type { PartRecord } from '../ledger/release-entry.ts';
import type { ObjectionType } from '../objections/objection.ts';
import type { Admitted } from './admit.ts';
import { type Rule, strictest } from './decide.ts';
import type { Plan } from './decide-records.ts';
import { isTooUnreadable, isUnusual, usualNumber } from './end-rules.ts';
import type { Guard } from './guard.ts';
import { type Membership, numbersOf } from './membership.ts';
import type { PatientIndex } from './patient-index.ts';
import type { Applies, Decision, LedgerState, NobodyThere, Running, StopReason } from './release-store.ts';
import { ruleToday } from './rule-today.ts';
import { holdsFor, isSameRule, lookAgain, lookingAgain } from './second-look.ts';
import { passesSelfTest } from './self-test.ts';
import { inTurns } from './slices.ts';
import type { SpooledPart } from './spooled-part.ts';
import type { SpooledRelease } from './spooled-release.ts';
import { raise, type StopKind, type StopSaid } from './stop.ts';

/** A release is compared with this many of its version that were complete. */
const COMPARED_WITH = 5;

/**
 * How often a decision is made while others go on recording, before recording waits for it: taking rows out of a large
 * file takes seconds, and where somebody in it objects more often than that, it would be decided for ever.
 */
const TRIES_BESIDE_OTHERS = 4;

export type Decided =
  | { readonly ok: true; readonly ledger: LedgerState }
  | NobodyThere
  | { readonly ok: false; readonly reason: StopReason | StopKind };

/**
 * Decides a release whose whole input was scanned: the guard tests itself, the rules for the end of a file run, who
 * objected since the scan began is taken out, and the decision is committed. It is made again when somebody in it objects,
 * or an exemption changes, before it is final; the last time while nobody can record anything.
 */
export async function decideRelease(
  guard: Guard,
  release: Running,
  admitted: Admitted,
  spooled: SpooledRelease,
  isGone: () => boolean,
): Promise<Decided> {
  const { version } = admitted;
  const { plan } = spooled;
  const stopsFor = (kind: StopKind, said: StopSaid = {}) =>
    raise(guard, admitted, kind, { releaseId: release.id, ...said });
  await spooled.takeOut(spooled.doubted);
  for (const kind of await foundAtEnd(admitted, spooled))
    if (await stopsFor(kind)) return { ok: false, reason: kind };
  const { usualNumber: share } = version.stops;
  const usual = share === null ? [] : await guard.releases.lastNumbers(release, COMPARED_WITH);
  const decideNow = async () => {
    const { rule, exempt } = await ruleNow(guard, admitted, plan.rule);
    const index = rule.withholdsNobody ? plan.index : await guard.indexOf(release.practiceId).refresh();
    // Who objects between the slices of this is not in it: the change to the ledger finds that, under its lock.
    if (!index.isAsBefore(plan.index) || !isSameRule(rule, plan.rule))
      await spooled.takeOut(await inTurns(lookingAgain(rule, spooled.membership, plan.index, index)));
    return decisionOn(spooled, rule, exempt, index, guard.now());
  };
  const isUnusualNow = ({ account }: Decision) =>
    share !== null && isUnusual(numbersOf(account), usual, share);
  for (let tries = 1; ; tries++) {
    const decision = await decideNow();
    const unusual = isUnusualNow(decision);
    if (unusual) {
      const numbers = numbersOf(decision.account);
      const stops = await stopsFor('unusual-number', { numbers, usual: usualNumber(usual) });
      if (stops) return { ok: false, reason: 'unusual-number' };
    }
    // A stop cannot be raised under the lock: a number that is unusual only there goes round once more.
    const decideUnderLock = async () => {
      const last = await decideNow();
      return !unusual && isUnusualNow(last) ? undefined : last;
    };
    const underLock = tries >= TRIES_BESIDE_OTHERS ? decideUnderLock : undefined;
    const committed = await guard.releases.decide(release, decision, underLock, isGone);
    if (committed.ok) return committed;
    const { reason } = committed;
    if (reason !== 'changed') return { ok: false, reason };
  }
}

/** What the files and the guard's self-test give reason to stop for, whatever becomes of it. */
async function foundAtEnd(admitted: Admitted, spooled: SpooledRelease): Promise<StopKind[]> {
  const { plan, result } = spooled;
  const passes = await passesSelfTests(admitted, spooled);
  const unreadable = result.reasons.get('cannot-be-read') ?? 0;
  const { maxUnreadable } = admitted.version.stops;
  return [
    ...(passes ? [] : (['self-test'] as const)),
    ...(isTooUnreadable(unreadable, result.counts.in, maxUnreadable)
      ? (['too-many-unreadable'] as const)
      : []),
    ...canariesOf(spooled.membership, plan),
  ];
}

/** The self-test of every file, under its own header; of what has none, once for each format. */
async function passesSelfTests(
  { version, exempt }: Admitted,
  { parts, plan, hasKernel }: SpooledRelease,
): Promise<boolean> {
  const tested = new Set<string>();
  for (const { result } of parts) {
    const { head } = result;
    if (head === undefined || tested.has(head.format)) continue;
    if (head.format !== 'text/csv') tested.add(head.format);
    if (!(await passesSelfTest(head, { ...version, exempt }, plan, hasKernel))) return false;
  }
  return true;
}

/** Whether a made-up patient of the clinical system was permitted, or is in no file. */
function canariesOf(membership: Membership, { watch }: Pick<Plan, 'watch'>): StopKind[] {
  const seen = membership.canariesSeen();
  const all = [...(watch?.canaries ?? [])];
  return [
    ...(all.some((key) => seen.get(key) === true) ? (['canary-permitted'] as const) : []),
    ...(all.some((key) => !seen.has(key)) ? (['canary-lost'] as const) : []),
  ];
}

/**
 * The rule as the exemptions in force, the notices and the day make it now, and never laxer than another: what an exemption
 * that was approved meanwhile would let leave was withheld already, and so was who counts as told since midnight.
 */
export async function ruleNow(
  guard: Pick<Guard, 'extracts' | 'now'>,
  { version, exempt: before }: Admitted,
  atLeast: Rule,
): Promise<{ rule: Rule; exempt: readonly ObjectionType[] }> {
  // Nothing is withheld from direct care, whatever was approved.
  if (atLeast.withholdsNobody) return { rule: atLeast, exempt: before };
  const { ruled, exempt } = await ruleToday(guard, version);
  return { rule: ruled.ok ? strictest(atLeast, ruled.rule) : atLeast, exempt };
}

/**
 * Whether everybody whom a release in parts permitted still may leave. Its decision was final when it was made; but what
 * is fetched of it is an answer that begins later, and whoever objected before that is in none.
 *
 * @throws when the index cannot be brought up to date: then nothing may leave
 */
export async function mayStillLeave(
  guard: Guard,
  admitted: Admitted,
  { plan, membership }: SpooledRelease,
): Promise<boolean> {
  const { rule } = await ruleNow(guard, admitted, plan.rule);
  if (rule.withholdsNobody) return true;
  const index = await guard.indexOf(admitted.version.practiceId).refresh();
  if (index.isAsBefore(plan.index) && isSameRule(rule, plan.rule)) return true;
  // At once: the answer may begin now, and nobody may object between.
  return lookAgain(rule, membership, plan.index, index).size === 0;
}

/** What the ledger says that a rule applied. */
export function appliedBy({ type1, type2, consentTo, told }: Rule): Applies {
  return {
    type1,
    type2,
    ...(consentTo !== undefined && { consent: true }),
    ...(told !== undefined && { told: told.days }),
  };
}

async function decisionOn(
  spooled: SpooledRelease,
  rule: Rule,
  exempt: readonly ObjectionType[],
  index: PatientIndex,
  at: Date,
): Promise<Decision> {
  const { index: before } = spooled.plan;
  const { counts, reasons, emptied, digests, bytesOut, membership } = spooled.result;
  const account = await inTurns(membership.accounting(randomBytes(16)));
  return {
    applies: appliedBy(rule),
    exempt,
    counts,
    reasons: Object.fromEntries(reasons),
    emptied,
    parts: spooled.isInParts ? spooled.parts.map(partOf) : [],
    digests,
    bytesOut,
    account,
    at,
    indexSize: index.ledgerSize,
    indexEntry: index.lastEntry,
    holds: holdsFor(rule, membership, before, index),
  };
}

function partOf({ name, scan, result: { counts, digests, bytesOut } }: SpooledPart): PartRecord {
  return { name, format: scan.format, counts, digests, bytesOut };
}
