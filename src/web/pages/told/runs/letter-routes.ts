import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { londonDay } from '../../../../day.ts';
import { showReference } from '../../../../notices/attempt-reference.ts';
import { letterOf } from '../../../../notices/letter.ts';
import { letterAddressee } from '../../../../notices/letter-addressee.ts';
import { letterPractice } from '../../../../notices/letter-practice.ts';
import { printLetters, type ToPrint } from '../../../../notices/print/print-letters.ts';
import type { LetterFile } from '../../../../notices/run-contents.ts';
import type { Services } from '../../../../services.ts';
import { personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { qrCode } from '../../../qr-code.ts';
import { render } from '../../../view-engine.ts';
import { isRightToLeft } from '../../notices/words.ts';
import { eachOf, madeRun, wordingsOf } from './made-run.ts';
import { LETTERS_IN_PART } from './view-model.ts';

/** The letters of a batch: PDF, and as a page that prints. Both are made of letterOf (src/notices/letter.ts). */
export function runLetterRoutes(services: Services): Router {
  const router = Router();
  const may = requirePermission('run-notices');
  const practiceOf = (res: Response) => letterPractice(services.config.publicUrl, personOf(res).practice);

  /** The letters of some of the files, each with its wording and to whom it goes. */
  async function* lettersOf(
    req: Request,
    res: Response,
    isWanted: (file: LetterFile) => boolean,
    part?: { readonly from: number; readonly count: number },
  ): AsyncGenerator<ToPrint & { readonly file: LetterFile }> {
    const run = await madeRun(services, req, res, ({ how }) => how === 'letter');
    const wordings = await wordingsOf(services, run, res);
    const fileOf = await services.tellings.letterFiles(personOf(res).practiceId, run);
    // As on the day on which the batch was made, however often it is printed.
    const day = londonDay(run.madeAt);
    for await (const taken of eachOf(services, res, run, part)) {
      const file = fileOf(taken);
      if (!isWanted(file)) continue;
      const reference = showReference(taken.place.attemptId);
      const addressee = { ...letterAddressee(taken.patient, day), reference };
      yield { file, wording: await wordings(taken.place), addressee };
    }
  }

  router.get(paths.toldRunLetters(':id'), may, async (req, res) => {
    const { part: asked, only } = req.query;
    const number = /^\d{1,4}$/.test(String(asked)) ? Number(asked) : 0;
    const part = number === 0 ? undefined : { from: (number - 1) * LETTERS_IN_PART, count: LETTERS_IN_PART };
    const practice = practiceOf(res);
    const now = services.now();
    const letters = [];
    for await (const one of lettersOf(req, res, (file) => only !== 'page' || file === 'page', part))
      letters.push({
        letter: letterOf(one.wording, practice, one.addressee, now),
        isLarge: one.file === 'large-print',
        direction: isRightToLeft(one.wording.language ?? 'en') ? 'rtl' : 'ltr',
      });
    const back = paths.toldRun(String(req.params.id));
    const qr = await qrCode(practice.address);
    render(res, 'told/letters', { title: 'Letters to print', back, letters, practice, qr });
  });

  const files = [
    [paths.toldRunLettersPdf(':id'), 'standard', 'letters.pdf'],
    [paths.toldRunLargePrintPdf(':id'), 'large-print', 'letters-large-print.pdf'],
  ] as const;
  for (const [path, form, name] of files)
    router.get(path, may, async (req, res) => {
      const letters = lettersOf(req, res, (file) => file === form);
      // The first is looked for before anything is answered: a fault until then is a page that says so.
      const first = await letters.next();
      if (first.done)
        throw new PageError(404, 'no letters', 'Nobody in this batch gets a letter of this kind.');
      const all = async function* () {
        yield first.value;
        yield* letters;
      };
      res.attachment(name).type('application/pdf');
      const sheet = printLetters('Letters', practiceOf(res), all(), services.now(), form);
      // A reader that goes away ends the printing; what came so far is no whole file, and no reader opens it.
      await pipeline(sheet, res).catch((error: unknown) => {
        if (!res.destroyed) throw error;
      });
    });

  return router;
}
