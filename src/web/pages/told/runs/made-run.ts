import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Wording } from '../../../../notices/letter.ts';
import type { NoticeRun } from '../../../../notices/run.ts';
import type { Taken } from '../../../../notices/take-from-run.ts';
import type { RunPlace } from '../../../../notices/telling-store.ts';
import type { Services } from '../../../../services.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
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
  const { state } = await versionNamed(services, res, run.noticeId, run.version);
  if (state === 'withdrawn')
    throw new PageError(
      404,
      'the notice was withdrawn',
      'This notice was withdrawn, so nothing of the batch can be taken away any more. Make a batch of a notice that is in use.',
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

/** A file of a batch: what it is called in the database (taking.ts), how many it has, and who is in it. */
type FileToGive = {
  readonly file: string;
  readonly count: number;
  readonly isIn?: (taken: Taken) => boolean;
  readonly part?: { readonly from: number; readonly count: number } | undefined;
};

/**
 * Gives a file of a batch. Whoever is in it was shown, which is written down, of a portion before it is given; whoever is
 * left out stays so. How far it has come is kept for the page of the batch, and that it was given only when all of it was.
 *
 * @param give answers with the people it is handed, in the order of the batch, and calls `isGiven` before it ends the
 * answer: whoever has seen its end finds it noted
 */
export async function giveFile(
  services: Services,
  res: Response,
  run: NoticeRun,
  { file, count, isIn = () => true, part }: FileToGive,
  give: (people: AsyncIterable<Taken>, isGiven: () => Promise<void>) => Promise<unknown>,
): Promise<void> {
  if (count === 0) throw new PageError(404, 'no letters', 'Nobody in this batch gets one of these.');
  // Who only asks whether it is there gets nothing.
  if (res.req.method === 'HEAD') return void res.end();
  const { tellings } = services;
  const { practiceId } = personOf(res);
  const taking = { practiceId, runId: run.id, takingId: randomUUID() };
  await tellings.beginTaking({ ...taking, file, count }, actorOf(res));
  const places: number[] = [];
  const people = async function* (): AsyncGenerator<Taken> {
    for await (const portion of tellings.takeFrom({ ...taking, run, part, isIn })) {
      const ids = portion.map(({ patient }) => patient.id);
      await noteLook(services, res, ids, 'notice-batch');
      for (const one of portion) {
        yield one;
        places.push(one.place.place);
      }
    }
  };
  try {
    await give(people(), () => tellings.endTaking({ ...taking, places }));
  } catch (error) {
    await tellings.stopTaking(taking);
    // A reader that goes away ends it; what came so far is no whole file, and no reader opens it.
    if (!res.destroyed) throw error;
  }
}
