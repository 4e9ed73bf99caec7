import { showDay, showInstant } from '../../../day.ts';
import { type Pile, sheetsKeyed, sheetsToKeyAgain } from '../../../objections/piles/pile.ts';
import { shownName } from '../../../patients/patient.ts';
import { paths } from '../../paths.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import type { NameOf } from '../objections/who.ts';
import { actWords, typeWords, viaWords, wordFor } from '../objections/words.ts';
import type { ShownRequest } from './find-pile.ts';

/** A pile in a list, and at the top of its own page. */
export function pileLine(pile: Pile & { readonly keyed: number }, nameOf: NameOf) {
  const { id, arrived, keyed, receivedVia, receivedOn, startedAt, startedBy, closedAt, closedBy } = pile;
  const by = (staffId: string) => nameOf({ kind: 'staff', id: staffId });
  return {
    href: paths.pile(id),
    name: `${viaWords[receivedVia]}, received on ${showDay(receivedOn)}`,
    counts: `Arrived ${arrived}, keyed ${keyed}`,
    started: `${showInstant(startedAt)}, by ${by(startedBy)}`,
    closed: closedAt ? `Closed ${showInstant(closedAt)}, by ${by(closedBy ?? '')}` : undefined,
    missing: missingWords(arrived, keyed),
  };
}

/** What is left of a pile, in words; undefined when every form is keyed. */
export function missingWords(arrived: number, keyed: number): string | undefined {
  const more = keyed - arrived;
  if (more === 0) return undefined;
  if (more > 0) return `${forms(more)} more ${more === 1 ? 'was' : 'were'} keyed than had been counted.`;
  return `${forms(-more)} of ${arrived} ${more === -1 ? 'is' : 'are'} missing.`;
}

const forms = (count: number): string => (count === 1 ? '1 form' : `${count} forms`);

/** What a request of a pile became. */
export function requestLine(request: ShownRequest, { nameOf, now }: { nameOf: NameOf; now: Date }) {
  const { requestId, sheet, acts, keyedAt, keyedBy, inError, patient } = request;
  return {
    sheet,
    name: nameIn(request),
    patient: patient && patientBanner(patient, now),
    what: acts.map(whatWords).join(', '),
    keyed: `${showInstant(keyedAt)}, by ${nameOf({ kind: 'staff', id: keyedBy })}`,
    inError,
    receipt: paths.receipt(requestId),
    correct: inError ? undefined : paths.correctInPile(requestId),
    keyAgain: `${paths.pile(request.pileId)}?again=${requestId}`,
  };
}

const whatWords = ({ type, kind }: { type: string; kind: string }): string =>
  `${wordFor(typeWords, type)} ${wordFor(actWords, kind).replace('Objection ', '').toLowerCase()}`;

const nameIn = ({ patient }: Pick<ShownRequest, 'patient'>): string =>
  patient ? shownName(patient) : 'Restricted patient';

/** What was just saved, said in words. */
export function savedWords({ sheet, patient, acts }: ShownRequest): string {
  return `Saved form ${sheet}: ${nameIn({ patient })}. ${acts.map(whatWords).join(', ')}.`;
}

/** How a pile stands. */
export function pileCounts(
  pile: Pile,
  requests: readonly ShownRequest[] | readonly { sheet: number; inError: boolean }[],
) {
  const keyed = sheetsKeyed(requests);
  return {
    keyed,
    isComplete: keyed >= pile.arrived,
    missing: missingWords(pile.arrived, keyed),
    toKeyAgain: sheetsToKeyAgain(requests),
  };
}
