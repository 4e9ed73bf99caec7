import type { Response } from 'express';
import type { ExtractVersion } from '../../../extracts/extract.ts';
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
