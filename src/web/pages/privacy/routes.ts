import { Router } from 'express';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';

/** What the registry holds about whom, why, and for how long. For everybody. */
export function privacyRoutes(): Router {
  const router = Router();
  router.get(paths.privacy, (_req, res) => render(res, 'privacy/show', { title: 'Privacy' }));
  return router;
}
