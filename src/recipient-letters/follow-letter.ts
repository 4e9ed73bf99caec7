import { isDay, londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import { type Outcome, stateOf } from './recipient-letter.ts';
import type {
  FollowedLetter,
  RecipientLetterChange,
  RecipientLetterStore,
} from './recipient-letter-store.ts';

type Named = { readonly practiceId: string; readonly id: string };
type DayFault = 'not-a-day' | 'in-future' | 'too-early';

export type LetterSent =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-letter' | 'not-to-send' | DayFault };

/** Notes that a letter went out. One that is over is not sent: the patient no longer wants the recipient to know. */
export function noteLetterSent(
  store: RecipientLetterStore,
  { practiceId, id, on }: Named & { readonly on: string },
  by: Actor,
  now: Date,
): Promise<LetterSent> {
  return withLetter(store, { practiceId, id }, async (change, letter): Promise<LetterSent> => {
    if (stateOf(letter, letter.objects, londonDay(now)) !== 'to-send')
      return { ok: false, reason: 'not-to-send' };
    const fault = faultOf(on, londonDay(letter.agreedAt), now);
    if (fault !== undefined) return { ok: false, reason: fault };
    change.append('recipient-letter-sent', by, { letter: id, on }, now);
    await change.update(id, { sentOn: on, sentBy: by.id });
    return { ok: true };
  });
}

export type LetterAnswered =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-letter' | 'not-sent' | 'already-answered' | DayFault };

export type Answer = Named & {
  readonly on: string;
  readonly outcome: Outcome;
  /** What they wrote, in words; may be empty. */
  readonly words: string;
};

/** Notes what the recipient answered, however late, and whatever the patient has said since. It stays as first noted. */
export function noteLetterAnswered(
  store: RecipientLetterStore,
  { practiceId, id, on, outcome, words }: Answer,
  by: Actor,
  now: Date,
): Promise<LetterAnswered> {
  return withLetter(store, { practiceId, id }, async (change, letter): Promise<LetterAnswered> => {
    if (letter.answeredOn !== null) return { ok: false, reason: 'already-answered' };
    if (letter.sentOn === null) return { ok: false, reason: 'not-sent' };
    const fault = faultOf(on, letter.sentOn, now);
    if (fault !== undefined) return { ok: false, reason: fault };
    change.append('recipient-letter-answered', by, { letter: id, on, outcome }, now);
    await change.update(id, { answeredOn: on, answeredBy: by.id, outcome, answer: words.trim() || null });
    return { ok: true };
  });
}

export type LetterStopped =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-letter' | 'not-to-send' };

/** Notes that a letter is not to be sent after all: the patient does not want it, or it cannot be sent. */
export function stopLetter(
  store: RecipientLetterStore,
  named: Named,
  by: Actor,
  now: Date,
): Promise<LetterStopped> {
  return withLetter(store, named, async (change, letter): Promise<LetterStopped> => {
    if (letter.sentOn !== null || letter.stoppedAt !== null) return { ok: false, reason: 'not-to-send' };
    change.append('recipient-letter-stopped', by, { letter: named.id }, now);
    await change.update(named.id, { stoppedAt: now, stoppedBy: by.id });
    return { ok: true };
  });
}

function withLetter<R>(
  store: RecipientLetterStore,
  { practiceId, id }: Named,
  work: (change: RecipientLetterChange, letter: FollowedLetter) => Promise<R>,
): Promise<R | { readonly ok: false; readonly reason: 'no-such-letter' }> {
  return store.change(practiceId, async (change) => {
    const letter = await change.find(id);
    return letter === null ? { ok: false, reason: 'no-such-letter' } : work(change, letter);
  });
}

function faultOf(on: string, earliest: string, now: Date): DayFault | undefined {
  if (!isDay(on)) return 'not-a-day';
  if (on > londonDay(now)) return 'in-future';
  return on < earliest ? 'too-early' : undefined;
}
