import type { Response } from 'express';
import type { Patient } from '../../../../patients/patient.ts';
import type { Services } from '../../../../services.ts';
import { personOf } from '../../../middleware/log-in.ts';
import { maySee, noteLook } from '../../objections/find.ts';

/** Every record of the patient's person that this role may see, the one that was asked for first; looks are written down. */
export async function recordsOfPerson(
  services: Services,
  res: Response,
  patient: Patient,
  what: 'account' | 'letter',
): Promise<{ readonly records: readonly Patient[]; readonly hidden: number }> {
  const { practiceId } = personOf(res);
  const ids = await services.patients.recordsOf(practiceId, patient.id);
  const others = (await services.patients.byIds(practiceId, ids)).filter(({ id }) => id !== patient.id);
  const seen = others.filter((one) => maySee(res, one));
  const seenIds = seen.map(({ id }) => id);
  await noteLook(services, res, seenIds, what);
  return { records: [patient, ...seen], hidden: others.length - seen.length };
}
