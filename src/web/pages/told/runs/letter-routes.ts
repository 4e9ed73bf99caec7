import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { londonDay } from '../../../../day.ts';
import { showReference } from '../../../../notices/attempt-reference.ts';
import { letterOf } from '../../../../notices/letter.ts';
import { letterAddressee } from '../../../../notices/letter-addressee.ts';
import { letterPractice } from '../../../../notices/letter-practice.ts';
import { printLetters, type ToPrint } from '../../../../notices/print/print-letters.ts';
import type { Taken } from '../../../../notices/take-from-run.ts';
import type { Services } from '../../../../services.ts';
import { personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { qrCode } from '../../../qr-code.ts';
import { render } from '../../../view-engine.ts';
import { isRightToLeft } from '../../notices/words.ts';
import { giveFile, madeRun, wordingsOf } from './made-run.ts';
import { LETTERS_IN_PART } from './view-model.ts';

/** The letters of a batch: PDF, and as a page that prints. Both are made of letterOf (src/notices/letter.ts). */
export function runLetterRoutes(services: Services): Router {
  const router = Router();
  const may = requirePermission('run-notices');
  const practiceOf = (res: Response) => letterPractice(services.config.publicUrl, personOf(res).practice);

  /** What is needed to make letters of a batch. */
  const letters = async (req: Request, res: Response) => {
    const { practiceId } = personOf(res);
    const run = await madeRun(services, req, res, ({ how }) => how === 'letter');
    const wordings = await wordingsOf(services, run, res);
    const { of: fileOf } = await services.tellings.letterFiles(practiceId, run);
    // As on the day on which the batch was made, however often it is printed.
    const day = londonDay(run.madeAt);
    const made = async function* (people: AsyncIterable<Taken>): AsyncGenerator<ToPrint & { taken: Taken }> {
      for await (const taken of people) {
        const reference = showReference(taken.place.attemptId);
        const addressee = { ...letterAddressee(taken.patient, day), reference };
        yield { taken, wording: await wordings(taken.place), addressee };
      }
    };
    const counts = async () => (await services.tellings.contents(practiceId, run.id))?.files;
    return { run, fileOf, made, counts };
  };

  router.get(paths.toldRunLetters(':id'), may, async (req, res) => {
    const { run, fileOf, made, counts } = await letters(req, res);
    const { part: asked, only } = req.query;
    const number = /^\d{1,4}$/.test(String(asked)) ? Number(asked) : 0;
    const from = (number - 1) * LETTERS_IN_PART;
    const part = number === 0 ? undefined : { from, count: LETTERS_IN_PART };
    const file =
      only === 'page'
        ? {
            ...{ file: 'page', count: (await counts())?.page ?? 0 },
            isIn: (taken: Taken) => fileOf(taken) === 'page',
          }
        : { file: part ? `part-${number}` : 'all', count: run.count - Math.max(0, from), part };
    const practice = practiceOf(res);
    const now = services.now();
    await giveFile(services, res, run, { part: undefined, ...file }, async (people, isGiven) => {
      const shown = [];
      for await (const { taken, wording, addressee } of made(people))
        shown.push({
          letter: letterOf(wording, practice, addressee, now),
          isLarge: fileOf(taken) === 'large-print',
          direction: isRightToLeft(wording.language ?? 'en') ? 'rtl' : 'ltr',
        });
      const back = paths.toldRun(run.id);
      const qr = await qrCode(practice.address);
      await isGiven();
      render(res, 'told/letters', { title: 'Letters to print', back, letters: shown, practice, qr });
    });
  });

  const files = [
    [paths.toldRunLettersPdf(':id'), 'standard', 'letters.pdf'],
    [paths.toldRunLargePrintPdf(':id'), 'large-print', 'letters-large-print.pdf'],
  ] as const;
  for (const [path, form, name] of files)
    router.get(path, may, async (req, res) => {
      const { run, fileOf, made, counts } = await letters(req, res);
      const count = (await counts())?.[form] ?? 0;
      const isIn = (taken: Taken) => fileOf(taken) === form;
      await giveFile(services, res, run, { file: form, count, isIn }, async (people, isGiven) => {
        res.attachment(name).type('application/pdf');
        const sheet = printLetters('Letters', practiceOf(res), made(people), services.now(), form);
        await pipeline(sheet, before(isGiven), res);
      });
    });

  return router;
}

/** Lets everything through, and does something before the end. */
const before = (end: () => Promise<void>) =>
  new PassThrough({
    flush(callback) {
      end().then(() => callback(), callback);
    },
  });
