import type { Field } from '../extracts/extract.ts';
import type { RegisteredVersion } from '../extracts/registered-version.ts';
import type { NoticeVersion } from './notice.ts';

/** What a patient is told of an extract, and what has to be so still for the telling to count. */
export type ToldOf = Pick<
  RegisteredVersion,
  'recipient' | 'recipientOds' | 'purpose' | 'ground' | 'passedOn' | 'destroyBy' | 'fields' | 'fhir'
>;

/**
 * Whether what patients were told of one version of an extract is true of another. A field more, a value that says more,
 * another recipient, purpose or ground, passed on further or kept longer: then they were told of something else. The
 * name, the dates, how often it runs and whom to ask say nothing about whose data goes where.
 *
 * @param told the version of which they were told, as it was then
 * @param now the version that is to leave
 */
export function isStillTrue(told: ToldOf, now: ToldOf): boolean {
  return (
    told.recipient === now.recipient &&
    told.recipientOds === now.recipientOds &&
    told.purpose === now.purpose &&
    told.ground === now.ground &&
    (told.passedOn ?? null) === (now.passedOn ?? null) &&
    isNoLonger(told.destroyBy ?? null, now.destroyBy ?? null) &&
    now.fields.every((field) => told.fields.some((one) => letsOut(one, field))) &&
    sameOrLessFhir(told.fhir ?? null, now.fhir ?? null)
  );
}

/** A version of an extract, with when it was sent for approval as it stands. */
export type CoverableVersion = ToldOf &
  Pick<RegisteredVersion, 'extractId' | 'version' | 'state'> & { readonly sentAt: Date | null };

type Telling = Pick<NoticeVersion, 'noticeId' | 'version' | 'state' | 'covers' | 'publishedAt'>;

/**
 * The notices that cover a version of an extract: who was told by one of them was told of it.
 *
 * - Published. A notice that was withdrawn since still counts: nobody is told by it any more, and who was told by it was
 *   told what is true.
 * - It names a version of the extract of which what it told is true still.
 * - That version stood as it is when the notice was published: sent for approval before, and not edited since. Of a draft
 *   nobody knows what it said then.
 *
 * @param versions every version of the extract
 * @returns their names, as {@link noticeName} writes them
 */
export function coveringNotices(
  notices: readonly Telling[],
  now: Pick<ToldOf & RegisteredVersion, keyof ToldOf | 'extractId'>,
  versions: readonly CoverableVersion[],
): string[] {
  const stoodAt = ({ state, sentAt }: CoverableVersion, at: Date): boolean =>
    state !== 'draft' && sentAt !== null && sentAt.getTime() <= at.getTime();
  return notices
    .filter(({ state, publishedAt, covers }) => {
      if ((state !== 'published' && state !== 'withdrawn') || publishedAt === null) return false;
      return versions.some(
        (told) =>
          told.extractId === now.extractId &&
          covers.some((one) => one.extractId === told.extractId && one.version === told.version) &&
          stoodAt(told, publishedAt) &&
          isStillTrue(told, now),
      );
    })
    .map(noticeName);
}

/** A notice that covers a version, as pages show it. */
export type CoveringNotice = {
  /** What staff call it. */
  readonly name: string;
  readonly version: number;
  /** Nobody is told by it any more. */
  readonly isWithdrawn: boolean;
};

/** What stands for a version of a notice where one text is wanted. */
export const noticeName = ({ noticeId, version }: Pick<NoticeVersion, 'noticeId' | 'version'>): string =>
  `${noticeId} ${version}`;

/** Kept as long, or less; where no day was said, as long as anybody likes. */
function isNoLonger(told: string | null, now: string | null): boolean {
  return told === null || (now !== null && now <= told);
}

/** Whether a field as patients were told of it lets out all that another lets out. */
function letsOut(told: Field, now: Field): boolean {
  if (told.name !== now.name) return false;
  return (
    told.treatment === now.treatment ||
    told.treatment === 'keep' ||
    (told.treatment === 'month' && now.treatment === 'year')
  );
}

function sameOrLessFhir(told: ToldOf['fhir'], now: ToldOf['fhir']): boolean {
  if (now === null) return true;
  return (
    told !== null &&
    now.types.every((type) => told.types.includes(type)) &&
    (told.narrative || !now.narrative)
  );
}
