import { Router } from 'express';
import { showInstant } from '../../../day.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { extractsView } from './extracts-view.ts';

/** Tries a patient: which extracts would hold them tonight, and why, as the guard itself decides. */
export function extractsRoutes(services: Services): Router {
  const router = Router();
  const { guard, patients, now } = services;

  router.get(paths.patientExtracts(':id'), requirePermission('view-patient'), async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id, 'extracts');
    const { practiceId } = personOf(res);
    const objections = await patients.objectionsOf(practiceId, [patient.id]);
    const own = objections.filter(({ status }) => status === 'in-force').map(({ type }) => type);
    const explained = await guard.explain({ practiceId, nhsNumber: patient.nhsNumber });
    render(res, 'patients/extracts', {
      title: 'Which extracts would hold this patient tonight',
      back: paths.patient(patient.id),
      patient: patientBanner(patient, now()),
      asOf: showInstant(now()),
      extracts: extractsView(explained, new Set(own)),
    });
  });

  return router;
}
