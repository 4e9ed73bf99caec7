import { Router } from 'express';
import { showInstant } from '../../../day.ts';
import type { Looked } from '../../../patients/access-log.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { whoActed } from '../objections/who.ts';

const words: Readonly<Record<Looked, string>> = {
  'search-result': 'Result of a search',
  'patient-page': 'Patient’s page',
  account: 'Which extracts held their data',
  extracts: 'Which extracts would hold them tonight',
  'plain-answer': 'What is on record: the answer to print',
  'access-log': 'Who looked at the patient',
  'objection-form': 'Form of an objection',
  'objection-list': 'List of objections',
  evidence: 'Scan of a request',
  letter: 'Letter or form to print',
  receipt: 'Receipt',
  incident: 'Incident',
  consents: 'Consents to extracts',
  told: 'What they were told',
  'notice-batch': 'In a batch of letters, texts or emails',
  'work-list': 'Work list',
  'release-withheld': 'Patients withheld from a release',
};
const LOOKS_ON_PAGE = 50;

/** Who looked at a patient, and when: the practice keeps watch over itself. */
export function accessRoutes(services: Services): Router {
  const router = Router();

  router.get(paths.patientAccess(':id'), requirePermission('view-access-log'), async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id, 'access-log');
    const { practiceId } = personOf(res);
    const count = await services.patients.countLooks(practiceId, patient.id);
    const page = pageOf(req.query.page, count, LOOKS_ON_PAGE);
    const looks = await services.patients.looks(practiceId, patient.id, page);
    const nameOf = await whoActed(services, res);
    const href = paths.patientAccess(patient.id);
    render(res, 'patients/access', {
      title: `Who looked at this patient${page.count > 1 ? ` (page ${page.current} of ${page.count})` : ''}`,
      back: paths.patient(patient.id),
      patient: patientBanner(patient, services.now()),
      looks: looks.map(({ at, staffId, what }) => ({
        at: showInstant(at),
        who: nameOf({ kind: 'staff', id: staffId }),
        what: words[what as Looked] ?? what,
      })),
      pagination: paginationOf(page, (number) => `${href}?page=${number}`),
    });
  });

  return router;
}
