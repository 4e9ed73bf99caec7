import { londonDay } from '../day.ts';
import type { ExtractVersion } from '../extracts/extract.ts';
import { notInForceSince, whyNotInForce } from '../extracts/extract.ts';
import { type Rule, ruleFor } from './decide.ts';
import type { Guard, Job, Refused } from './guard.ts';

const DAY = 24 * 60 * 60 * 1000;

/** An extract version that may release now, and what it makes the guard apply. */
export type Admitted = { readonly ok: true; readonly version: ExtractVersion; readonly rule: Rule };

/** Whether an extract would be released to a job now: also the answer to "is it ready?". */
export async function admit(guard: Guard, job: Job, extractId: string): Promise<Admitted | Refused> {
  const version = await guard.extracts.find(job.practiceId, extractId);
  if (!version) return { ok: false, reason: 'no-such-extract' };
  if (!job.extracts.includes(extractId)) return { ok: false, reason: 'not-your-extract' };
  return admitVersion(guard, version);
}

/** Whether a version may release now, whoever asks. */
export async function admitVersion(
  guard: Pick<Guard, 'extracts' | 'now'>,
  version: ExtractVersion,
): Promise<Admitted | Refused> {
  const now = guard.now();
  const notInForce = whyNotInForce(version, londonDay(now));
  if (notInForce) {
    const since = notInForceSince(version);
    return { ok: false, reason: notInForce, ...(since && { since: londonDay(since) }) };
  }
  const found = ruleFor(version);
  if (!found.ok) return found;
  const { rule } = found;
  // Direct care is stopped by none of what follows: a patient missing from a recall list is a hazard.
  if (rule.withholdsNobody) return { ok: true, version, rule };
  const { objectionsTakenInAt, listTakenInAt } = await guard.extracts.readiness(version.practiceId);
  if (!objectionsTakenInAt) return { ok: false, reason: 'objections-not-taken-in' };
  const { listAgeDays } = version.stops;
  const age = listTakenInAt ? (now.getTime() - listTakenInAt.getTime()) / DAY : Number.POSITIVE_INFINITY;
  if (listAgeDays !== null && age > listAgeDays) return { ok: false, reason: 'source-stale' };
  return { ok: true, version, rule };
}
