import { isDay, londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { ExtractRegister, VersionName } from './extract-register.ts';

export type Destruction = VersionName & {
  /** `YYYY-MM-DD`: when the data was destroyed, as the recipient's certificate says. */
  readonly on: string;
  /** What the certificate is called, or where it is kept. */
  readonly certificate: string;
};

export type DestructionNoted =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'no-such-version' | 'not-a-day' | 'in-future' | 'no-certificate' | 'already-noted';
    };

/** Notes that the recipient's certificate of destruction came in. What is noted stays. */
export function noteDestruction(
  register: ExtractRegister,
  { practiceId, extractId, version, on, certificate }: Destruction,
  by: Actor,
  now: Date,
): Promise<DestructionNoted> {
  return register.change(practiceId, async (change): Promise<DestructionNoted> => {
    const found = await change.find(extractId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.destroyedOn !== null) return { ok: false, reason: 'already-noted' };
    if (!isDay(on)) return { ok: false, reason: 'not-a-day' };
    if (on > londonDay(now)) return { ok: false, reason: 'in-future' };
    if (certificate.trim() === '') return { ok: false, reason: 'no-certificate' };
    const columns = { destroyedOn: on, certificateReference: certificate.trim(), certificateBy: by.id };
    await change.update(extractId, version, columns);
    change.append('destruction-noted', by, { extract: extractId, version, on }, now);
    return { ok: true };
  });
}
