import { Router } from 'express';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { chosenVersion, versionItems, versionName, versionValue } from '../told/find-version.ts';
import { coverageView } from './view-model.ts';

/** How far telling has come, with the whole list as denominator. Whoever sees no patient gets rounded counts. */
export function coverageRoutes(services: Services): Router {
  const router = Router();
  const { tellings } = services;

  router.get(paths.coverage, requirePermission('view-coverage'), async (req, res) => {
    const { practiceId, role } = personOf(res);
    const { versions, chosen } = await chosenVersion(services, res, req.query.notice);
    const seesPatients = permits(role, 'list-untold');
    const query = chosen ? `?notice=${versionValue(chosen)}` : '';
    render(res, 'coverage/show', {
      title: 'Who was told',
      versions: versionItems(versions),
      chosen: chosen && { value: versionValue(chosen), name: versionName(chosen) },
      coverage: chosen && coverageView(await tellings.coverage(practiceId, [chosen]), seesPatients, query),
      told: seesPatients ? `${paths.told}${query}` : undefined,
    });
  });

  return router;
}
