import { parseNhsNumber } from '../patients/nhs-number.ts';
import { aboutChildIn } from './about-child.ts';
import type { Addressee } from './addressee.ts';
import type { TranslatedContent } from './notice.ts';
import { sectionsOf } from './part-headings.ts';

/** Whether a text holds what may be an NHS number: such a wording goes to nobody. */
export function holdsNumber(text: string): boolean {
  // Every place where ten digits may begin: a number before them must not hide them.
  const found = text.normalize('NFKC').matchAll(/(?<!\d)(?=(\d(?:[\s\p{Cf}\p{Pd}]*\d){9})(?!\d))/gu);
  return [...found].some(([, digits = '']) => parseNhsNumber(digits.replace(/\D/g, '')).ok);
}

type Words = { readonly content: TranslatedContent; readonly language?: string };
const isEnglish = (language = 'en'): boolean => /^en\b/.test(language);

/** The text message of a wording. To a parent it begins with whom it is about; nothing else of a patient is in it. */
export function textMessage({ content, language }: Words, { child }: Addressee): string {
  const { textMessage: words } = content;
  if (child === undefined) return words;
  if (isEnglish(language)) return `About ${child}: ${words}`;
  return `${aboutChildIn(content, child, child).replace(/[\s.:,]+$/, '')}. ${words}`;
}

/** An email of a wording, in plain text: the same parts as the letter, in their order and under the same headings. */
export function emailMessage(
  { content, language }: Words,
  { greeting, child, name }: Addressee,
  practiceName: string,
) {
  const about = child === undefined ? [] : [`This is about data from the health record of ${child}.`];
  const head = isEnglish(language) ? [greeting, ...about] : [aboutChildIn(content, child, name)];
  const parts = sectionsOf(content, language).map(({ heading, text }) =>
    [heading, text].filter(Boolean).join('\n'),
  );
  return {
    subject: `${practiceName}: ${content.title}`,
    message: [...head, ...parts, practiceName].join('\n\n'),
  };
}
