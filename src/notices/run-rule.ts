import type { BatchHow, Facts } from './facts.ts';

/** What of a version there is besides English in the usual form. */
export type Translation = { readonly id: string; readonly language: string; readonly format: string };

/** The wording that somebody gets: `translationId` null is English, as everybody. */
export type Wording = { readonly ok: true; readonly translationId: string | null } | { readonly ok: false };

/**
 * What of a version somebody can read. Large print is the same words. Who needs a language or a format that there is
 * not is told by a person: a letter that they cannot read tells nobody.
 */
export function wordingFor(
  { language, format }: Pick<Facts, 'language' | 'format'>,
  translations: readonly Translation[],
): Wording {
  const needed = format === 'easy-read' ? 'easy-read' : 'standard';
  if (format !== null && format !== 'large-print' && format !== 'easy-read') return { ok: false };
  if (language === null && needed === 'standard') return { ok: true, translationId: null };
  const found = translations.find((one) => one.language === (language ?? 'en') && one.format === needed);
  return found === undefined ? { ok: false } : { ok: true, translationId: found.id };
}

/** Whether a way is open: the list has what it needs, and it was not tried in vain. */
export function isReachableBy(how: BatchHow, facts: Facts): boolean {
  if (facts.failed[how]) return false;
  if (how === 'letter') return facts.hasAddress && !facts.noMail;
  return how === 'text' ? facts.hasMobile : facts.hasEmail;
}

/**
 * Whether a registered, living patient belongs into a batch.
 *
 * @param onlyRest emails only to those whom no text reaches, letters only to those whom neither does: product.md, post
 * is for those not reached otherwise
 */
export function fitsRun(how: BatchHow, onlyRest: boolean, facts: Facts, wording: Wording): boolean {
  const { state, isOpen, isRecent, restricted } = facts;
  if (state === 'told' || isOpen || isRecent || !wording.ok) return false;
  // Who is restricted is told by a person: a list with their address or number goes through too many hands.
  if (restricted || !isReachableBy(how, facts)) return false;
  if (!onlyRest || how === 'text') return true;
  const isReachedOtherwise =
    isReachableBy('text', facts) || (how === 'letter' && isReachableBy('email', facts));
  return !isReachedOtherwise;
}
