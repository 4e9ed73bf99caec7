import { Router } from 'express';
import type { Services } from '../../../../services.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { objectionNamed } from '../find.ts';
import { patientBanner } from '../patient-banner.ts';

/** Telling a patient that their type 2 objection has no national effect, and ticking that off. */
export function nationalOptOutRoutes(services: Services): Router {
  const router = Router();
  const may = requirePermission('record-objection');

  router.get(paths.tellNational(':id'), may, async (req, res) => {
    const { patient, tellNational } = await objectionNamed(services, res, req.params.id);
    render(res, 'objections/national-opt-out', {
      title: 'Tell about the national opt-out',
      back: paths.patient(patient.id),
      patient: patientBanner(patient, services.now()),
      tellNational,
    });
  });

  router.post(paths.tellNational(':id'), may, async (req, res) => {
    const { patient } = await objectionNamed(services, res, req.params.id);
    const { practiceId } = personOf(res);
    // Told twice is told: whoever came second finds it done.
    await services.objections.tellOfNationalOptOut({ practiceId, patientId: patient.id }, actorOf(res));
    sayDone(req, 'Ticked off: the patient was told about the national opt-out');
    res.redirect(303, paths.patient(patient.id));
  });

  return router;
}
