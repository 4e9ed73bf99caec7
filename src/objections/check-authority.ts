import { createHash } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import type { AuthorityStore } from './authority-store.ts';
import { REASON_LENGTH } from './reason.ts';

export type AuthorityChecked = {
  readonly practiceId: string;
  readonly requestId: string;
  readonly outcome: 'seen' | 'not-enough';
  /** What was looked at, or what is missing. */
  readonly note: string;
};

export type AuthorityAnswered =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'nothing-to-check' | 'same-person' | 'reason-missing' | 'reason-too-long';
    };

/**
 * The second person's look at a proxy's authority: seen, or not enough, and why. It changes nothing of what was
 * recorded: an objection goes on working, and what should not have been recorded is marked as entered in error.
 */
export async function checkAuthority(
  store: AuthorityStore,
  { practiceId, requestId, outcome, note }: AuthorityChecked,
  by: Actor,
  now: Date,
): Promise<AuthorityAnswered> {
  const words = note.trim();
  if (words.length > REASON_LENGTH) return { ok: false, reason: 'reason-too-long' };
  if (words === '' && outcome === 'not-enough') return { ok: false, reason: 'reason-missing' };
  return store.change(practiceId, async (change): Promise<AuthorityAnswered> => {
    const check = await change.check(requestId);
    if (check === null || check.outcome !== null) return { ok: false, reason: 'nothing-to-check' };
    if (check.askedBy === by.id) return { ok: false, reason: 'same-person' };
    await change.answer(requestId, { outcome, note: words || null, checkedAt: now, checkedBy: by.id });
    const details = createHash('sha256').update(`${requestId}\n${words}`, 'utf8').digest('hex');
    change.append(
      'authority-checked',
      by,
      { request: requestId, patient: check.patientId, outcome, details },
      now,
    );
    return { ok: true };
  });
}
