import type { Rule } from './decide.ts';
import type { Guard } from './guard.ts';
import { PatientIndex } from './patient-index.ts';

/**
 * The index by which to decide, up to date as of this call.
 *
 * @throws when it cannot be brought up to date; but direct care goes on without, and accounts for numbers instead
 */
export async function indexFor(guard: Guard, practiceId: string, rule: Rule): Promise<PatientIndex> {
  const refresh = guard.indexOf(practiceId).refresh();
  return rule.withholdsNobody ? refresh.catch(() => PatientIndex.empty) : refresh;
}
