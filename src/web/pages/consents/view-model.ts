import { gives, isConsentInForce } from '../../../consents/consent.ts';
import type { RecordedConsent } from '../../../consents/consent-entry.ts';
import type { ConsentHistory } from '../../../consents/consent-store.ts';
import { showDay, showInstant } from '../../../day.ts';
import type { NameOf } from '../objections/who.ts';
import { howWords } from './form.ts';

const states = {
  none: { text: 'No consent recorded', colour: 'grey' },
  'in-force': { text: 'Consent in force', colour: 'green' },
  objected: { text: 'Objected since: ask the patient', colour: 'orange' },
  withdrawn: { text: 'Withdrawn', colour: 'grey' },
} as const;

/** What the consent to one extract comes to. */
export function consentStateOf({ acts, against }: ConsentHistory): keyof typeof states {
  const given = acts.filter(gives);
  if (given.length === 0) return 'none';
  if (isConsentInForce(given, against)) return 'in-force';
  const isWithdrawn = !isConsentInForce(
    given,
    acts.filter((act) => !gives(act)),
  );
  return isWithdrawn ? 'withdrawn' : 'objected';
}

/** A patient's consent to one extract as pages show it. */
export function consentView(history: ConsentHistory, nameOf: NameOf) {
  const state = consentStateOf(history);
  return {
    state: states[state],
    canWithdraw: state === 'in-force' || state === 'objected',
    acts: history.acts.map((act) => actLine(act, nameOf)).reverse(),
  };
}

function actLine(act: RecordedConsent, nameOf: NameOf) {
  const { on, how, reference, recordedAt, actor } = act;
  const what = gives(act) ? `Consented on ${showDay(on)}` : `Withdrew on ${showDay(on)}`;
  const evidence = [howWords[how] ?? how, reference].filter(Boolean).join(': ');
  return { what, evidence, recorded: `${showInstant(recordedAt)}, by ${nameOf(actor)}` };
}
