import { Router } from 'express';
import { z } from 'zod';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { releaseView } from './view-model.ts';

/** Anything else in the address is as if it were not there. */
const choice = z.object({
  extract: z.string().max(100).optional().catch(undefined),
  status: z.enum(['started', 'complete', 'failed', 'interrupted']).optional().catch(undefined),
  cursor: z.uuid().optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).catch(50),
});

/** What left, and what was withheld, by release: counts and reasons, for the practice's own eyes. */
export function releaseRoutes({ reports }: Services): Router {
  const router = Router();

  router.get(paths.releases, requirePermission('view-releases'), async (req, res) => {
    const { extract, status, cursor, limit } = choice.parse(req.query);
    const { practiceId } = personOf(res);
    const { items, next } = await reports.releases(practiceId, { extractId: extract, status, cursor, limit });
    const kept = new URLSearchParams({
      ...(extract && { extract }),
      ...(status && { status }),
      limit: String(limit),
    });
    render(res, 'releases/list', {
      title: 'Releases',
      releases: items.map(releaseView),
      next: next && `${paths.releases}?${kept}&cursor=${next}`,
      chosen: { extract, status },
      fromStart: cursor === undefined,
    });
  });

  router.get(paths.release(':id'), requirePermission('view-releases'), async (req, res) => {
    const id = z.uuid().safeParse(req.params.id);
    const release = id.success ? await reports.release(personOf(res).practiceId, id.data) : null;
    if (!release) throw new PageError(404, 'no such release');
    render(res, 'releases/show', { title: 'Release', back: paths.releases, release: releaseView(release) });
  });

  return router;
}
