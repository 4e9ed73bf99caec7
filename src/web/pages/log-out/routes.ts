import { Router } from 'express';
import type { Services } from '../../../services.ts';
import { endSession } from '../../end-session.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';

/** Ends the session on the server, forgets forms in progress, and asks the browser to forget what it kept. */
export function logOutRoutes({ drafts, log }: Services): Router {
  const router = Router();
  router.post(paths.logOut, requirePermission('use-account'), async (req, res) => {
    const { id, practiceId } = personOf(res);
    await drafts.removeAll(id);
    log.info({ event: 'authn_logout', staffId: id, practice: practiceId });
    await endSession(req, res, 'You have logged out');
    res.redirect(303, paths.logIn);
  });
  return router;
}
