import { randomUUID } from 'node:crypto';
import type { Actor } from '../../ledger/entry.ts';
import { parseNhsNumber } from '../../patients/nhs-number.ts';
import type { CanaryStore } from './canary-store.ts';

/** An extract has this many, at most. */
export const MOST_CANARIES = 20;

export type CanaryAdded =
  | { readonly ok: true; readonly id: string }
  | {
      readonly ok: false;
      readonly reason: 'no-such-extract' | 'not-a-number' | 'already-there' | 'too-many';
    };

/**
 * Notes a made-up patient of the clinical system whom every file of an extract should hold, and none of whose rows may
 * be permitted: they have to be withheld there as any patient is, by an objection for instance.
 */
export function addCanary(
  store: CanaryStore,
  canary: { readonly practiceId: string; readonly extractId: string; readonly nhsNumber: string },
  by: Actor,
  now: Date,
): Promise<CanaryAdded> {
  const { practiceId, extractId } = canary;
  return store.change(practiceId, async (change): Promise<CanaryAdded> => {
    if (!(await change.hasExtract(extractId))) return { ok: false, reason: 'no-such-extract' };
    const parsed = parseNhsNumber(canary.nhsNumber);
    if (!parsed.ok) return { ok: false, reason: 'not-a-number' };
    const { nhsNumber } = parsed;
    const there = await change.ofExtract(extractId);
    if (there.some((one) => one.nhsNumber === nhsNumber)) return { ok: false, reason: 'already-there' };
    if (there.length >= MOST_CANARIES) return { ok: false, reason: 'too-many' };
    const id = randomUUID();
    await change.add({ id, extractId, nhsNumber, addedAt: now, addedBy: by.id });
    change.append('canary-added', by, { canary: id, extract: extractId }, now);
    return { ok: true, id };
  });
}
