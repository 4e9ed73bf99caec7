import type { Response } from 'express';
import { z } from 'zod';
import { showDay } from '../../../day.ts';
import { type KeyedRequest, lastKeyedBy, type Pile, sheetsKeyed } from '../../../objections/piles/pile.ts';
import type { Sheet } from '../../../objections/piles/record-from-pile.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { paths } from '../../paths.ts';
import { viaWords } from './words.ts';

/** The pile again, saying what was saved and ready for the next form. */
export const savedInPile = ({ pileId, requestId }: { pileId: string; requestId: string }): string =>
  `${paths.pile(pileId)}?saved=${requestId}`;

/** Which form of which pile is being keyed, as an address and a draft keep it. */
export const pilePlace = z.object({
  pileId: z.uuid(),
  sheet: z.union([z.enum(['next', 'last']), z.object({ ofRequest: z.uuid() })]),
});
export type PilePlace = z.infer<typeof pilePlace>;

/** An objection form that is keyed from a pile. */
export type InPile = {
  readonly pile: Pile;
  readonly sheet: Sheet;
  readonly requests: readonly KeyedRequest[];
};

/** What an address says of a pile: `pile=…`, with `sheet=last` or `again=<request>`. Undefined when it names none. */
export function placeInQuery({ pile, sheet, again }: Record<string, unknown>): PilePlace | undefined {
  if (pile === undefined) return undefined;
  const on = again === undefined ? (sheet ?? 'next') : { ofRequest: again };
  const read = pilePlace.safeParse({ pileId: pile, sheet: on });
  if (!read.success) throw new PageError(404, 'no such pile');
  return read.data;
}

export const placeOf = ({ pile, sheet }: InPile): PilePlace => ({ pileId: pile.id, sheet });

/** The form for a patient, keyed from a pile. */
export function formInPile(patientId: string, { pileId, sheet }: PilePlace): string {
  const on = sheet === 'next' ? '' : sheet === 'last' ? '&sheet=last' : `&again=${sheet.ofRequest}`;
  return `${paths.newObjectionFor(patientId)}&pile=${pileId}${on}`;
}

/** The pile that an address or a draft names. Another practice's is not there. */
export async function findInPile(
  { piles }: Services,
  res: Response,
  { pileId, sheet }: PilePlace,
): Promise<InPile> {
  const { practiceId } = personOf(res);
  const pile = await piles.find(practiceId, pileId);
  if (pile === null) throw new PageError(404, 'no such pile');
  return { pile, sheet, requests: await piles.requestsOf(practiceId, pileId) };
}

/** The request whose words the form begins with: the mistake that is keyed again, or what this person keyed last. */
export function carriedFrom({ sheet, requests }: InPile, staffId: string): KeyedRequest | undefined {
  return typeof sheet === 'object'
    ? requests.find(({ requestId }) => requestId === sheet.ofRequest)
    : lastKeyedBy(requests, staffId);
}

/** What the pages of a form say of its pile. */
export function pileView({ pile, sheet, requests }: InPile, staffId: string) {
  const same = sheet === 'next' ? undefined : carriedFrom({ pile, sheet, requests }, staffId);
  const next = Math.max(0, ...requests.map((one) => one.sheet)) + 1;
  return {
    href: paths.pile(pile.id),
    form: `Form ${same?.sheet ?? next} of ${pile.arrived}`,
    of: `${viaWords[pile.receivedVia]}, received on ${showDay(pile.receivedOn)}`,
    keyed: sheetsKeyed(requests),
  };
}

/** What makes it likely that a form of a pile is keyed a second time. */
export function mistakesInPile({ requests, sheet }: InPile, patientId: string): string[] {
  const before = requests.find((one) => one.patientId === patientId && !one.inError);
  const isThatAgain = typeof sheet === 'object' && before?.requestId === sheet.ofRequest;
  return before && !isThatAgain
    ? [
        `This patient was keyed from this pile already, from form ${before.sheet}. If it is the same form, leave it and go on with the next.`,
      ]
    : [];
}
