import type { Response } from 'express';
import type { Notice, Translation, VersionRecord } from '../../../notices/notice-store.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';

export type NamedNotice = { readonly notice: Notice; readonly versions: readonly VersionRecord[] };
export type NamedVersion = NamedNotice & { readonly version: VersionRecord };

/** The notice that an address names, with its versions. Another practice's is not there: 404. */
export async function noticeNamed({ notices }: Services, res: Response, id: unknown): Promise<NamedNotice> {
  const { practiceId } = personOf(res);
  const notice = typeof id === 'string' ? await notices.find(practiceId, id) : undefined;
  if (notice === undefined) throw new PageError(404, 'no such notice');
  return { notice, versions: await notices.versionsOf(practiceId, notice.id) };
}

/** The version that an address names. */
export async function versionNamed(
  services: Services,
  res: Response,
  { id, version: number }: { readonly id?: unknown; readonly version?: unknown },
): Promise<NamedVersion> {
  const named = await noticeNamed(services, res, id);
  const version = named.versions.find((one) => String(one.version) === number);
  if (version === undefined) throw new PageError(404, 'no such version');
  return { ...named, version };
}

/** The translation that a query names; undefined when it names none. */
export async function translationNamed(
  { notices }: Services,
  version: VersionRecord,
  id: unknown,
): Promise<Translation | undefined> {
  if (id === undefined) return undefined;
  const found = (await notices.translationsOf(version)).find((one) => one.id === id);
  if (found === undefined) throw new PageError(404, 'no such translation');
  return found;
}
