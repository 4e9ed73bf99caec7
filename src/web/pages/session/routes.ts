import { type Request, type Response, Router } from 'express';
import type {} from 'express-session';
import type { Services } from '../../../services.ts';
import { goUnnoticed, hashOf } from '../../middleware/kept-sessions.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { absoluteLeft, idleLeft } from '../../middleware/session-end.ts';
import { paths } from '../../paths.ts';

/** For the script that warns before a session ends: how long it still lasts, and its going on. */
export function sessionRoutes({ sessions, config, now }: Services): Router {
  const router = Router();
  const own = requirePermission('use-account');

  const answer = (req: Request, res: Response, idleMs: number) => {
    const absolute = absoluteLeft(req, config, now());
    const left = Math.max(0, Math.min(idleMs, absolute));
    // Staying helps as long as the end of the working day is not what ends the session.
    res.json({ secondsLeft: Math.floor(left / 1000), canStay: absolute > idleMs });
  };

  // Asking is not using: a page that lies open does not keep its session alive.
  router.get(paths.session, own, async (req, res) => {
    goUnnoticed(req);
    const kept = await sessions.find(hashOf(req.sessionID));
    const idle = kept ? kept.lastSeenAt.getTime() + config.sessionIdleMs - now().getTime() : 0;
    answer(req, res, idle);
  });

  router.post(paths.session, own, (req, res) => answer(req, res, idleLeft(config)));

  return router;
}
