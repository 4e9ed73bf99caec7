import type { Response } from 'express';
import {
  type Reconciliation,
  type ReconciliationList,
  reconciliationLists,
} from '../../../objections/coded-report/reconciliation.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { isUuid } from '../objections/find.ts';

/** The reconciliation that an address names, of the practice of whoever is logged in. */
export async function reconciliationNamed(
  { reconciliations }: Services,
  res: Response,
  id: unknown,
): Promise<Reconciliation> {
  const found = isUuid(id) ? await reconciliations.find(personOf(res).practiceId, id) : null;
  if (found === null) throw new PageError(404, 'no such reconciliation');
  return found;
}

export function listNamed(name: unknown): ReconciliationList {
  const found = reconciliationLists.find((list) => list === name);
  if (found === undefined) throw new PageError(404, 'no such list of a reconciliation');
  return found;
}
