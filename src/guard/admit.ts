import { londonDay } from '../day.ts';
import type { ExtractVersion } from '../extracts/extract.ts';
import { notInForceSince, whyNotInForce } from '../extracts/extract.ts';
import type { ObjectionType } from '../objections/objection.ts';
import { type Rule, ruleFor } from './decide.ts';
import type { Guard, Job, Refusal, Refused } from './guard.ts';
import { ruleToday } from './rule-today.ts';
import { raise } from './stop.ts';

const DAY = 24 * 60 * 60 * 1000;

/** An extract version that may release now, and what it makes the guard apply. */
export type Admitted = {
  readonly ok: true;
  readonly version: ExtractVersion;
  readonly rule: Rule;
  /** The types from which an exemption is in force. */
  readonly exempt: readonly ObjectionType[];
};

type Reading = Pick<Guard, 'extracts' | 'now'>;

/** Whether an extract is released to a job now. A list that is too old is put before those who have to look. */
export async function admit(guard: Guard, job: Job, extractId: string): Promise<Admitted | Refused> {
  const found = await versionFor(guard, job, extractId);
  if (!found.ok) return found;
  const { version } = found;
  const admitted = await admitVersion(guard, version);
  const ruled = ruleFor(version);
  if (!admitted.ok && admitted.reason === 'source-stale' && ruled.ok)
    await raise(guard, { version, rule: ruled.rule }, 'source-stale');
  return admitted;
}

/** Direct care goes on with a list that is too old, and somebody is told. */
export async function warnOfStaleList(guard: Guard, admitted: Admitted, releaseId?: string): Promise<void> {
  if (!admitted.rule.withholdsNobody || !(await isStale(guard, admitted.version))) return;
  await raise(guard, admitted, 'source-stale', releaseId === undefined ? {} : { releaseId });
}

/** The version of an extract that counts, for a job that may use it. */
export async function versionFor(
  guard: Pick<Guard, 'extracts'>,
  job: Job,
  extractId: string,
): Promise<{ readonly ok: true; readonly version: ExtractVersion } | Refused> {
  const version = await guard.extracts.find(job.practiceId, extractId);
  if (!version) return { ok: false, reason: 'no-such-extract' };
  if (!job.extracts.includes(extractId)) return { ok: false, reason: 'not-your-extract' };
  return { ok: true, version };
}

/** Whether a version may release now, whoever asks. */
export async function admitVersion(guard: Reading, version: ExtractVersion): Promise<Admitted | Refused> {
  const [reason] = await whyNotNow(guard, version);
  if (reason !== undefined) {
    const since = notInForceSince(version);
    return { ok: false, reason, ...(since && { since: londonDay(since) }) };
  }
  const { ruled, exempt } = await ruleToday(guard, version);
  return ruled.ok ? { ok: true, version, rule: ruled.rule, exempt } : ruled;
}

/** Everything for which a version does not release now, the first of which is the answer to a job. */
export async function whyNotNow(guard: Reading, version: ExtractVersion): Promise<Refusal[]> {
  const reasons: Refusal[] = [];
  const notInForce = whyNotInForce(version, londonDay(guard.now()));
  if (notInForce) reasons.push(notInForce);
  const found = ruleFor(version);
  if (!found.ok) reasons.push(found.reason);
  // Direct care is stopped by none of what follows: a patient missing from a recall list is a hazard.
  if (found.ok && found.rule.withholdsNobody) return reasons;
  const { objectionsTakenInAt } = await guard.extracts.readiness(version.practiceId);
  if (!objectionsTakenInAt) reasons.push('objections-not-taken-in');
  if (await isStale(guard, version)) reasons.push('source-stale');
  return reasons;
}

/** Whether the patient list is older than the version lets it be. */
async function isStale(guard: Reading, { practiceId, stops }: ExtractVersion): Promise<boolean> {
  const { listAgeDays } = stops;
  if (listAgeDays === null) return false;
  const { listTakenInAt } = await guard.extracts.readiness(practiceId);
  return listTakenInAt === null || (guard.now().getTime() - listTakenInAt.getTime()) / DAY > listAgeDays;
}
