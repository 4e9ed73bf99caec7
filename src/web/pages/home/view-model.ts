import { showDay } from '../../../day.ts';
import type { Pile } from '../../../objections/piles/pile.ts';
import { paths } from '../../paths.ts';
import { viaWords } from '../objections/words.ts';

/** A pile of forms that somebody began to key. */
export const openPile = ({ id, receivedVia, receivedOn, arrived, keyed }: Pile & { keyed: number }) => ({
  href: paths.pile(id),
  name: `${viaWords[receivedVia]}, received on ${showDay(receivedOn)}`,
  counts: `arrived ${arrived}, keyed ${keyed}`,
});
