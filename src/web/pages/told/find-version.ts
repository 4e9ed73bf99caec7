import type { Response } from 'express';
import type { NoticeRef, ToldVersion } from '../../../notices/telling-store.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';

/** A version in a form or an address: the id of the notice, and its number. */
export const versionValue = ({ noticeId, version }: NoticeRef): string => `${noticeId}.${version}`;

/** Which of the versions a value means; undefined when none. */
export function versionOf(versions: readonly ToldVersion[], value: unknown): ToldVersion | undefined {
  return versions.find((one) => versionValue(one) === value);
}

/** What a version is called on a page. */
export const versionName = ({ name, version, state }: ToldVersion): string =>
  `${name}, version ${version}${state === 'withdrawn' ? ' (withdrawn)' : ''}`;

/** For a select or radios. */
export const versionItems = (versions: readonly ToldVersion[]) =>
  versions.map((one) => ({ value: versionValue(one), text: versionName(one) }));

/** The versions of the practice, the newest of each notice that is in use, and the one that an address asks for, or else the newest in use. */
export async function chosenVersion({ tellings }: Services, res: Response, asked: unknown) {
  const versions = await tellings.versions(personOf(res).practiceId);
  // The newest of each notice: the versions are in that order.
  const published = versions.filter(({ state }) => state === 'published');
  const inUse = published.filter(
    (one) => published.find(({ noticeId }) => noticeId === one.noticeId) === one,
  );
  return { versions, inUse, chosen: versionOf(versions, asked) ?? inUse[0] ?? versions[0] };
}

/** The version that an address names; 404 when the practice has none such. */
export async function versionNamed(
  { tellings }: Services,
  res: Response,
  noticeId: unknown,
  version: unknown,
): Promise<ToldVersion> {
  const versions = await tellings.versions(personOf(res).practiceId);
  const found = versionOf(versions, `${String(noticeId)}.${String(version)}`);
  if (found === undefined) throw new PageError(404, 'no such version of a notice');
  return found;
}
