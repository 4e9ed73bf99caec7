import type { LedgerCheck } from '../ledger/check-ledger.ts';
import { saysLetOut } from '../ledger/let-out.ts';
import type { ReportStore, VerificationLine } from './report-store.ts';

/** What a check found of one practice, and what it was of. */
export type Verdict = Pick<LedgerCheck, 'fromIndex' | 'wholeAt' | 'whyWhole'> & {
  readonly verified:
    | { readonly ok: true; readonly checked: Readonly<Record<string, number>> }
    | { readonly ok: false; readonly index: number | null; readonly what: string };
};

/** What to do about a release that let out somebody who had objected, and about a check that broke off. */
export type Tell = {
  letOut(practiceId: string, problem: string): Promise<unknown>;
  brokeOff(practiceId: string, error: unknown): void;
};

/**
 * Verifies the ledger and every release of each practice and keeps the outcome, for the manager's line in the
 * morning. A check that breaks off is kept as a problem: a check that did not happen must never look like a good one.
 * @param verify verifies one practice
 * @param now the instant that counts as the time of the check
 * @returns the practices with a problem
 */
export async function verifyPractices(
  store: ReportStore,
  verify: (practiceId: string) => Promise<Verdict>,
  now: Date,
  tell: Tell,
): Promise<string[]> {
  const troubled: string[] = [];
  for (const practiceId of await store.practiceIds()) {
    const isRight = await verifyPractice(store, { practiceId, verify }, now, tell);
    if (!isRight) troubled.push(practiceId);
  }
  return troubled;
}

/** The same of one practice. @param of who asked for it, and the id of the run, where somebody did */
export async function verifyPractice(
  store: Pick<ReportStore, 'keepVerification'>,
  of: {
    readonly practiceId: string;
    readonly askedBy?: string;
    readonly id?: string;
    verify(practiceId: string): Promise<Verdict>;
  },
  now: Date,
  tell: Tell,
): Promise<boolean> {
  const { practiceId, askedBy = null, id } = of;
  const { verified, ...rest } = await of.verify(practiceId).catch((error: unknown): Verdict => {
    tell.brokeOff(practiceId, error);
    const what = 'the check itself could not finish';
    return { verified: { ok: false, index: null, what }, fromIndex: null, wholeAt: null, whyWhole: null };
  });
  const line: VerificationLine = verified.ok
    ? {
        size: verified.checked.entries ?? 0,
        checked: verified.checked,
        problem: null,
        ok: true,
        ...rest,
        at: now,
        askedBy,
      }
    : { size: 0, checked: {}, problem: problemWords(verified), ok: false, ...rest, at: now, askedBy };
  await store.keepVerification(practiceId, line, id);
  if (!verified.ok && saysLetOut(verified.what)) await tell.letOut(practiceId, problemWords(verified));
  return verified.ok;
}

const problemWords = ({ index, what }: { index: number | null; what: string }): string =>
  index === null ? what : `entry ${index}: ${what}`;
