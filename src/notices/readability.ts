import { syllable } from 'syllable';

/** How hard a text is to read. */
export type Readability = {
  readonly words: number;
  readonly sentences: number;
  readonly syllables: number;
  /** Flesch-Kincaid grade level: the year of an American school, to one decimal place. */
  readonly grade: number;
  /** The age at which pupils of that year begin it: grade 4 is 9 years. Never below 5. */
  readonly age: number;
};

/** The oldest age for which a notice should be written (NHS service manual: readable at 9 to 11 years). */
export const OLDEST_AGE = 11;

/** Addresses, numbers and codes are not read as words. */
const NOT_A_WORD = /\S*(?:\/\/|www\.|\.uk\b|\.nhs\b|@)\S*|\b[\w-]*\d[\w-]*\b/gi;

/**
 * Flesch-Kincaid grade level: 0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid and others, 1975,
 * for the United States Navy). A rule of thumb: it counts lengths, and knows nothing of what is said.
 *
 * @param text in English; a line of its own counts as a sentence
 * @returns null for a text without a word
 */
export function readability(text: string): Readability | null {
  const sentences = text
    .replace(NOT_A_WORD, ' ')
    .split(/[.!?]+(?=\s|$)|\n+/)
    .map((sentence) => sentence.match(/\p{L}[\p{L}'’-]*/gu) ?? [])
    .filter((words) => words.length > 0);
  const words = sentences.flat();
  if (words.length === 0) return null;
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  const counts = { words: words.length, sentences: sentences.length, syllables };
  const grade = gradeOf(counts);
  return { ...counts, grade, age: Math.max(5, Math.round(grade) + 5) };
}

/** The formula alone, to one decimal place. */
export function gradeOf({
  words,
  sentences,
  syllables,
}: Pick<Readability, 'words' | 'sentences' | 'syllables'>): number {
  return Math.round((0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59) * 10) / 10;
}
