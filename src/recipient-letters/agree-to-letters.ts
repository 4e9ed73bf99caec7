import { randomUUID } from 'node:crypto';
import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { Holder } from '../usage-account/holders.ts';
import { type AgreedVia, stateOf, typesInForce } from './recipient-letter.ts';
import type { RecipientLetterStore } from './recipient-letter-store.ts';

export type Agreement = {
  readonly practiceId: string;
  readonly patientId: string;
  /** To whom, as the account shows them now. */
  readonly holders: readonly Holder[];
  readonly via: AgreedVia;
  /** That the patient was told that a letter reveals the objection to the recipient, and wants it all the same. */
  readonly knowsItReveals: boolean;
};

export type Agreed =
  | { readonly ok: true; readonly letters: readonly string[] }
  | {
      readonly ok: false;
      readonly reason: 'not-agreed' | 'nobody-chosen' | 'no-objection' | 'not-to-be-written-to';
    };

/** Why nobody writes to a recipient; undefined when they may, once the patient asks for it. */
export function whyNoLetter(
  { knownBy, appliesTypes }: Pick<Holder, 'knownBy' | 'appliesTypes'>,
  inForce: readonly string[],
): 'no-objection' | 'objection-not-applied' | 'cannot-be-found-there' | undefined {
  if (inForce.length === 0) return 'no-objection';
  if (!appliesTypes.some((type) => inForce.includes(type))) return 'objection-not-applied';
  return knownBy === null ? 'cannot-be-found-there' : undefined;
}

/**
 * Takes down that a patient asks for letters to recipients who hold their data, knowing that each tells the recipient of
 * the objection. A letter that is on its way already is not written twice.
 */
export function agreeToLetters(
  store: RecipientLetterStore,
  { practiceId, patientId, holders, via, knowsItReveals }: Agreement,
  by: Actor,
  now: Date,
): Promise<Agreed> {
  return store.change(practiceId, async (change): Promise<Agreed> => {
    if (!knowsItReveals) return { ok: false, reason: 'not-agreed' };
    if (holders.length === 0) return { ok: false, reason: 'nobody-chosen' };
    const inForce = typesInForce(await change.actsOfPerson(patientId));
    if (inForce.length === 0) return { ok: false, reason: 'no-objection' };
    if (holders.some((holder) => whyNoLetter(holder, inForce) !== undefined))
      return { ok: false, reason: 'not-to-be-written-to' };
    const today = londonDay(now);
    const before = (await change.ofPerson(patientId)).filter(
      (letter) => stateOf(letter, letter.objects, today) !== 'over',
    );
    const wanted = holders
      .filter(({ version }) => !before.some((letter) => isTo(letter, version)))
      .map((holder) => ({ id: randomUUID(), holder }));
    if (wanted.length === 0) return { ok: true, letters: [] };
    const agreedIndex = change.append(
      'recipient-letters-agreed',
      by,
      {
        patient: patientId,
        via,
        knowsItReveals,
        letters: wanted.map(({ id, holder }) => ({ letter: id, extract: holder.version.extractId })),
      },
      now,
    );
    for (const { id, holder } of wanted) {
      const { extractId, version, recipient, recipientOds } = holder.version;
      await change.add({
        ...notSent,
        id,
        patientId,
        extractId,
        version,
        recipient,
        recipientOds,
        types: holder.appliesTypes.filter((type) => inForce.includes(type)),
        agreedAt: now,
        agreedIndex,
        agreedVia: via,
        agreedBy: by.id,
      });
    }
    return { ok: true, letters: wanted.map(({ id }) => id) };
  });
}

type To = { readonly extractId: string; readonly recipient: string; readonly recipientOds: string };

/** Whether a letter goes to this recipient about this extract. */
export const isTo = (letter: To, { extractId, recipient, recipientOds }: To): boolean =>
  letter.extractId === extractId && letter.recipient === recipient && letter.recipientOds === recipientOds;

const notSent = {
  sentOn: null,
  sentBy: null,
  answeredOn: null,
  answeredBy: null,
  outcome: null,
  answer: null,
  stoppedAt: null,
  stoppedBy: null,
};
