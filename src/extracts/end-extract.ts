import type { Actor } from '../ledger/entry.ts';
import type { ExtractRegister, VersionName } from './extract-register.ts';

export type Ended =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-version' | 'already-ended' };

/** Ends a version for good: one that runs or is suspended, or a draft that nobody goes on with. Nothing is deleted. */
export function endExtract(
  register: ExtractRegister,
  { practiceId, extractId, version }: VersionName,
  by: Actor,
  now: Date,
): Promise<Ended> {
  return register.change(practiceId, async (change): Promise<Ended> => {
    const found = await change.find(extractId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.state === 'ended' || found.state === 'superseded')
      return { ok: false, reason: 'already-ended' };
    await change.update(extractId, version, { state: 'ended', endedBy: by.id, endedAt: now });
    change.append('extract-ended', by, { extract: extractId, version, was: found.state }, now);
    return { ok: true };
  });
}
