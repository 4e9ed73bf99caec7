import { isDay, londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import { newReference } from './attempt-reference.ts';
import type { NoticeRef, TellingStore } from './telling-store.ts';
import { appended } from './told-entry.ts';

/** What is done at the desk: spoken to, or given with the papers of a new registration. */
export const deskHows = ['at-the-desk', 'registration-pack'] as const;
export type DeskHow = (typeof deskHows)[number];

export type Telling = NoticeRef & {
  readonly practiceId: string;
  readonly patientId: string;
  readonly how: DeskHow;
  /** `YYYY-MM-DD` */
  readonly on: string;
};

export type TellingFault =
  | 'no-such-patient'
  | 'died'
  | 'no-such-notice'
  | 'not-a-day'
  | 'in-future'
  | 'before-notice';

export type PatientTold =
  | { readonly ok: true; readonly isNew: boolean }
  | { readonly ok: false; readonly reason: TellingFault };

/** Records that a patient was told in person. The same said twice of one day is one act. */
export function tellPatient(
  store: TellingStore,
  { practiceId, patientId, noticeId, version, how, on }: Telling,
  by: Actor,
  now: Date,
): Promise<PatientTold> {
  return store.change(practiceId, async (change): Promise<PatientTold> => {
    const patient = await change.patient(patientId);
    if (patient === null) return { ok: false, reason: 'no-such-patient' };
    if (patient.dateOfDeath !== null) return { ok: false, reason: 'died' };
    const notice = await change.version({ noticeId, version });
    if (notice?.state !== 'published') return { ok: false, reason: 'no-such-notice' };
    if (!isDay(on)) return { ok: false, reason: 'not-a-day' };
    if (on > londonDay(now)) return { ok: false, reason: 'in-future' };
    if (on < londonDay(notice.publishedAt)) return { ok: false, reason: 'before-notice' };
    const before = await change.actsOf(patientId, { noticeId, version });
    if (before.some((act) => act.how === how && act.on === on)) return { ok: true, isNew: false };
    const outcome = how === 'at-the-desk' ? 'spoken-to' : 'sent';
    const attempt = { attemptId: newReference(), runId: null, translationId: null };
    const act = { patientId, noticeId, version, how, outcome, on, ...attempt };
    await change.save([appended(change, act, by, now)]);
    return { ok: true, isNew: true };
  });
}
