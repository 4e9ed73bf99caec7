import { createHash } from 'node:crypto';
import { type Actor, canonicalJson, type JsonObject, type LedgerAct } from '../ledger/entry.ts';
import { type ConsentAct, gives, isConsentInForce, objectionWords } from './consent.ts';

/** An act with all that was written down about it. */
export type RecordedConsent = ConsentAct & {
  readonly recordedAt: Date;
  readonly actor: Actor;
  readonly how: string;
  /** Where the evidence is. */
  readonly reference: string;
  readonly importId: string | null;
};

/** The acts of the ledger that are acts on a consent: one row of each, one entry of each. */
export const consentLedgerActs = ['consent-given', 'consent-withdrawn'] as const satisfies LedgerAct[];

/**
 * What the ledger says of an act. The reference is in it as a digest only: it may name somebody. The act's random id in
 * the digest keeps a short one from being guessed.
 */
export function consentEntry(act: Omit<RecordedConsent, 'ledgerIndex'>): {
  act: LedgerAct;
  data: JsonObject;
} {
  const { id, reference } = act;
  return {
    act: gives(act) ? 'consent-given' : 'consent-withdrawn',
    data: {
      id,
      kind: act.kind,
      patient: act.patientId,
      extract: act.extractId,
      on: act.on,
      how: act.how,
      import: act.importId,
      evidence: createHash('sha256').update(canonicalJson({ id, reference }), 'utf8').digest('hex'),
    },
  };
}

/** The rules of consents as `ledger verify` needs them. */
export const consentRules = {
  ledgerActs: consentLedgerActs as readonly LedgerAct[],
  entryOf: consentEntry,
  gives,
  isInForce: isConsentInForce,
  objectionWords,
};
