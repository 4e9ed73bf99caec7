import { type Response, Router } from 'express';
import { z } from 'zod';
import { showDay, showInstant } from '../../../../day.ts';
import type { Services } from '../../../../services.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { patientBanner } from '../patient-banner.ts';
import { typeWords, wordFor } from '../words.ts';

/** How many of a file are shown one by one; after an answer the next come up. */
const SHOWN = 50;

const answer = z.object({
  importId: z.uuid(),
  id: z.uuid().optional(),
  answer: z.enum(['confirmed', 'refused']),
});

/** Withdrawals that came in files: a manager confirms or refuses them, one by one or a whole file at once. */
export function importedWithdrawalRoutes(services: Services): Router {
  const router = Router();
  const { objections } = services;
  const may = requirePermission('confirm-withdrawals');

  router.get(paths.waitingWithdrawals, may, async (_req, res) => {
    const { practiceId } = personOf(res);
    const inForce = await objections.countInForce(practiceId);
    const imports = await objections.waitingImports(practiceId);
    render(res, 'objections/imported-withdrawals', {
      title: 'Withdrawals from imported files',
      back: paths.objections,
      inForce,
      files: await Promise.all(
        imports.map(async (file) => ({
          ...file,
          at: showInstant(file.at),
          shareOfRows: percent(file.waiting, file.rows),
          shareInForce: percent(file.waiting, inForce),
          lines: await linesOf(res, file.importId),
        })),
      ),
    });
  });

  const linesOf = async (res: Response, importId: string) => {
    const lines = await objections.waitingWithdrawals(personOf(res).practiceId, importId, SHOWN);
    return lines.map(({ id, type, receivedOn, inForce, patient }) => ({
      id,
      patient: patientBanner(patient, services.now()),
      type: wordFor(typeWords, type),
      receivedOn: showDay(receivedOn),
      inForce,
    }));
  };

  router.post(paths.waitingWithdrawals, may, async (req, res) => {
    const read = answer.safeParse(req.body);
    if (!read.success) throw new PageError(400, 'no such answer');
    const { id, ...said } = read.data;
    const { practiceId } = personOf(res);
    const done = await objections.answerWithdrawals({ practiceId, ...said, ...(id && { id }) }, actorOf(res));
    const count = done.ok ? done.count : 0;
    const what = said.answer === 'confirmed' ? 'confirmed' : 'refused';
    sayDone(
      req,
      count === 0
        ? 'Somebody else has answered these already'
        : `${count} ${count === 1 ? 'withdrawal' : 'withdrawals'} ${what}`,
    );
    res.redirect(303, paths.waitingWithdrawals);
  });

  return router;
}

/** `12%`; below one percent, and of nothing at all, in words. */
function percent(part: number, whole: number): string {
  if (whole === 0) return 'there are none';
  const share = (100 * part) / whole;
  return share < 1 ? 'less than 1%' : `${Math.round(share)}%`;
}
