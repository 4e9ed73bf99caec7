import { type Response, Router } from 'express';
import { londonDay } from '../../../day.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { Services } from '../../../services.ts';
import { type Permission, permits } from '../../../staff/permissions.ts';
import { holdersOf } from '../../../usage-account/holders.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { patientNamed } from '../objections/find.ts';
import { whoActed } from '../objections/who.ts';
import { toldSection } from '../told/patient-section.ts';
import { recordsOfPerson } from './account/records-of.ts';
import { factsOf, objectionsOf, otherRecords } from './patient-view.ts';

/** A patient's page: who they are, what they objected to, and every act on it. */
export function patientPageRoutes(services: Services): Router {
  const router = Router();
  const { patients, objections, usageAccount, now } = services;

  /** After an objection: who holds the patient's data all the same. */
  const holdersNow = async (res: Response, patient: Patient) => {
    const { records } = await recordsOfPerson(services, res, patient, 'account');
    const account = await usageAccount(personOf(res).practiceId, records);
    return [...new Set(holdersOf(account, londonDay(now())).map(({ version }) => version.recipient))];
  };

  const isToBeMatched = async (practiceId: string, { id, status }: Patient) =>
    status === 'to-be-matched' && (await patients.toBeMatched(practiceId)).some((one) => one.id === id);

  router.get(paths.patient(':id'), requirePermission('view-patient'), async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id, 'patient-page');
    const { practiceId, role } = personOf(res);
    const may = (permission: Permission) => permits(role, permission);
    const [[acts = [], ...elsewhere], rows, sharing, nameOf] = await Promise.all([
      objections.ofPerson(practiceId, patient.id),
      patients.objectionsOf(practiceId, [patient.id]),
      patients.withNumber(practiceId, patient.nhsNumber),
      whoActed(services, res),
    ]);
    const listed = await Promise.all(rows.map(({ id }) => objections.find(practiceId, id)));
    const types = objectionsOf({ acts, listed: listed.filter((one) => one !== null), nameOf, may });
    const others = otherRecords(elsewhere);
    const inForce =
      types.some((type) => type.isOnRecord && type.inForce) || others.some((one) => one.inForce);
    const sharers = sharing.filter(
      ({ status, personId }) =>
        status !== 'to-be-matched' && (personId === null || personId !== patient.personId),
    );
    render(res, 'patients/show', {
      title: 'Patient',
      back: paths.patients,
      patient: factsOf(
        patient,
        sharers.some(({ id }) => id !== patient.id),
        now(),
      ),
      types,
      told: may('tell-patient') ? await toldSection(services, res, patient, nameOf) : undefined,
      isListed: patient.status !== 'to-be-matched',
      statements: [
        ...types.filter(({ type, isOnRecord }) => isOnRecord || others.every((one) => one.type !== type)),
        ...others,
      ].map(({ statement }) => statement),
      noneOnRecord: types.every(({ isOnRecord }) => !isOnRecord) && others.length === 0,
      match:
        may('match-person') && (await isToBeMatched(practiceId, patient))
          ? paths.matchPerson(patient.id)
          : undefined,
      records: may('link-records') ? paths.patientRecords(patient.id) : undefined,
      record: may('record-objection') ? paths.newObjectionFor(patient.id) : undefined,
      withdraw: inForce && may('withdraw-objection') ? paths.newWithdrawalFor(patient.id) : undefined,
      answer: paths.patientAnswer(patient.id),
      extracts: paths.patientExtracts(patient.id),
      consents: may('record-consent') ? paths.patientConsents(patient.id) : undefined,
      blankForm: paths.blankFormFor(patient.id),
      account: paths.patientAccount(patient.id),
      recipients: paths.patientRecipients(patient.id),
      holders: inForce ? await holdersNow(res, patient) : [],
      access: may('view-access-log') ? paths.patientAccess(patient.id) : undefined,
    });
  });

  return router;
}
