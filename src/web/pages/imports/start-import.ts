import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Response } from 'express';
import { z } from 'zod';
import type { ImportRequest } from '../../../patients/import-patients.ts';
import type { Services } from '../../../services.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { paths } from '../../paths.ts';

/** A list that was uploaded. */
export type ListFile = Pick<ImportRequest, 'fileName' | 'bytes' | 'wholeList'>;

export type Started =
  | { readonly ok: true; readonly path: string }
  /** Something has to be said of it first. */
  | { readonly ok: false; readonly mustAsk: boolean; readonly fault: string };

const DRAFT = 'patient-list';
const kept = z.object({ fileName: z.string(), wholeList: z.boolean(), zipped: z.base64() });

/** Begins to take a list in, in the background; or says what is in the way. */
export async function startImport(services: Services, res: Response, file: ListFile): Promise<Started> {
  const { patients, background } = services;
  const begun = await patients.import(requestOf(res, file), actorOf(res));
  if (begun.ok) {
    background.start('patient-import-failed', (signal) => begun.run({ signal }));
    return { ok: true, path: paths.import(begun.id) };
  }
  const busy = 'Another import is running. Wait until it has ended, then upload this file again';
  return begun.reason === 'already-running'
    ? { ok: false, mustAsk: false, fault: busy }
    : { ok: false, mustAsk: begun.ask !== undefined, fault: begun.fault };
}

/** The list as the registry takes it, for the practice of the person logged in. */
export function requestOf(res: Response, file: ListFile): ImportRequest {
  const { practiceId, practice } = personOf(res);
  return { ...file, practice: { id: practiceId, madeUp: practice.madeUp } };
}

/** Keeps a list until the questions about it are answered: for whoever uploaded it, 8 hours at most. */
export async function keepFile({ drafts }: Services, res: Response, file: ListFile): Promise<string> {
  const { id, practiceId } = personOf(res);
  const { bytes, ...rest } = file;
  const zipped = (await promisify(gzip)(bytes)).toString('base64');
  return drafts.save(practiceId, id, DRAFT, { ...rest, zipped });
}

/** A list that was kept; undefined when it is gone, or somebody else's. */
export async function keptFile(
  { drafts }: Services,
  res: Response,
  draft: string,
): Promise<ListFile | undefined> {
  const { id, practiceId } = personOf(res);
  const read = kept.safeParse(await drafts.find(practiceId, id, DRAFT, draft));
  if (!read.success) return undefined;
  const { zipped, ...rest } = read.data;
  return { ...rest, bytes: await promisify(gunzip)(Buffer.from(zipped, 'base64')) };
}
