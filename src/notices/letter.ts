import { londonDay, showDay } from '../day.ts';
import { aboutChildIn } from './about-child.ts';
import type { TranslatedContent } from './notice.ts';
import { type Section, sectionsOf } from './part-headings.ts';

/** To whom a letter goes. */
export type Addressee = {
  /** Whom to greet, such as “Mrs Ada Smith”; of a child under 13, whoever looks after them. */
  readonly greeting: string;
  /** The child under 13 whom it is about. */
  readonly child?: string | undefined;
  /** Name and address, a line each, the postcode last. */
  readonly lines: readonly string[];
  /** Under which the practice hears what came of it, as it is printed. */
  readonly reference?: string;
};

/** Whose letter it is. */
export type LetterPractice = {
  readonly name: string;
  readonly madeUp: boolean;
  /** The practice's page, as it is printed: without `https://`. */
  readonly link: string;
  /** The same as a whole address, for the drawing that a phone reads. */
  readonly address: string;
};

/** A wording to be printed: a version, or a translation of one. */
export type Wording = {
  readonly version: number;
  readonly content: TranslatedContent;
  /** As BCP 47 writes it; left out: English. */
  readonly language?: string;
  readonly publishedAt: Date | null;
};

/** What stands on a letter; the page (views/notices/_letter.ejs) and the PDF (print/print-letters.ts) are made of it. */
export type Letter = {
  readonly to: readonly string[];
  readonly greeting: string;
  readonly date: string;
  readonly language: string;
  readonly title: string;
  readonly sections: readonly Section[];
  readonly foot: string;
  /** For the post, in English: what to do when it cannot be delivered; null: it is only looked at. */
  readonly returnTo: string | null;
};

/** The window shows so many lines of this many characters. */
const MOST_LINES = 6;

/**
 * One letter, addressed to one person. Nothing of a health record, no NHS number and no objection stands on it.
 */
export function letterOf(
  { version, content, language = 'en', publishedAt }: Wording,
  practice: LetterPractice,
  addressee: Addressee,
  now: Date,
): Letter {
  const isEnglish = /^en\b/.test(language);
  const today = londonDay(now);
  return {
    to: windowLines(addressee.lines),
    greeting: isEnglish
      ? `Dear ${addressee.greeting}`
      : aboutChildIn(content, addressee.child, addressee.greeting),
    date: isEnglish ? showDay(today) : inLanguage(today, language),
    language,
    title: content.title,
    sections: sectionsOf(content, language),
    foot: footOf(version, publishedAt, practice),
    returnTo:
      addressee.reference === undefined
        ? null
        : `If this letter was not delivered, please return it to ${practice.name}. Reference ${addressee.reference}`,
  };
}

/** What says, at the foot of every format, which wording it is. */
export function footOf(
  version: number,
  publishedAt: Date | null,
  { name, madeUp }: Pick<LetterPractice, 'name' | 'madeUp'>,
): string {
  const state = publishedAt === null ? 'Draft, not published' : showDay(londonDay(publishedAt));
  const warning = madeUp ? ' Made-up practice: nobody is to get this.' : '';
  return `${name}. Notice version ${version}, ${state}.${warning}`;
}

/** Lines for the window: empty ones left out, those in the middle put together while there are too many. */
export function windowLines(lines: readonly string[], most = MOST_LINES): string[] {
  const kept = lines.map((line) => line.replace(/\s+/g, ' ').trim()).filter(Boolean);
  while (kept.length > most) {
    // The two shortest neighbours between the name and the postcode.
    const pairs = kept.slice(1, -2).map((line, i) => line.length + (kept[i + 2]?.length ?? 0));
    const at = pairs.indexOf(Math.min(...pairs)) + 1;
    kept.splice(at, 2, `${kept[at]}, ${kept[at + 1]}`);
  }
  return kept;
}

function inLanguage(day: string, language: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}
