import type { Actor } from '../ledger/entry.ts';
import type { ExtractRegister, VersionName } from './extract-register.ts';
import { rulesOfGround } from './grounds.ts';
import { groundNeeds, type Need } from './needs.ts';
import { digestOf } from './version-content.ts';

export type Approval = VersionName & {
  /** What the guardian looked at (digestOf); left out where nobody could have changed it meanwhile. */
  readonly seen?: string;
  /** Direct care: the recipient treats or contacts the people listed. */
  readonly confirmsCare?: boolean;
};

export type Approved =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason:
        | 'no-such-version'
        | 'not-awaiting-approval'
        | 'changed-meanwhile'
        | 'same-person'
        | 'unclassified'
        | 'care-not-confirmed';
    }
  | { readonly ok: false; readonly reason: 'not-complete'; readonly needs: readonly Need[] };

/**
 * Approves a version, which then counts in place of the one before, be that approved or suspended. Never by anybody
 * who registered, edited or sent it; the database refuses that too.
 */
export function approveExtract(
  register: ExtractRegister,
  { practiceId, extractId, version, seen, confirmsCare = false }: Approval,
  by: Actor,
  now: Date,
): Promise<Approved> {
  return register.change(practiceId, async (change): Promise<Approved> => {
    const found = await change.find(extractId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    const content = digestOf(found);
    if (seen !== undefined && seen !== content) return { ok: false, reason: 'changed-meanwhile' };
    if (found.state !== 'awaiting-approval') return { ok: false, reason: 'not-awaiting-approval' };
    if (found.registeredBy === by.id || found.workedOnBy.includes(by.id))
      return { ok: false, reason: 'same-person' };
    const ground = rulesOfGround(found.ground);
    if (ground.unclassified) return { ok: false, reason: 'unclassified' };
    const needs = groundNeeds(found);
    if (needs.length > 0) return { ok: false, reason: 'not-complete', needs };
    if (ground.withholdsNobody && !confirmsCare) return { ok: false, reason: 'care-not-confirmed' };
    const before = await change.standing(extractId);
    if (before !== undefined) await change.update(extractId, before.version, { state: 'superseded' });
    await change.update(extractId, version, { state: 'approved', approvedBy: by.id, approvedAt: now });
    const replaces = before?.version ?? null;
    change.append('extract-approved', by, { extract: extractId, version, content, replaces }, now);
    return { ok: true };
  });
}
