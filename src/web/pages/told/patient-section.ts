import type { Response } from 'express';
import type { Patient } from '../../../patients/patient.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { paths } from '../../paths.ts';
import type { NameOf } from '../objections/who.ts';
import { chosenVersion, versionValue } from './find-version.ts';
import { attemptsOf, toldStatements } from './patient-view.ts';

/** What a patient's page says of telling, with the one button of the desk: by the newest notice in use, today. */
export async function toldSection(services: Services, res: Response, patient: Patient, nameOf: NameOf) {
  const { versions, inUse } = await chosenVersion(services, res, undefined);
  const acts = await services.tellings.ofPatient(personOf(res).practiceId, patient.id);
  if (inUse.length === 0 && acts.length === 0) return undefined;
  const [newest] = inUse;
  const statements = toldStatements(acts, inUse);
  const isHere = patient.dateOfDeath === null && patient.status !== 'left';
  return {
    statements,
    attempts: attemptsOf(acts, { versions, nameOf }),
    button: newest && isHere ? versionValue(newest) : undefined,
    href: paths.patientTold(patient.id),
  };
}
