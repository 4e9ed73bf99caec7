import { Router } from 'express';
import { reasons } from '../../../guard/decide.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { isUuid, maySee, noteLook } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { releaseView, wordsOfReason } from './view-model.ts';

const ON_PAGE = 50;

/** Who was withheld from a release, and why: for those of the practice who may know. */
export function withheldRoutes(services: Services): Router {
  const router = Router();
  const { reports, now } = services;

  router.get(paths.releaseWithheld(':id'), requirePermission('view-release-patients'), async (req, res) => {
    const { practiceId } = personOf(res);
    const { id } = req.params;
    const release = isUuid(id) ? await reports.release(practiceId, id) : null;
    if (release === null) throw new PageError(404, 'no such release');
    const reason = reasons.find((one) => one === req.query.reason);
    const { byReason, total } = await reports.withheldFrom(practiceId, release.id, {
      reason,
      skip: 0,
      take: 0,
    });
    const page = pageOf(req.query.page, total, ON_PAGE);
    const { items } = await reports.withheldFrom(practiceId, release.id, { reason, ...page });
    const seen = items.filter(({ patient }) => maySee(res, patient));
    const ids = seen.map(({ patient }) => patient.id);
    await noteLook(services, res, ids, 'release-withheld');
    const here = paths.releaseWithheld(release.id);
    const chosen = reason === undefined ? '' : `reason=${reason}&`;
    render(res, 'releases/withheld', {
      title: 'Patients withheld from a release',
      back: paths.release(release.id),
      release: releaseView(release, true),
      total,
      chosen: reason,
      choices: [...byReason].map(([one, count]) => ({
        text: `${wordsOfReason(one)} (${count})`,
        href: `${here}?reason=${one}`,
        current: one === reason,
      })),
      all: here,
      lines: seen.map((one) => ({ ...patientBanner(one.patient, now()), reason: wordsOfReason(one.reason) })),
      hidden: items.length - seen.length,
      pagination: paginationOf(page, (number) => `${here}?${chosen}page=${number}`),
    });
  });

  return router;
}
