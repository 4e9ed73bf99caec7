import { showInstant } from '../../../day.ts';
import type { AuthorityCheck } from '../../../objections/authority-store.ts';
import type { NameOf } from '../objections/who.ts';

/** Why there is nothing to answer, or not for this person; undefined when there is. */
export function closedWords(check: AuthorityCheck, you: string, nameOf: NameOf): string | undefined {
  const { outcome, note, checkedAt, checkedBy, askedBy } = check;
  if (outcome !== null && checkedAt !== null) {
    const by = nameOf({ kind: 'staff', id: checkedBy ?? '' });
    const words = outcome === 'seen' ? 'saw that they may ask' : 'found that it is not enough';
    return `${by} ${words}, on ${showInstant(checkedAt)}.${note ? ` “${note}”` : ''}`;
  }
  return askedBy === you ? 'You recorded this yourself, so somebody else has to look.' : undefined;
}
