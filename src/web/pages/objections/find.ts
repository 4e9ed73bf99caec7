import type { Response } from 'express';
import { z } from 'zod';
import type { RecordedAct } from '../../../objections/act-entry.ts';
import type { ListedObjection } from '../../../objections/objection-reader.ts';
import type { Looked } from '../../../patients/access-log.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';

// What an address names, of the practice of whoever is logged in. Another practice's is not there: 404.

/** The patient that a page shows; that somebody looked is written down. */
export async function patientNamed(
  services: Services,
  res: Response,
  id: unknown,
  what: Looked = 'objection-form',
): Promise<Patient> {
  const patient = isUuid(id) ? await services.patients.byId(personOf(res).practiceId, id) : null;
  if (patient === null) throw new PageError(404, 'no such patient');
  mustSee(res, patient);
  await noteLook(services, res, [patient.id], what);
  return patient;
}

/** Whether the person logged in may see a patient who is restricted. */
export function maySee(res: Response, { restricted }: Pick<Patient, 'restricted'>): boolean {
  return !restricted || permits(personOf(res).role, 'see-restricted');
}

function mustSee(res: Response, patient: Pick<Patient, 'restricted'>): void {
  const words = 'This record is restricted. Ask the practice manager or the Caldicott Guardian.';
  if (!maySee(res, patient)) throw new PageError(403, 'a restricted patient', words);
}

/** Writes down that these patients were shown. What is sent back shows nobody, or shows again what was shown. */
export async function noteLook({ patients }: Services, res: Response, ids: readonly string[], what: Looked) {
  if (res.req.method === 'GET') await patients.noteLook(personOf(res), [...new Set(ids)], what);
}

export async function actNamed({ objections }: Services, res: Response, id: unknown): Promise<RecordedAct> {
  const act = isUuid(id) ? await objections.act(personOf(res).practiceId, id) : null;
  if (act === null) throw new PageError(404, 'no such act');
  return act;
}

export async function objectionNamed(
  services: Services,
  res: Response,
  id: unknown,
): Promise<ListedObjection> {
  const objection = isUuid(id) ? await services.objections.find(personOf(res).practiceId, id) : null;
  if (objection === null) throw new PageError(404, 'no such objection');
  mustSee(res, objection.patient);
  await noteLook(services, res, [objection.patient.id], 'objection-form');
  return objection;
}

export function isUuid(id: unknown): id is string {
  return z.uuid().safeParse(id).success;
}
