import { Router } from 'express';
import { paths } from '../../paths.ts';
import { returnPath } from '../../return-path.ts';
import { render } from '../../view-engine.ts';

/** Shown instead of a page when the session is over. It holds nothing of a patient: somebody else may sit there now. */
export function timedOutRoutes(): Router {
  const router = Router();
  router.get(paths.timedOut, (req, res) => {
    const then = returnPath(req.query.then);
    const logIn = then === paths.home ? paths.logIn : `${paths.logIn}?then=${encodeURIComponent(then)}`;
    render(res, 'timed-out/show', { title: 'You have been logged out', entered: undefined, logIn });
  });
  return router;
}
