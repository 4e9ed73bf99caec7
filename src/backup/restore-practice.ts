import { showInstant } from '../day.ts';
import { rulesOfGround } from '../extracts/grounds.ts';
import type { Actor, Ledgered } from '../ledger/entry.ts';

/** A version of an extract that could release. */
export type Standing = { readonly extractId: string; readonly version: number; readonly ground: string };

/** What is changed of a practice that was put back. */
export interface RestoredChange extends Ledgered {
  /** The name of its ledger until now. */
  readonly origin: string;
  /** Where the ledger ends in the backup. */
  readonly head: { readonly size: number; readonly root: Uint8Array };
  /** When the last thing in the backup was recorded. */
  readonly lastAt: Date;
  /** Gives the ledger another name and a key of its own, and runs `append` for the entry that says so. */
  rename(origin: string, now: Date, append: (verifier: string) => number): Promise<void>;
  /** Every approved version, and every one that is suspended already. */
  standing(): Promise<(Standing & { readonly state: string })[]>;
  suspend(of: Standing, why: string, by: Actor, now: Date): Promise<void>;
}

export type Restored = { readonly origin: string; readonly suspended: readonly string[] };

/**
 * What happens to a practice that was put back from a backup. What was recorded after the backup is missing, objections
 * too, so nothing leaves but direct care until a guardian resumes each extract. And its log goes on under another name
 * (`…/log/<ods>/` and the time of the restore): what was published of the missing part would not agree with it. A number
 * would not do: a backup that is put back twice does not know of the first time, and two logs would have one name.
 */
export async function restorePractice(change: RestoredChange, by: Actor, now: Date): Promise<Restored> {
  const { head, origin: before } = change;
  const origin = nextOrigin(before, now);
  const root = Buffer.from(head.root).toString('base64');
  await change.rename(origin, now, (verifier) => {
    const data = { origin, verifier, before: { origin: before, root, size: head.size } };
    return change.append('practice-restored', by, data, now);
  });
  const suspended: string[] = [];
  for (const version of await change.standing()) {
    if (rulesOfGround(version.ground).withholdsNobody === true) continue;
    await change.suspend(version, whySuspended(change.lastAt), by, now);
    // Of one that was suspended before, only the reason is another: nobody resumes it without reading that objections are missing.
    if (version.state === 'suspended') continue;
    change.append('extract-suspended', by, { extract: version.extractId, version: version.version }, now);
    suspended.push(version.extractId);
  }
  return { origin, suspended };
}

/** What the guardian reads before the extract is resumed. */
function whySuspended(lastAt: Date): string {
  return `Put back from a backup, in which the last thing was recorded ${showInstant(lastAt)}. Whatever was recorded after that is missing. Resume only when the objections since then were recorded again.`;
}

/** `…/log/A12345`, then `…/log/A12345/20261128064500123`, whatever it was called after a restore before. */
function nextOrigin(origin: string, now: Date): string {
  const [, name = origin] = /^(.*\/log\/[^/]+)(?:\/\d+)?$/.exec(origin) ?? [];
  return `${name}/${now.toISOString().replace(/\D/g, '')}`;
}
