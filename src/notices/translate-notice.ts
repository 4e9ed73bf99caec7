import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import { holdsNumber } from './message.ts';
import { CHILD_NAME, type NoticePart, noticeParts, type TranslatedContent } from './notice.ts';
import { translationEntry, wholeTranslation } from './notice-entry.ts';
import type { NoticeStore, Translation, TranslationFormat, VersionName } from './notice-store.ts';

export type NewTranslation = VersionName & {
  readonly language: string;
  readonly format: TranslationFormat;
  readonly content: TranslatedContent;
  /** The address of the practice's page, which stays the same in every language. */
  readonly link: string;
};

/** A part of a translation. */
export type TranslatedPart = NoticePart | 'aboutChild';

export type Translated =
  | { readonly ok: true; readonly id: string }
  | {
      readonly ok: false;
      readonly reason:
        | 'no-such-version'
        | 'not-published'
        | 'language-unknown'
        | 'there-already'
        | 'plain-english';
    }
  | { readonly ok: false; readonly reason: 'not-complete'; readonly missing: readonly TranslatedPart[] };

/**
 * Adds a published version in another language, or as easy read. Every part is needed; words are not checked, for
 * nobody here may read the language: who added it is kept, and stands beside it.
 */
export async function translateNotice(
  store: NoticeStore,
  { practiceId, noticeId, version, language: typed, format, content, link }: NewTranslation,
  by: Actor,
  now: Date,
): Promise<Translated> {
  const language = languageOf(typed);
  if (language === undefined) return { ok: false, reason: 'language-unknown' };
  if (language === 'en' && format === 'standard') return { ok: false, reason: 'plain-english' };
  return store.change(practiceId, async (change): Promise<Translated> => {
    const found = await change.version(noticeId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.state !== 'published') return { ok: false, reason: 'not-published' };
    const there = await change.translations(noticeId, version);
    if (there.some((one) => one.language === language && one.format === format))
      return { ok: false, reason: 'there-already' };
    const whole = wholeTranslation(content);
    const missing: TranslatedPart[] = noticeParts.filter((part) => isMissing(part, whole, link));
    if (!isAboutChild(whole.aboutChild, language)) missing.push('aboutChild');
    if (missing.length > 0) return { ok: false, reason: 'not-complete', missing };
    const id = randomUUID();
    const named = { id, practiceId, noticeId, version, language, format, content: whole };
    const addedIndex = change.append('notice-translated', by, translationEntry(named), now);
    const translation: Translation = { ...named, addedAt: now, addedBy: by.id, addedIndex };
    await change.addTranslation(translation);
    return { ok: true, id };
  });
}

/** In English the registry knows how to turn to a parent or guardian; elsewhere the name has to be in it, and no number. */
const isAboutChild = (text: string | undefined, language: string): boolean =>
  text === undefined ? /^en\b/.test(language) : text.includes(CHILD_NAME) && !holdsNumber(text);

/** What even somebody who does not read the language can see. */
function isMissing(part: NoticePart, content: TranslatedContent, link: string): boolean {
  const text = content[part];
  if (text.trim() === '' || holdsNumber(text)) return true;
  if (part === 'textMessage') return !text.includes(link);
  return part === 'nationalOptOut' && !text.replace(/\D/g, '').includes('03003035678');
}

/** A language as BCP 47 writes it, of two or three letters with script and region; undefined when it is none. */
export function languageOf(typed: string): string | undefined {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(typed.trim())) return undefined;
  try {
    return Intl.getCanonicalLocales(typed.trim())[0];
  } catch {
    return undefined;
  }
}
