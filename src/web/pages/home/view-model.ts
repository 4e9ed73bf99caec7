import { londonDay, showDay } from '../../../day.ts';
import {
  isReconciliationDue,
  RECONCILE_EVERY_DAYS,
} from '../../../objections/coded-report/reconciliation.ts';
import type { Pile } from '../../../objections/piles/pile.ts';
import type { Services } from '../../../services.ts';
import { paths } from '../../paths.ts';
import { viaWords } from '../objections/words.ts';

/** A pile of forms that somebody began to key. */
export const openPile = ({ id, receivedVia, receivedOn, arrived, keyed }: Pile & { keyed: number }) => ({
  href: paths.pile(id),
  name: `${viaWords[receivedVia]}, received on ${showDay(receivedOn)}`,
  counts: `arrived ${arrived}, keyed ${keyed}`,
});

/** What to say when the clinical record was not compared for too long; null when it was. */
export async function timeToReconcile(
  { objections, reconciliations, now }: Pick<Services, 'objections' | 'reconciliations' | 'now'>,
  practiceId: string,
) {
  const [last = null] = await reconciliations.list(practiceId, 1);
  const inForce = await objections.countInForce(practiceId);
  if (!isReconciliationDue(last?.at ?? null, inForce, now())) return null;
  const words =
    last === null
      ? 'The objections here were never compared with the clinical record.'
      : `The objections here were last compared with the clinical record on ${showDay(londonDay(last.at))}, more than ${RECONCILE_EVERY_DAYS} days ago.`;
  return { words, href: paths.newCoded };
}
