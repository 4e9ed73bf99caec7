import { Router } from 'express';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';

/** The accessibility statement that the law asks of public sector websites (SI 2018/952, regulation 8). */
export function accessibilityRoutes(): Router {
  const router = Router();
  router.get(paths.accessibility, (_req, res) => {
    render(res, 'accessibility/show', { title: 'Accessibility statement' });
  });
  return router;
}
