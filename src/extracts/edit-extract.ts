import type { Actor } from '../ledger/entry.ts';
import { namedEntry } from './exemptions/exemption.ts';
import type { ExtractRegister, VersionName } from './extract-register.ts';
import { type ContentFault, contentFault, newRecord } from './register-extract.ts';
import { type Content, contentOf, type VersionRecord } from './registered-version.ts';
import { detailNames, differences, digestOf, needsApproval, registeredEntry } from './version-content.ts';

export type Edit = VersionName & {
  /** What is different now; the rest stays. */
  readonly content: Partial<Content>;
  /** What the person looked at (digestOf): what somebody else wrote meanwhile is not written over. */
  readonly seen?: string;
};

export type Edited =
  | {
      readonly ok: true;
      readonly version: number;
      readonly how: 'nothing' | 'draft' | 'new-draft' | 'details';
    }
  | {
      readonly ok: false;
      readonly reason: 'no-such-version' | 'changed-meanwhile' | 'newer-version' | 'ended' | ContentFault;
    };

/**
 * Edits a version of an extract.
 *
 * - A draft changes in place. One that waits for approval becomes a draft again, to be sent anew.
 * - Of a version that was approved only details (version-content.ts) change in place. Anything else makes a new
 *   version, a draft; the approved one runs on meanwhile.
 *
 * The ledger keeps every state of the content.
 */
export function editExtract(
  register: ExtractRegister,
  { practiceId, extractId, version, content: given, seen }: Edit,
  by: Actor,
  now: Date,
): Promise<Edited> {
  return register.change(practiceId, async (change): Promise<Edited> => {
    const found = await change.find(extractId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (seen !== undefined && seen !== digestOf(found)) return { ok: false, reason: 'changed-meanwhile' };
    if (found.state === 'superseded' || found.state === 'ended') return { ok: false, reason: 'ended' };
    const before = contentOf(found);
    const content = { ...before, ...given };
    const fault = contentFault(content, true);
    if (fault !== undefined) return { ok: false, reason: fault };
    const changed = differences(before, content);
    if (changed.length === 0) return { ok: true, version, how: 'nothing' };
    const edited = { ...registeredEntry(extractId, version, content), changed };

    if (isOpen(found)) {
      const columns = { ...given, state: 'draft' as const, workedOnBy: withOne(found.workedOnBy, by.id) };
      await change.update(extractId, version, columns);
      change.append('extract-edited', by, edited, now);
      // Whoever asked for an exemption, or approved one, thought of what it was before.
      if (changed.some(needsApproval))
        for (const id of await change.endExemptions(extractId, version, by.id, now))
          change.append('exemption-ended', by, namedEntry({ id }), now);
      return { ok: true, version, how: 'draft' };
    }
    if (!changed.some(needsApproval)) {
      const details = Object.fromEntries(detailNames.map((name) => [name, content[name]]));
      await change.update(extractId, version, details);
      change.append('extract-details-changed', by, edited, now);
      return { ok: true, version, how: 'details' };
    }
    if ((await change.newest(extractId)) > version) return { ok: false, reason: 'newer-version' };
    const next = { practiceId, extractId, version: version + 1 };
    await change.add(newRecord(next, content, 'draft', by, now));
    change.append('extract-registered', by, registeredEntry(extractId, next.version, content), now);
    return { ok: true, version: next.version, how: 'new-draft' };
  });
}

/** Whether nobody has approved a version yet. */
export function isOpen({ state }: Pick<VersionRecord, 'state'>): boolean {
  return state === 'draft' || state === 'awaiting-approval';
}

/** The ids with one more, each once. */
export function withOne(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids : [...ids, id];
}
