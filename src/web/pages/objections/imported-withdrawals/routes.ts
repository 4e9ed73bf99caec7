import { Router } from 'express';
import { z } from 'zod';
import type { Services } from '../../../../services.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { noteLook } from '../find.ts';
import { answeredWords, fileView, lineView } from './view-model.ts';

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
  const { objections, now } = services;
  const may = requirePermission('confirm-withdrawals');

  const filesOf = async (practiceId: string) => {
    const inForce = await objections.countInForce(practiceId);
    return (await objections.waitingImports(practiceId)).map((file) => fileView(file, inForce));
  };

  router.get(paths.waitingWithdrawals, may, async (_req, res) => {
    const { practiceId } = personOf(res);
    const files = await filesOf(practiceId);
    const lines = await Promise.all(
      files.map(({ importId }) => objections.waitingWithdrawals(practiceId, importId, SHOWN)),
    );
    const shown = lines.flat().map(({ patient }) => patient.id);
    await noteLook(services, res, shown, 'objection-list');
    render(res, 'objections/imported-withdrawals', {
      title: 'Withdrawals from imported files',
      back: paths.objections,
      files: files.map((file, at) => ({
        ...file,
        lines: (lines[at] ?? []).map((line) => lineView(line, now())),
      })),
    });
  });

  router.get(paths.confirmAllWithdrawals(':import'), may, async (req, res) => {
    const files = await filesOf(personOf(res).practiceId);
    const file = files.find(({ importId }) => importId === req.params.import);
    if (file === undefined) throw new PageError(404, 'no such import with withdrawals that wait');
    const title = `Confirm all withdrawals of this file?`;
    render(res, 'objections/confirm-all-withdrawals', { title, back: paths.waitingWithdrawals, file });
  });

  router.post(paths.waitingWithdrawals, may, async (req, res) => {
    const read = answer.safeParse(req.body);
    if (!read.success) throw new PageError(400, 'no such answer');
    const { id, ...said } = read.data;
    const { practiceId } = personOf(res);
    const all = { practiceId, ...said };
    const done = await objections.answerWithdrawals(id ? { ...all, id } : all, actorOf(res));
    sayDone(req, answeredWords(said.answer, done.ok ? done.count : 0));
    res.redirect(303, paths.waitingWithdrawals);
  });

  return router;
}
