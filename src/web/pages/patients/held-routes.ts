import { Router } from 'express';
import { showInstant } from '../../../day.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';

const endings: Readonly<Record<string, string>> = {
  complete: 'Left',
  started: 'Being sent',
  interrupted: 'The connection broke, so it counts as having left',
  failed: 'The end was not written down, so it counts as having left',
};

/** Which extracts held a patient's data: the account that the practice owes them. */
export function heldRoutes(services: Services): Router {
  const router = Router();

  router.get(paths.patientReleases(':id'), requirePermission('view-patient'), async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id, 'account');
    const { practiceId, role } = personOf(res);
    const releases = await services.patients.releasesOf(practiceId, patient);
    render(res, 'patients/releases', {
      title: 'Extracts that held this patient’s data',
      back: paths.patient(patient.id),
      patient: patientBanner(patient, services.now()),
      releases: releases.map((release) => ({
        decided: showInstant(release.decidedAt),
        href: permits(role, 'view-releases') ? paths.release(release.releaseId) : undefined,
        extract: release.extractName,
        recipient: release.recipient,
        purpose: release.purpose,
        what:
          release.kind === 'check'
            ? 'The number was permitted in a check'
            : (endings[release.status] ?? release.status),
      })),
    });
  });

  return router;
}
