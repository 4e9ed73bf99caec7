import { versionFor, whyNotNow } from './admit.ts';
import { ruleFor } from './decide.ts';
import type { Guard, Job, Refusal, Refused } from './guard.ts';

/** Whether a release of an extract would run now, and all that speaks against it. */
export type Readiness = { readonly ok: true; readonly reasons: readonly (Refusal | 'no-consents')[] };

/**
 * Would a release run now? Its state and dates, its ground, what the practice has taken in, how old the list is, whether
 * anybody has consented, and what stopped it before and waits for a guardian's answer. Nothing is written.
 */
export async function readinessOf(guard: Guard, job: Job, extractId: string): Promise<Readiness | Refused> {
  const found = await versionFor(guard, job, extractId);
  if (!found.ok) return found;
  const { version } = found;
  const reasons = new Set<Refusal | 'no-consents'>(await whyNotNow(guard, version));
  const ruled = ruleFor(version);
  const { consentTo } = ruled.ok ? ruled.rule : {};
  if (consentTo !== undefined) {
    const index = await guard.indexOf(version.practiceId).refresh();
    if (!index.hasConsents(consentTo)) reasons.add('no-consents');
  }
  for (const stop of await guard.releases.openStops(version)) reasons.add(stop);
  return { ok: true, reasons: [...reasons] };
}
