import type { Response } from 'express';
import { z } from 'zod';
import type { RecordedAct } from '../../../objections/act-entry.ts';
import type { ListedObjection } from '../../../objections/objection-reader.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';

// What an address names, of the practice of whoever is logged in. Another practice's is not there: 404.

export async function patientNamed({ patients }: Services, res: Response, id: unknown): Promise<Patient> {
  const patient = isUuid(id) ? await patients.byId(personOf(res).practiceId, id) : null;
  if (patient === null) throw new PageError(404, 'no such patient');
  return patient;
}

export async function actNamed({ objections }: Services, res: Response, id: unknown): Promise<RecordedAct> {
  const act = isUuid(id) ? await objections.act(personOf(res).practiceId, id) : null;
  if (act === null) throw new PageError(404, 'no such act');
  return act;
}

export async function objectionNamed(
  { objections }: Services,
  res: Response,
  id: unknown,
): Promise<ListedObjection> {
  const objection = isUuid(id) ? await objections.find(personOf(res).practiceId, id) : null;
  if (objection === null) throw new PageError(404, 'no such objection');
  return objection;
}

export function isUuid(id: unknown): id is string {
  return z.uuid().safeParse(id).success;
}
