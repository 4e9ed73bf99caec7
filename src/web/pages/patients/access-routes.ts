import { type Response, Router } from 'express';
import { showInstant } from '../../../day.ts';
import type { Access } from '../../../patients/access-log.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { Services } from '../../../services.ts';
import { roleNames } from '../../../staff/roles.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { headOf, unsendable } from '../letters/letter.ts';
import { patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { whoActed } from '../objections/who.ts';
import { lookedWords } from './access-words.ts';

const LOOKS_ON_PAGE = 50;
/** Looks on paper: more than anybody reads. The letter says how many there are. */
const LOOKS_IN_LETTER = 1000;

/** Who looked at a patient, when, and what they were doing: the practice keeps watch over itself. */
export function accessRoutes(services: Services): Router {
  const router = Router();
  const { patients, staff, now } = services;
  const may = requirePermission('view-access-log');

  const linesOf = async (res: Response, looks: readonly Access[]) => {
    const nameOf = await whoActed(services, res);
    const roles = new Map(
      (await staff.list(personOf(res).practiceId)).map(({ id, role }) => [id, roleNames[role]]),
    );
    return looks.map(({ at, staffId, what }) => ({
      at: showInstant(at),
      who: nameOf({ kind: 'staff', id: staffId }),
      role: roles.get(staffId) ?? null,
      what: lookedWords(what),
    }));
  };

  router.get(paths.patientAccess(':id'), may, async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id, 'access-log');
    const { practiceId } = personOf(res);
    const count = await patients.countLooks(practiceId, patient.id);
    const page = pageOf(req.query.page, count, LOOKS_ON_PAGE);
    const looks = await patients.looks(practiceId, patient.id, page);
    const href = paths.patientAccess(patient.id);
    render(res, 'patients/access', {
      title: `Who looked at this patient${page.count > 1 ? ` (page ${page.current} of ${page.count})` : ''}`,
      back: paths.patient(patient.id),
      patient: patientBanner(patient, now()),
      toPrint: paths.accessToPrint(patient.id),
      looks: await linesOf(res, looks),
      pagination: paginationOf(page, (number) => `${href}?page=${number}`),
    });
  });

  router.get(paths.accessToPrint(':id'), may, async (req, res) => {
    const patient: Patient = await patientNamed(services, res, req.params.id, 'access-log');
    const { practiceId, practice } = personOf(res);
    const count = await patients.countLooks(practiceId, patient.id);
    const looks = await patients.looks(practiceId, patient.id, { skip: 0, take: LOOKS_IN_LETTER });
    render(res, 'patients/access-letter', {
      title: 'Who looked, to print for the patient',
      back: paths.patientAccess(patient.id),
      practice: { name: practice.name, madeUp: practice.madeUp },
      head: headOf(patient, now()),
      warning: unsendable(patient),
      count,
      looks: await linesOf(res, looks),
    });
  });

  return router;
}
