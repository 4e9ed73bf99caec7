import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { ConsentStore } from './consent-store.ts';
import { appended } from './record-consent.ts';

export type ConsentWithdrawn =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-patient' | 'nothing-to-withdraw' };

/**
 * Withdraws a patient's consent to an extract, as of today: at any time, whoever of the practice was told, without a
 * reason and without a check of identity, because it lifts nothing. It counts in a release that is being scanned.
 */
export function withdrawConsent(
  store: ConsentStore,
  withdrawal: {
    readonly practiceId: string;
    readonly extractId: string;
    readonly patientId: string;
    /** How the patient said so, in words; may be empty. */
    readonly reference: string;
  },
  by: Actor,
  now: Date,
): Promise<ConsentWithdrawn> {
  const { practiceId, extractId, patientId, reference } = withdrawal;
  return store.change(practiceId, async (change): Promise<ConsentWithdrawn> => {
    const patient = await change.patient(patientId);
    if (patient === null) return { ok: false, reason: 'no-such-patient' };
    const ids = (await change.recordsOf(patient)).map(({ id }) => id);
    const acts = await change.actsOf(extractId, ids);
    const given = acts.filter(({ kind }) => kind === 'give');
    if (given.length === 0) return { ok: false, reason: 'nothing-to-withdraw' };
    // Never before the consent that it takes back: one that was keyed with a later day ends too.
    const on = given.reduce((max, one) => (one.on > max ? one.on : max), londonDay(now));
    const said = { extractId, patientId, kind: 'withdraw', on, how: 'said', reference, importId: null };
    await change.save([appended(change, said, by, now)]);
    return { ok: true };
  });
}
