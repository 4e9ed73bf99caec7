import type { TellingOutcome } from './telling.ts';

/** What a word of a messaging system says; `pending`: nothing yet, which is no result. */
export type Result = Extract<TellingOutcome, 'delivered' | 'bounced' | 'returned'> | 'pending';

/**
 * Words of results, without capitals and signs. Sources: GOV.UK Notify (API documentation, "Message statuses"), NHS
 * Notify (message status callbacks), delivery receipts of SMPP (message_state), and words for letters that come back.
 * A word that is not here is reported, never guessed.
 */
const words: Readonly<Record<Result, readonly string[]>> = {
  delivered: ['delivered', 'delivrd', 'read', 'opened', 'clicked', 'seen', 'success', 'successful'],
  bounced: [
    ...['bounced', 'bounce', 'hard bounce', 'soft bounce', 'failed', 'failure', 'fail', 'undelivered'],
    ...['undeliverable', 'undeliv', 'not delivered', 'rejected', 'rejectd', 'expired', 'blocked', 'error'],
    ...['permanent failure', 'temporary failure', 'technical failure', 'invalid number', 'invalid recipient'],
    ...['validation failed', 'virus scan failed', 'cancelled', 'unknown subscriber'],
  ],
  returned: [
    ...['returned', 'returned to sender', 'return to sender', 'rts', 'gone away', 'addressee gone away'],
    ...['addressee unknown', 'not known at this address', 'no such address', 'moved', 'unclaimed', 'refused'],
  ],
  pending: [
    ...['created', 'sending', 'pending', 'sent', 'queued', 'scheduled', 'enriched', 'pending enrichment'],
    ...['accepted', 'acceptd', 'enroute', 'submitted', 'in transit', 'unread'],
  ],
};

const byWord = new Map(
  (Object.keys(words) as Result[]).flatMap((result) => words[result].map((word) => [word, result] as const)),
);

/**
 * What a word says of an attempt. What was posted and failed came back; what was not, bounced.
 *
 * @returns undefined for a word that nobody told us of
 */
export function resultOf(word: string, how: string): Result | undefined {
  const result = byWord.get(
    word
      .toLowerCase()
      .replace(/[^a-z]+/g, ' ')
      .trim(),
  );
  if (result !== 'bounced' && result !== 'returned') return result;
  return how === 'letter' || how === 'registration-pack' ? 'returned' : 'bounced';
}
