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
import { whoActed } from '../objections/who.ts';
import { heldView, objectionsView, patientFacts } from './view-model.ts';

/** Looks shown on one page of the access log. */
const LOOKS = 50;

const lookWords: Readonly<Record<string, string>> = {
  'search-result': 'Shown in a search',
  'patient-page': 'Patient page',
  account: 'Account',
  'access-log': 'Who looked',
  'objection-form': 'Form for an objection',
  receipt: 'Receipt',
};

/** A patient: objections with every act, where their data went, who looked. Every look is written down. */
export function patientRoutes(services: Services): Router {
  const { patients, objections, now } = services;
  const router = Router();

  router.get(paths.patient(':id'), requirePermission('view-patient'), async (req, res) => {
    const person = personOf(res);
    const patient = await patientNamed(services, res, req.params.id);
    await patients.noteLook(person, [patient.id], 'patient-page');
    const acts = await objections.ofPatient(person.practiceId, patient.id);
    const shown = objectionsView(acts, await whoActed(services, res));
    const sharers = await patients.withNumber(person.practiceId, patient.nhsNumber);
    render(res, 'patients/show', {
      title: 'Patient',
      back: paths.patients,
      patient: patientBanner(patient, now()),
      facts: patientFacts(patient, now()),
      sharesNumber: sharers.length > 1,
      nothingOnRecord: acts.length === 0,
      anyInForce: shown.some(({ inForce }) => inForce),
      objections: shown,
      held: heldView(await patients.releasesOf(person.practiceId, patient)),
      seesReleases: permits(person.role, 'view-releases'),
      record: paths.newObjectionFor(patient.id),
      withdraw: paths.newWithdrawalFor(patient.id),
      access: permits(person.role, 'view-access-log') ? paths.patientAccess(patient.id) : null,
    });
  });

  router.get(paths.patientAccess(':id'), requirePermission('view-access-log'), async (req, res) => {
    const person = personOf(res);
    const patient = await patientNamed(services, res, req.params.id);
    await patients.noteLook(person, [patient.id], 'access-log');
    const total = await patients.countLooks(person.practiceId, patient.id);
    const last = Math.max(1, Math.ceil(total / LOOKS));
    const page = Math.min(Math.max(1, Math.trunc(Number(req.query.page)) || 1), last);
    const looks = await patients.looks(person.practiceId, patient.id, {
      skip: (page - 1) * LOOKS,
      take: LOOKS,
    });
    const nameOf = await whoActed(services, res);
    const at = (to: number) => `${paths.patientAccess(patient.id)}?page=${to}`;
    render(res, 'patients/access', {
      title: last > 1 ? `Who looked at this patient (page ${page} of ${last})` : 'Who looked at this patient',
      back: paths.patient(patient.id),
      patient: patientBanner(patient, now()),
      looks: looks.map(({ staffId, at: when, what }) => ({
        when: showInstant(when),
        who: nameOf({ kind: 'staff', id: staffId }),
        what: lookWords[what] ?? what,
      })),
      newer: page > 1 ? at(page - 1) : null,
      older: page < last ? at(page + 1) : null,
    });
  });

  return router;
}
