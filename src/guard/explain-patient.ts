import type { ExtractVersion } from '../extracts/extract.ts';
import { keyOfText } from '../patients/nhs-number.ts';
import { admitVersion } from './admit.ts';
import type { Decision, Rule } from './decide.ts';
import { NumberDecider } from './decide-number.ts';
import type { Guard, Refusal } from './guard.ts';
import { indexFor } from './index-for.ts';
import { decidesMadeUpPeople } from './self-test.ts';

/** What an extract would do now with the rows of one patient. */
export type Explained = { readonly version: ExtractVersion } & (
  | {
      readonly releases: true;
      readonly rule: Rule;
      readonly decision: Decision;
      /** Where the rule asks: the day on which they count as told, as dayNumber() counts; 0: not told. */
      readonly toldOn?: number;
    }
  /** It would release nothing at all. */
  | { readonly releases: false; readonly reason: Refusal }
);

/**
 * Says for every extract of a practice whether a patient's rows would leave now, by the decision that a release makes
 * of a row with the patient's number. Nothing is recorded as having left: nothing is given out.
 *
 * @throws when the index cannot be brought up to date, as a release would
 */
export async function explainPatient(
  guard: Guard,
  { practiceId, nhsNumber }: { readonly practiceId: string; readonly nhsNumber: string },
): Promise<Explained[]> {
  const explained: Explained[] = [];
  for (const version of await guard.extracts.ofPractice(practiceId)) {
    const admitted = await admitVersion(guard, version);
    if (!admitted.ok) {
      explained.push({ version, releases: false, reason: admitted.reason });
      continue;
    }
    const { rule } = admitted;
    const watch = guard.decide ? { decide: guard.decide } : {};
    if (!decidesMadeUpPeople({ ...version, exempt: admitted.exempt }, rule, watch) && !rule.withholdsNobody) {
      explained.push({ version, releases: false, reason: 'self-test' });
      continue;
    }
    const index = await indexFor(guard, practiceId, rule);
    const decider = new NumberDecider(rule, index);
    const decision = decider.decide(keyOfText(nhsNumber));
    const toldOn = decider.ordinal < 0 ? 0 : index.toldOn(rule.told?.by ?? [], decider.ordinal);
    explained.push({ version, releases: true, rule, decision, ...(rule.told && { toldOn }) });
  }
  return explained;
}
