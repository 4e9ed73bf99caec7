import { Router } from 'express';
import { isDay, londonDay, showInstant, showMonth } from '../../../day.ts';
import { roundedCount } from '../../../reports/small-counts.ts';
import type { Services } from '../../../services.ts';
import { roleNames } from '../../../staff/roles.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { whoActed } from '../objections/who.ts';
import { sinceView } from './since.ts';
import { foundView, runView } from './verification-view.ts';

const ON_PAGE = 50;

/** For whoever watches over the practice: what happened, what is overdue, and what the watchers themselves looked at. */
export function monitorRoutes(services: Services): Router {
  const router = Router();
  const { monitor, reports, staff, now } = services;
  const may = requirePermission('view-ledger');

  router.get(paths.monitor, may, async (req, res) => {
    const { practiceId, practice } = personOf(res);
    const asked = String(req.query.since ?? '');
    const day = isDay(asked) && asked <= londonDay(now()) ? asked : undefined;
    const nameOf = await whoActed(services, res);
    const [found, run] = [await reports.lastVerification(practiceId), await reports.runs.last(practiceId)];
    render(res, 'monitor/show', {
      title: 'What happened',
      since: await sinceView(services, res, day),
      day: day ?? '',
      today: londonDay(now()),
      found: found && foundView(found, nameOf),
      run: run && runView(run, nameOf, now()),
      log: paths.log(practice.ods),
    });
  });

  router.get(paths.monitorLooks, may, async (req, res) => {
    const { practiceId } = personOf(res);
    const page = pageOf(req.query.page, await monitor.countLooks(practiceId), ON_PAGE);
    const nameOf = await whoActed(services, res);
    const looks = await monitor.looks(practiceId, page);
    render(res, 'monitor/looks', {
      title: 'What the monitor looked at',
      back: paths.monitor,
      looks: looks.map(({ at, staffId, path }) => ({
        at: showInstant(at),
        who: nameOf({ kind: 'staff', id: staffId }),
        path,
      })),
      pagination: paginationOf(page, (number) => `${paths.monitorLooks}?page=${number}`),
    });
  });

  router.get(paths.accessCounts, may, async (_req, res) => {
    const { practiceId } = personOf(res);
    const members = new Map((await staff.list(practiceId)).map(({ id, role }) => [id, role]));
    const counts = await monitor.accessCounts(practiceId, (id) => members.get(id));
    render(res, 'monitor/access-counts', {
      title: 'How often patients were looked at',
      back: paths.monitor,
      rows: counts
        .sort((one, other) => (one.month < other.month ? 1 : -1))
        .map(({ month, role, count }) => ({
          month: showMonth(month),
          role: roleNames[role],
          count: roundedCount(count),
        })),
    });
  });

  return router;
}
