import { type RequestHandler, Router } from 'express';
import type { Services } from '../../../services.ts';
import { endSession } from '../../end-session.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';

/** Ends the session on the server, forgets forms in progress, and asks the browser to forget what it kept. */
export function logOutRoutes({ drafts, log }: Services): Router {
  const router = Router();

  const logOut =
    (words: string): RequestHandler =>
    async (req, res) => {
      const { id, practiceId } = personOf(res);
      await drafts.removeAll(id);
      log.info({ event: 'authn_logout', staffId: id, practice: practiceId });
      await endSession(req, res, words);
      res.redirect(303, paths.logIn);
    };

  const own = requirePermission('use-account');
  router.post(paths.logOut, own, logOut('You have logged out'));
  // The next person begins at the home page, whatever the one before had open.
  router.post(paths.switchPerson, own, logOut('You have logged out. The next person can log in'));

  return router;
}
