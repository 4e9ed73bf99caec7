import type { RecordedAct } from '../../../objections/act-entry.ts';
import { dayValues } from '../../day-field.ts';
import { carriedFrom, type InPile } from './request-pile.ts';

type Values = Record<string, string | string[]>;

/**
 * What a form of a pile begins with: how and when the pile arrived and who asked last; on the same sheet of paper also
 * the name of who asks, and what was seen of them; of a form that is keyed again, everything.
 */
export function carriedValues(inPile: InPile, staffId: string): Values {
  const { pile, sheet } = inPile;
  const ofPile: Values = {
    ...dayValues('receivedOn', pile.receivedOn),
    receivedVia: pile.receivedVia,
    // The form has this one type. Letters may object to either.
    ...(pile.receivedVia === 'type-1-form' && { types: ['type-1'] }),
  };
  const carried = carriedFrom(inPile, staffId);
  const [act] = carried?.acts ?? [];
  if (carried === undefined || act === undefined) return ofPile;
  const types = carried.acts.map(({ type }) => type);
  if (typeof sheet === 'object') return { ...ofPile, ...ofSheet(act), ...ofForm(act), types };
  if (sheet === 'last') return { ...ofPile, ...ofSheet(act), types };
  return { ...ofPile, ...filled({ requester: act.requester }) };
}

function ofSheet({ requester, requesterName, authoritySeen, identityChecked }: RecordedAct): Values {
  return filled({ requester, requesterName, authoritySeen, identityChecked });
}

function ofForm({ receivedOn, receivedVia, note, firstAskedOn, firstAskedProof }: RecordedAct): Values {
  return {
    ...(receivedOn && dayValues('receivedOn', receivedOn)),
    ...(firstAskedOn && dayValues('firstAskedOn', firstAskedOn)),
    ...filled({ receivedVia, note, firstAskedProof }),
  };
}

function filled(values: Readonly<Record<string, string | null>>): Values {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
