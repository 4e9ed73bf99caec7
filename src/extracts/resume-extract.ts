import type { Actor } from '../ledger/entry.ts';
import type { ExtractRegister, VersionName } from './extract-register.ts';

export type Resumed =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-version' | 'not-suspended' | 'same-person' };

/** Lets a suspended version run again, as it was approved. Never by anybody who registered, edited or sent it. */
export function resumeExtract(
  register: ExtractRegister,
  { practiceId, extractId, version }: VersionName,
  by: Actor,
  now: Date,
): Promise<Resumed> {
  return register.change(practiceId, async (change): Promise<Resumed> => {
    const found = await change.find(extractId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.state !== 'suspended') return { ok: false, reason: 'not-suspended' };
    if (found.registeredBy === by.id || found.workedOnBy.includes(by.id))
      return { ok: false, reason: 'same-person' };
    await change.update(extractId, version, { state: 'approved' });
    change.append('extract-resumed', by, { extract: extractId, version }, now);
    return { ok: true };
  });
}
