import { isDay, londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { TellingStore } from './telling-store.ts';
import { appended } from './told-entry.ts';

export type LetterReturn = {
  readonly practiceId: string;
  /** The reference that is printed on the letter (attempt-reference.ts). */
  readonly reference: string;
  /** The day on which it came back, `YYYY-MM-DD`. */
  readonly on: string;
};

export type ReturnFault =
  | 'no-such-letter'
  | 'left-out'
  | 'not-sent-yet'
  | 'not-a-day'
  | 'in-future'
  | 'before-sent';

export type ReturnNoted =
  | { readonly ok: true; readonly isNew: boolean; readonly patientId: string }
  | { readonly ok: false; readonly reason: ReturnFault };

/** Notes that a letter came back: it told nobody. Noted twice, it came back once. */
export function noteReturn(
  store: TellingStore,
  { practiceId, reference, on }: LetterReturn,
  by: Actor,
  now: Date,
): Promise<ReturnNoted> {
  return store.change(practiceId, async (change): Promise<ReturnNoted> => {
    const attempt = (await change.attempts([reference])).get(reference);
    const isLetter = attempt?.how === 'letter' || attempt?.how === 'registration-pack';
    if (attempt === undefined || !isLetter) return { ok: false, reason: 'no-such-letter' };
    const sent = attempt.acts.find(({ outcome }) => outcome === 'sent');
    if (sent === undefined)
      return { ok: false, reason: attempt.leftOut === null ? 'not-sent-yet' : 'left-out' };
    const { patientId } = attempt;
    if (attempt.acts.some(({ outcome }) => outcome === 'returned'))
      return { ok: true, isNew: false, patientId };
    if (!isDay(on)) return { ok: false, reason: 'not-a-day' };
    if (on > londonDay(now)) return { ok: false, reason: 'in-future' };
    if (on < sent.on) return { ok: false, reason: 'before-sent' };
    const { acts: _, leftOut: __, ...of } = attempt;
    await change.save([appended(change, { ...of, outcome: 'returned', on }, by, now)]);
    return { ok: true, isNew: true, patientId };
  });
}
