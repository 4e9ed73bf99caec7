import { Router } from 'express';
import type { Services } from '../../../services.ts';
import { endSession } from '../../end-session.ts';
import { personIfAny } from '../../middleware/log-in.ts';
import { paths } from '../../paths.ts';

/** Ends the session on the server, forgets forms in progress, and asks the browser to forget what it kept. */
export function logOutRoutes({ drafts, log }: Services): Router {
  const router = Router();
  router.post(paths.logOut, async (req, res) => {
    const person = personIfAny(res);
    if (person !== undefined) {
      await drafts.removeAll(person.id);
      log.info({ event: 'authn_logout', staffId: person.id, practice: person.practice.ods });
    }
    await endSession(req, res, 'You have logged out');
    res.redirect(303, paths.logIn);
  });
  return router;
}
