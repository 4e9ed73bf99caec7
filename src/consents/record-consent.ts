import { randomUUID } from 'node:crypto';
import { isDay, londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { ConsentHow } from './consent.ts';
import { consentEntry, type RecordedConsent } from './consent-entry.ts';
import type { ConsentChange, ConsentingPatient, ConsentStore } from './consent-store.ts';

/** Characters of a reference, at most. */
export const CONSENT_REFERENCE_LENGTH = 200;

export type ConsentGiven = {
  readonly practiceId: string;
  readonly extractId: string;
  readonly patientId: string;
  /** The day on which the patient gave it, `YYYY-MM-DD`. */
  readonly on: string;
  readonly how: ConsentHow;
  /** Where the evidence is. */
  readonly reference: string;
};

export type ConsentFault =
  | 'no-such-patient'
  | 'no-consent-asked'
  | 'not-a-day'
  | 'in-future'
  | 'before-birth'
  | 'no-reference'
  | 'said-otherwise-that-day';

export type ConsentRecorded =
  | { readonly ok: true; readonly isNew: boolean }
  | { readonly ok: false; readonly reason: ConsentFault };

/** Records that a patient consents to one extract. It works from the moment this returns. */
export function recordConsent(
  store: ConsentStore,
  given: ConsentGiven,
  by: Actor,
  now: Date,
): Promise<ConsentRecorded> {
  return store.change(given.practiceId, async (change): Promise<ConsentRecorded> => {
    const patient = await change.patient(given.patientId);
    if (patient === null) return { ok: false, reason: 'no-such-patient' };
    if (!(await change.asksForConsent(given.extractId))) return { ok: false, reason: 'no-consent-asked' };
    return recordWithin(change, patient, { ...given, importId: null }, by, now);
  });
}

type Told = Omit<ConsentGiven, 'practiceId' | 'patientId'> & { readonly importId: string | null };

/** The same inside a change, of an extract that asks for consent. What is recorded already stays as it is. */
export async function recordWithin(
  change: ConsentChange,
  patient: ConsentingPatient,
  told: Told,
  by: Actor,
  now: Date,
): Promise<ConsentRecorded> {
  const reason = faultOf(patient, told, londonDay(now));
  if (reason !== undefined) return { ok: false, reason };
  // A row with the person's number is of every record with it: each has to have consented.
  const records = (await change.recordsOf(patient)).filter(
    ({ id, nhsNumber }) => id === patient.id || nhsNumber === patient.nhsNumber,
  );
  const before = await change.actsOf(
    told.extractId,
    records.map(({ id }) => id),
  );
  const isImported = told.importId !== null;
  const isSame = (act: RecordedConsent | undefined) =>
    act?.kind === 'give' && act.on === told.on && act.how === told.how && told.how !== 'asked-again';
  const isKnown = ({ id }: ConsentingPatient) => {
    const own = before.filter((act) => act.patientId === id);
    return isImported ? own.some(isSame) : isSame(own.at(-1));
  };
  // A file does not tell which word of a day was the last; somebody who records it one by one has asked.
  if (isImported && !records.every(isKnown)) {
    const { against } = await change.history(told.extractId, patient.id);
    if (against.some(({ on }) => on === told.on)) return { ok: false, reason: 'said-otherwise-that-day' };
  }
  const acts = records
    .filter((record) => !isKnown(record))
    .map((record) => appended(change, { ...told, kind: 'give', patientId: record.id }, by, now));
  await change.save(acts);
  return { ok: true, isNew: acts.length > 0 };
}

/** Writes the entry of an act. */
export function appended(
  change: Pick<ConsentChange, 'append'>,
  said: Omit<RecordedConsent, 'id' | 'ledgerIndex' | 'recordedAt' | 'actor'>,
  by: Actor,
  now: Date,
): RecordedConsent {
  const { extractId, patientId, kind, on, how, reference, importId } = said;
  const act = { extractId, patientId, kind, on, how, reference, importId };
  const recorded = { ...act, id: randomUUID(), recordedAt: now, actor: by };
  const { act: ledgerAct, data } = consentEntry(recorded);
  return { ...recorded, ledgerIndex: change.append(ledgerAct, by, data, now) };
}

function faultOf(
  { dateOfBirth }: ConsentingPatient,
  { on, reference }: Pick<Told, 'on' | 'reference'>,
  today: string,
): ConsentFault | undefined {
  if (!isDay(on)) return 'not-a-day';
  if (on > today) return 'in-future';
  if (dateOfBirth !== '' && on < dateOfBirth) return 'before-birth';
  return reference.trim() === '' ? 'no-reference' : undefined;
}
