import { saysLetOut } from '../ledger/let-out.ts';
import type { ReportStore, VerificationLine } from './report-store.ts';

/** What `ledger verify` says of one practice. */
export type Verdict =
  | { readonly ok: true; readonly checked: Readonly<Record<string, number>> }
  | { readonly ok: false; readonly index: number | null; readonly what: string };

/**
 * Verifies the ledger and every release of each practice and keeps the outcome, for the manager's line in the
 * morning. A check that breaks off is kept as a problem: a check that did not happen must never look like a good one.
 * @param verify verifies one practice
 * @param now the instant that counts as the time of the check
 * @param tell what to do about a release that let out somebody who had objected, and about a check that broke off
 * @returns the practices with a problem
 */
export async function verifyPractices(
  store: ReportStore,
  verify: (practiceId: string) => Promise<Verdict>,
  now: Date,
  tell: {
    letOut(practiceId: string, problem: string): Promise<unknown>;
    brokeOff(practiceId: string, error: unknown): void;
  },
): Promise<string[]> {
  const troubled: string[] = [];
  for (const practiceId of await store.practiceIds()) {
    const verdict = await verify(practiceId).catch((error: unknown): Verdict => {
      tell.brokeOff(practiceId, error);
      return { ok: false, index: null, what: 'the check itself could not finish' };
    });
    await store.keepVerification(practiceId, lineOf(verdict, now));
    if (verdict.ok) continue;
    troubled.push(practiceId);
    if (saysLetOut(verdict.what)) await tell.letOut(practiceId, problemWords(verdict));
  }
  return troubled;
}

const lineOf = (verdict: Verdict, at: Date): VerificationLine =>
  verdict.ok
    ? { at, ok: true, size: verdict.checked.entries ?? 0, checked: verdict.checked, problem: null }
    : { at, ok: false, size: 0, checked: {}, problem: problemWords(verdict) };

const problemWords = ({ index, what }: { index: number | null; what: string }): string =>
  index === null ? what : `entry ${index}: ${what}`;
