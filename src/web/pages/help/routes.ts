import { Router } from 'express';
import { personIfAny } from '../../middleware/log-in.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';

/** How the registry works, and what it cannot do. For everybody. */
export function helpRoutes(): Router {
  const router = Router();
  router.get(paths.help, (_req, res) =>
    render(res, 'help/show', {
      title: 'Help',
      guidance: personIfAny(res) === undefined ? null : paths.guidance,
    }),
  );
  return router;
}
