import type { Actor } from '../ledger/entry.ts';
import { withOne } from './edit-extract.ts';
import type { ExtractRegister, VersionName } from './extract-register.ts';
import { type Need, needsOf } from './needs.ts';
import { digestOf } from './version-content.ts';

export type Sent =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-version' | 'not-a-draft' }
  | { readonly ok: false; readonly reason: 'not-complete'; readonly needs: readonly Need[] };

/** Sends a draft to the guardian, once nothing is missing. Who sends it cannot approve it. */
export function sendForApproval(
  register: ExtractRegister,
  { practiceId, extractId, version }: VersionName,
  by: Actor,
  now: Date,
): Promise<Sent> {
  return register.change(practiceId, async (change): Promise<Sent> => {
    const found = await change.find(extractId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.state !== 'draft') return { ok: false, reason: 'not-a-draft' };
    const needs = needsOf(found);
    if (needs.length > 0) return { ok: false, reason: 'not-complete', needs };
    const workedOnBy = withOne(found.workedOnBy, by.id);
    await change.update(extractId, version, {
      state: 'awaiting-approval',
      sentBy: by.id,
      sentAt: now,
      workedOnBy,
    });
    change.append('extract-sent', by, { extract: extractId, version, content: digestOf(found) }, now);
    return { ok: true };
  });
}
