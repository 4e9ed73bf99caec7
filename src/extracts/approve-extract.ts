import type { Actor } from '../ledger/entry.ts';
import { rulesOfGround } from './grounds.ts';
import type { ExtractRegister } from './register-extract.ts';

export type Approval = { readonly practiceId: string; readonly extractId: string; readonly version: number };

export type Approved =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'no-such-version' | 'not-awaiting-approval' | 'same-person' | 'unclassified';
    };

/** Approves a version, which then counts in place of the one before. Never by who registered it. */
export function approveExtract(
  register: ExtractRegister,
  { practiceId, extractId, version }: Approval,
  by: Actor,
  now: Date,
): Promise<Approved> {
  return register.change(practiceId, async (change): Promise<Approved> => {
    const found = await change.find(extractId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.state !== 'awaiting-approval') return { ok: false, reason: 'not-awaiting-approval' };
    if (found.registeredBy === by.id) return { ok: false, reason: 'same-person' };
    if (rulesOfGround(found.ground).unclassified) return { ok: false, reason: 'unclassified' };
    await change.approve(extractId, version, by.id, now);
    change.append('extract-approved', by, { extract: extractId, version }, now);
    return { ok: true };
  });
}
