import { Router } from 'express';
import { morningLine } from '../../../reports/morning-line.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import type { Role } from '../../../staff/roles.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { sinceView } from '../monitor/since.ts';
import { releaseView, seesExact } from '../releases/view-model.ts';
import { overviewLine } from '../work/view-model.ts';
import { openPile, timeToReconcile } from './view-model.ts';

const DAY = 86_400_000;

/** The first page after log in: find a patient, the work that waits, and what left last night. */
export function homeRoutes(services: Services): Router {
  const router = Router();
  const { reports, work, piles, exemptions, now } = services;

  router.get(paths.home, requirePermission('use-account'), async (_req, res) => {
    const { practiceId, practice, role } = personOf(res);
    const seesReleases = permits(role, 'view-releases');
    render(res, 'home/show', {
      title: 'Home',
      findsPatients: permits(role, 'find-patient'),
      piles: permits(role, 'record-objection') ? (await piles.listOpen(practiceId)).map(openPile) : null,
      work: permits(role, 'list-objections') ? await waiting(practiceId, role) : null,
      publicRegister: permits(role, 'hand-out-register') ? paths.publicRegister(practice.ods) : null,
      exemptions: permits(role, 'view-exemptions') ? await exemptionCounts(practiceId) : null,
      morning: seesReleases ? await morning(practiceId) : null,
      reconcile: permits(role, 'reconcile') ? await timeToReconcile(services, practiceId) : null,
      since: role === 'monitor' ? await sinceView(services, res) : null,
      releases: seesReleases
        ? (await reports.releases(practiceId, { limit: 5 })).items.map((one) =>
            releaseView(one, seesExact(role)),
          )
        : null,
    });
  });

  const waiting = async (practiceId: string, role: Role) =>
    (await work.overview(practiceId))
      // What somebody cannot do only hides what they can; and who is watched is not told that somebody watches.
      .filter(({ count, list }) => count > 0 && permits(role, list.permission))
      .map((line) => overviewLine(line, (permission) => permits(role, permission), now()));

  const exemptionCounts = async (practiceId: string) => {
    const open = await exemptions.open(practiceId);
    const waiting = open.filter(({ state }) => state === 'asked').length;
    return { waiting, inForce: open.length - waiting };
  };

  const morning = async (practiceId: string) => {
    const last = await reports.lastVerification(practiceId);
    if (last === null) return morningLine(null, now());
    const left = await reports.leftBetween(practiceId, new Date(last.at.getTime() - DAY), last.at);
    return morningLine({ ...last, left }, now());
  };

  return router;
}
