import type { Request, Response } from 'express';
import type { ExtractVersion } from '../../../extracts/extract.ts';
import type { VersionRecord } from '../../../extracts/registered-version.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';

/** The extract that an address names, in the version that counts. Another practice's is not there: 404. */
export async function extractNamed(
  { extracts }: Services,
  res: Response,
  id: unknown,
): Promise<ExtractVersion> {
  const [found] = typeof id === 'string' ? await extracts.list(personOf(res).practiceId, [id]) : [];
  if (found === undefined) throw new PageError(404, 'no such extract');
  return found;
}

/** Every version of the extract that an address names, the newest first. Another practice's is not there: 404. */
export async function versionsNamed(
  { extracts }: Services,
  res: Response,
  id: unknown,
): Promise<VersionRecord[]> {
  const isSlug = typeof id === 'string' && /^[a-z0-9-]{1,60}$/.test(id);
  const versions = isSlug ? await extracts.versionsOf(personOf(res).practiceId, id) : [];
  if (versions.length === 0) throw new PageError(404, 'no such extract');
  return versions;
}

export type NamedVersion = { readonly version: VersionRecord; readonly versions: readonly VersionRecord[] };

/** The version that an address names, and the others of its extract. */
export async function versionNamed(
  services: Services,
  res: Response,
  { id, version: number }: { readonly id?: unknown; readonly version?: unknown },
): Promise<NamedVersion> {
  const versions = await versionsNamed(services, res, id);
  const version = versions.find((one) => String(one.version) === number);
  if (version === undefined) throw new PageError(404, 'no such version');
  return { version, versions };
}

/** The same, where the version is named in the query: forms with a file are sent to one address. */
export function versionInQuery(services: Services, req: Request, res: Response): Promise<NamedVersion> {
  return versionNamed(services, res, { id: req.query.extract, version: req.query.version });
}

/** The version that counts: the approved one, else the suspended one, else the newest. */
export function countingOf(versions: readonly VersionRecord[]): VersionRecord {
  const found =
    versions.find(({ state }) => state === 'approved') ??
    versions.find(({ state }) => state === 'suspended') ??
    versions[0];
  if (found === undefined) throw new Error('an extract without a version');
  return found;
}

/** What the page of a form showed, as the form carries it. */
export function seenIn({ body }: Request): { seen?: string } {
  return typeof body?.seen === 'string' ? { seen: body.seen } : {};
}
