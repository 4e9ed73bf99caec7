import { versionFor, whyNotNow } from './admit.ts';
import type { Guard, Job, Refusal, Refused } from './guard.ts';
import { ruleToday } from './rule-today.ts';

/** Whether a release of an extract would run now, and all that speaks against it. */
export type Readiness = { readonly ok: true; readonly reasons: readonly Reason[] };
/** `no-consents`, `no-notice`: it runs, and everybody is withheld. */
type Reason = Refusal | 'no-consents' | 'no-notice';

/**
 * Would a release run now? Its state and dates, its ground, what the practice has taken in, how old the list is, whether
 * anybody has consented, whether a notice covers it where patients must have been told, and what stopped it before and waits for a guardian's answer. Nothing is written.
 */
export async function readinessOf(guard: Guard, job: Job, extractId: string): Promise<Readiness | Refused> {
  const found = await versionFor(guard, job, extractId);
  if (!found.ok) return found;
  const { version } = found;
  const reasons = new Set<Reason>(await whyNotNow(guard, version));
  const { ruled } = await ruleToday(guard, version);
  const { consentTo, told } = ruled.ok ? ruled.rule : {};
  if (consentTo !== undefined) {
    const index = await guard.indexOf(version.practiceId).refresh();
    if (!index.hasConsents(consentTo)) reasons.add('no-consents');
  }
  if (told?.by.length === 0) reasons.add('no-notice');
  for (const stop of await guard.releases.openStops(version)) reasons.add(stop);
  return { ok: true, reasons: [...reasons] };
}
