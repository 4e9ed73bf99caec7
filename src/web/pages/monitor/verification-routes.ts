import { type Request, type Response, Router } from 'express';
import { isRunning, RUN_EVERY, type VerificationRun } from '../../../reports/verification-run.ts';
import type { Services } from '../../../services.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { goUnnoticed } from '../../middleware/kept-sessions.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { isUuid } from '../objections/find.ts';
import { whoActed } from '../objections/who.ts';
import { foundView, runView } from './verification-view.ts';

const notYet = {
  running: 'A check is running already: this is it',
  'too-soon': `A check was asked for less than ${RUN_EVERY / 60_000} minutes ago: this is it`,
} as const;

/** Checks of the whole ledger by button: progress that can be left and come back to, and what was found. */
export function verificationRoutes(services: Services): Router {
  const router = Router();
  const { reports, background, now } = services;

  router.post(paths.verifications, requirePermission('verify-ledger'), async (req, res) => {
    const { practiceId } = personOf(res);
    const asked = await reports.runs.ask({ practiceId }, actorOf(res));
    if (asked.ok)
      background.start('verification-failed', (signal) => reports.runs.run(practiceId, asked.run, signal));
    else sayDone(req, notYet[asked.reason]);
    res.redirect(303, paths.verification(asked.run.id));
  });

  const named = async ({ params: { id } }: Request, res: Response): Promise<VerificationRun> => {
    const found = isUuid(id) ? await reports.runs.find(personOf(res).practiceId, id) : null;
    if (found === null) throw new PageError(404, 'no such check');
    return found;
  };

  router.get(paths.verification(':id'), requirePermission('verify-ledger'), async (req, res) => {
    const run = await named(req, res);
    const found = await reports.verification(personOf(res).practiceId, run.id);
    const nameOf = await whoActed(services, res);
    render(res, 'monitor/verification', {
      title: 'Check of the whole ledger',
      back: paths.monitor,
      run: runView(run, nameOf, now()),
      found: found && foundView(found, nameOf),
    });
  });

  /** For the script that moves the bar; without it the page has a link to itself. */
  router.get(paths.verificationProgress(':id'), requirePermission('verify-ledger'), async (req, res) => {
    const run = await named(req, res);
    goUnnoticed(req);
    res.json({ isRunning: isRunning(run, now()), done: run.done, rows: run.size });
  });

  return router;
}
