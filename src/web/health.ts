import { Router } from 'express';
import type { Services } from '../services.ts';

/** For whatever keeps the app running: is the process alive, and can it do its work? */
export function healthRoutes(services: Services): Router {
  const router = Router();

  router.get('/health/live', (_req, res) => {
    res.json({ status: 'pass' });
  });

  router.get('/health/ready', async (_req, res) => {
    const checks = await services.readiness();
    const failing = checks.filter(({ ok }) => !ok);
    res.status(failing.length === 0 ? 200 : 503).json({
      status: failing.length === 0 ? 'pass' : 'fail',
      checks: Object.fromEntries(checks.map(({ part, ok }) => [part, ok ? 'pass' : 'fail'])),
    });
  });

  return router;
}
