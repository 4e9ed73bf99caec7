import type { NoticeContent, NoticePart } from './notice.ts';

/** The parts that a reader is shown one after the other, under their headings; the title stands above them. */
export const partHeadings = {
  whatLeaves: 'What leaves our practice',
  toWhom: 'Who gets it',
  why: 'What it is for',
  ground: 'What allows it',
  howLongKept: 'How long they keep it',
  careNotAffected: 'Your care',
  howToObject: 'How to say no',
  noReasonNeeded: 'No reason, no doctor',
  changeYourMind: 'If you change your mind',
  whatItCannotStop: 'What saying no does not stop',
  nationalOptOut: 'One more choice',
} as const satisfies Partial<Record<NoticePart, string>>;

/** A part of a notice as it is read: a heading, where there is one, and what is said. */
export type Section = { readonly heading: string | null; readonly text: string };

/**
 * The sections of a wording, in their order. Headings are English: of another language each part speaks for itself.
 *
 * @param language as BCP 47 writes it
 */
export function sectionsOf(content: NoticeContent, language = 'en'): Section[] {
  const isEnglish = /^en\b/.test(language);
  return Object.entries(partHeadings).map(([part, heading]) => ({
    heading: isEnglish ? heading : null,
    text: content[part as NoticePart],
  }));
}
