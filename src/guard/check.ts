import { randomBytes, randomUUID } from 'node:crypto';
import type { ObjectionType } from '../objections/objection.ts';
import { keyOfText } from '../patients/nhs-number.ts';
import { admit, warnOfStaleList } from './admit.ts';
import type { Rule } from './decide.ts';
import { NumberDecider } from './decide-number.ts';
import { appliedBy, ruleNow } from './decide-release.ts';
import type { Guard, Job, Refused } from './guard.ts';
import { indexFor } from './index-for.ts';
import type { PatientIndex } from './patient-index.ts';
import type { Decision, LedgerState, Running } from './release-store.ts';
import { holdsFor } from './second-look.ts';
import { decidesMadeUpPeople } from './self-test.ts';
import { asOfNow } from './shared-reads.ts';
import { raise } from './stop.ts';
import { watchOver } from './watch-over.ts';

export { AGAIN, PERMIT, WITHHELD } from './decide-number.ts';
export { permittedList, type Written } from './permitted-list.ts';
export { plainNumbers } from './plain-numbers.ts';

/** NHS numbers as they came, or their keys as nhsNumberKey says. */
export type Asked = readonly string[] | Int32Array;

/** What a check came to. */
export type Checked = {
  readonly ok: true;
  readonly id: string;
  readonly extractId: string;
  readonly version: number;
  readonly checkedAt: Date;
  /** The keys of the numbers asked, in order, as nhsNumberKey says. */
  readonly keys: Int32Array;
  /** For each of them WITHHELD, PERMIT, or AGAIN when it was permitted further in front. */
  readonly answers: Uint8Array;
  readonly counts: { readonly asked: number; readonly permitted: number; readonly withheld: number };
  readonly ledger: LedgerState;
};

/**
 * Says which of these patients may be in an extract now. What is permitted counts as having left.
 *
 * @param asked 1 to 100,000; what is no NHS number is only not permitted
 * @param format the content type of the question
 */
export async function checkNumbers(
  guard: Guard,
  job: Job,
  extractId: string,
  asked: Asked,
  format: string,
): Promise<Checked | Refused> {
  const startedAt = guard.now();
  const { practiceId, keyId } = job;
  const first = await asOfNow(guard, practiceId);
  const admitted = await admit(first, job, extractId);
  if (!admitted.ok) return admitted;
  const { version, rule } = admitted;
  if (!version.checksApproved) return { ok: false, reason: 'checks-not-approved' };
  await warnOfStaleList(first, admitted);
  const watch = await watchOver(first, version);
  if (!decidesMadeUpPeople({ ...version, exempt: admitted.exempt }, rule, watch)) {
    if (await raise(guard, admitted, 'self-test')) return { ok: false, reason: 'self-test' };
  }
  const keys = asked instanceof Int32Array ? asked : Int32Array.from(asked, keyOfText);
  const id = randomUUID();
  const check: Running = { id, practiceId, extractId, version: version.version, keyId, format, startedAt };
  for (let now = first; ; now = await asOfNow(guard, practiceId)) {
    const { rule: ruled, exempt } = await ruleNow(now, admitted, rule);
    const index = await indexFor(guard, practiceId, ruled);
    const checkedAt = guard.now();
    const decider = new NumberDecider(ruled, index, watch);
    const { answers, decision } = answer(keys, { rule: ruled, exempt, decider, index }, checkedAt);
    if ([...decider.membership.canariesSeen().values()].includes(true)) {
      if (await raise(guard, admitted, 'canary-permitted')) return { ok: false, reason: 'canary-permitted' };
    }
    const committed = await guard.releases.decideCheck(check, decision);
    if (committed.ok) {
      const { in: all, out: permitted, withheld } = decision.counts;
      const counts = { asked: all, permitted, withheld };
      return {
        ok: true,
        id,
        extractId,
        version: version.version,
        checkedAt,
        keys,
        answers,
        counts,
        ledger: committed.ledger,
      };
    }
    const { reason } = committed;
    if (reason !== 'changed') return { ok: false, reason };
  }
}

type Plan = {
  readonly rule: Rule;
  readonly exempt: readonly ObjectionType[];
  readonly decider: NumberDecider;
  readonly index: PatientIndex;
};

function answer(keys: Int32Array, { rule, exempt, decider, index }: Plan, at: Date) {
  const { membership } = decider;
  const { answers, permitted, reasons } = decider.decideAll(keys);
  const decision: Decision = {
    applies: appliedBy(rule),
    exempt,
    counts: { in: keys.length, out: permitted, withheld: keys.length - permitted },
    reasons,
    emptied: null,
    parts: [],
    digests: null,
    bytesOut: null,
    account: membership.account(randomBytes(16)),
    at,
    indexSize: index.ledgerSize,
    indexEntry: index.lastEntry,
    holds: holdsFor(rule, membership, index, index),
  };
  return { answers, decision };
}
