import type { Actor } from '../ledger/entry.ts';
import type { ExtractRegister, VersionName } from './extract-register.ts';

/** Characters of a reason, at most. It stays in this practice, and never enters the ledger. */
export const REASON_LENGTH = 1000;

export type Return = VersionName & { readonly why: string };

export type Returned =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-version' | 'not-awaiting-approval' | 'no-reason' };

/** Gives a version back to whoever registered it, with what is to be put right. It is a draft again. */
export function returnExtract(
  register: ExtractRegister,
  { practiceId, extractId, version, why }: Return,
  by: Actor,
  now: Date,
): Promise<Returned> {
  return register.change(practiceId, async (change): Promise<Returned> => {
    const found = await change.find(extractId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.state !== 'awaiting-approval') return { ok: false, reason: 'not-awaiting-approval' };
    if (why.trim() === '') return { ok: false, reason: 'no-reason' };
    await change.update(extractId, version, {
      state: 'draft',
      returnedBy: by.id,
      returnedAt: now,
      returnedWhy: why.trim(),
    });
    change.append('extract-returned', by, { extract: extractId, version }, now);
    return { ok: true };
  });
}
