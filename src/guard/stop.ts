import type { Admitted } from './admit.ts';
import type { Numbers } from './end-rules.ts';
import type { Guard } from './guard.ts';

/** Why a release stops by itself, for a human to look. On direct care it goes on, and somebody is told. */
export const stopKinds = [
  'self-test',
  'unusual-number',
  'source-stale',
  'too-many-unreadable',
  'canary-lost',
  'canary-permitted',
] as const;
export type StopKind = (typeof stopKinds)[number];

/** A stop as it is put before the manager and the guardian. */
export type Stop = {
  readonly practiceId: string;
  readonly extractId: string;
  readonly extractName: string;
  readonly version: number;
  readonly kind: StopKind;
  /** Direct care: the release went on. */
  readonly warns: boolean;
  /** Null where none had begun. */
  readonly releaseId: string | null;
  /** How many patients would have left and been withheld; null where that is not what stopped it. */
  readonly numbers: Numbers | null;
  /** The number that would have been usual. */
  readonly usual: number | null;
};

/** What a stop says besides its kind. */
export type StopSaid = { readonly releaseId?: string; readonly numbers?: Numbers; readonly usual?: number };

/**
 * Puts a stop before the people who have to look, and says whether the release stops for it. A warning that cannot be
 * written down does not hold up direct care.
 */
export async function raise(
  { releases, now }: Pick<Guard, 'releases' | 'now'>,
  { version, rule }: Pick<Admitted, 'version' | 'rule'>,
  kind: StopKind,
  said: StopSaid = {},
): Promise<boolean> {
  const { practiceId, extractId, name: extractName } = version;
  const warns = rule.withholdsNobody;
  const stop: Stop = {
    practiceId,
    extractId,
    extractName,
    version: version.version,
    kind,
    warns,
    releaseId: said.releaseId ?? null,
    numbers: said.numbers ?? null,
    usual: said.usual ?? null,
  };
  const noted = releases.noteStop(stop, now());
  await (warns ? noted.catch(() => undefined) : noted);
  return !warns;
}
