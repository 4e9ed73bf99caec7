import type { Actor } from '../ledger/entry.ts';
import type { ExtractRegister, VersionName } from './extract-register.ts';

export type Suspension = VersionName & { readonly why: string };

export type Suspended =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-version' | 'not-approved' | 'no-reason' };

/** Stops a version until a guardian resumes it, at once: releases of it that are running stop too. */
export function suspendExtract(
  register: ExtractRegister,
  { practiceId, extractId, version, why }: Suspension,
  by: Actor,
  now: Date,
): Promise<Suspended> {
  return register.change(practiceId, async (change): Promise<Suspended> => {
    const found = await change.find(extractId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.state !== 'approved') return { ok: false, reason: 'not-approved' };
    if (why.trim() === '') return { ok: false, reason: 'no-reason' };
    await change.update(extractId, version, {
      state: 'suspended',
      suspendedBy: by.id,
      suspendedAt: now,
      suspendedWhy: why.trim(),
    });
    change.append('extract-suspended', by, { extract: extractId, version }, now);
    return { ok: true };
  });
}
