import type { Request, Response } from 'express';
import type { Wording } from '../../../../notices/letter.ts';
import type { NoticeRun } from '../../../../notices/run.ts';
import type { Taken } from '../../../../notices/take-from-run.ts';
import type { RunPlace } from '../../../../notices/telling-store.ts';
import type { Services } from '../../../../services.ts';
import { personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { noteLook } from '../../objections/find.ts';
import { versionNamed } from '../find-version.ts';
import { runNamed } from './routes.ts';

/** The batch that an address names, which is made, and was not stopped; 404 when it is not there to be sent. */
export async function madeRun(
  services: Services,
  req: Request,
  res: Response,
  isWanted: (run: NoticeRun) => boolean,
): Promise<NoticeRun> {
  const run = await runNamed(services, req, res);
  if (run.state === 'making' || run.state === 'stopped')
    throw new PageError(
      404,
      'the batch is not there to be sent',
      'This batch is not made yet, or was stopped.',
    );
  if (!isWanted(run)) throw new PageError(404, 'no batch of these');
  return run;
}

/** The wording of each place of a batch: the version, or its translation. The same one is the same object. */
export async function wordingsOf(services: Services, run: NoticeRun, res: Response) {
  const { practiceId } = personOf(res);
  const { tellings } = services;
  const { version, content, publishedAt } = await versionNamed(services, res, run.noticeId, run.version);
  const known = new Map<string | null, Wording>([[null, { version, content, publishedAt }]]);
  const translations = await tellings.translations(practiceId, run);
  return async ({ translationId }: RunPlace): Promise<Wording> => {
    const found = known.get(translationId);
    if (found !== undefined) return found;
    const language = translations.find(({ id }) => id === translationId)?.language;
    const words = translationId === null ? null : await tellings.translated(practiceId, translationId);
    if (words === null || language === undefined) throw new Error('a translation has vanished');
    const wording = { version, content: words, publishedAt, language };
    known.set(translationId, wording);
    return wording;
  };
}

/**
 * Each of a batch who gets something, in order; that they were shown is written down, of a portion before it is given.
 * Whoever is not among them is left out of the batch from then on.
 */
export async function* eachOf(
  services: Services,
  res: Response,
  run: NoticeRun,
  part?: { readonly from: number; readonly count: number },
): AsyncGenerator<Taken> {
  for await (const { taken } of services.tellings.takeFrom(personOf(res).practiceId, run, part)) {
    await noteLook(
      services,
      res,
      taken.map(({ patient }) => patient.id),
      'notice-batch',
    );
    yield* taken;
  }
}
