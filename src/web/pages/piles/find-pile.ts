import type { Response } from 'express';
import type { KeyedRequest, Pile } from '../../../objections/piles/pile.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { isUuid, maySee, noteLook } from '../objections/find.ts';

/** A request as a pile's page shows it, with its patient; null for one whom this person may not see. */
export type ShownRequest = KeyedRequest & { readonly patient: Patient | null };

/** The pile that an address names. Another practice's is not there: 404. */
export async function pileNamed({ piles }: Services, res: Response, id: unknown): Promise<Pile> {
  const pile = isUuid(id) ? await piles.find(personOf(res).practiceId, id) : null;
  if (pile === null) throw new PageError(404, 'no such pile');
  return pile;
}

/** These requests with their patients; that somebody looked is written down. */
export async function withPatients(
  services: Services,
  res: Response,
  requests: readonly KeyedRequest[],
): Promise<ShownRequest[]> {
  const ids = [...new Set(requests.map(({ patientId }) => patientId))];
  const found = await services.patients.byIds(personOf(res).practiceId, ids);
  const seen = found.filter((patient) => maySee(res, patient)).map(({ id }) => id);
  await noteLook(services, res, seen, 'objection-list');
  return requests.flatMap((one) => {
    const patient = found.find(({ id }) => id === one.patientId);
    return patient ? [{ ...one, patient: maySee(res, patient) ? patient : null }] : [];
  });
}
