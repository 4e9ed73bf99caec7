import { renderPart } from '../../view-engine.ts';

/** A page of guidance for staff. Its words are views/guidance/pages/<slug>.ejs; who changes them raises the version. */
export type GuidancePage = {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly version: number;
  /** The day of the version, `YYYY-MM-DD`. */
  readonly on: string;
};

const first = { version: 1, on: '2026-11-28' } as const;

/** In the order in which reception needs them. */
export const guidancePages: readonly GuidancePage[] = [
  {
    slug: 'take-an-objection',
    title: 'How to take an objection',
    summary: 'At the desk, on the phone, by letter, email or form',
    ...first,
  },
  {
    slug: 'questions-patients-ask',
    title: 'Questions that patients ask',
    summary: 'Honest answers, in words that you can say',
    ...first,
  },
  {
    slug: 'for-somebody-else',
    title: 'When somebody asks for somebody else',
    summary: 'Children, parents, attorneys, deputies, and who decides',
    ...first,
  },
  {
    slug: 'type-2',
    title: 'What to say about type 2',
    summary: 'Why it has no national effect today, and how the National Data Opt-out is set',
    ...first,
  },
  {
    slug: 'change-of-mind',
    title: 'When a patient changes their mind, or you made a mistake',
    summary: 'A withdrawal and “entered in error” are different acts',
    ...first,
  },
  {
    slug: 'how-patients-are-told',
    title: 'How patients are told',
    summary: 'What counts as told, and why a poster does not',
    ...first,
  },
  {
    slug: 'what-the-guard-does-not-do',
    title: 'What the guard does not do',
    summary: 'Where an objection works, and where somebody else has to apply it',
    ...first,
  },
];

/** The markup of a page's own words. */
export const wordsOf = ({ slug }: GuidancePage) => renderPart(`guidance/pages/${slug}`);

const plainOf = (page: GuidancePage): string =>
  `${page.title}. ${page.summary}. ${wordsOf(page)}`
    .replace(/<[^>]+>/g, ' ')
    .replace(/&[#\w]+;/g, ' ')
    .replace(/\s+/g, ' ');

/** What is around the first of the words that were looked for. */
export type GuidanceFound = { readonly page: GuidancePage; readonly excerpt: string };

/**
 * The pages in which every one of the words stands, beginnings of words included; no words find nothing.
 */
export function searchGuidance(typed: string): GuidanceFound[] {
  const wanted = typed.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (wanted.length === 0) return [];
  return guidancePages.flatMap((page) => {
    const text = plainOf(page);
    const places = wanted.map((word) => wordPlace(text.toLowerCase(), word));
    const [place = -1] = places;
    if (places.some((one) => one < 0)) return [];
    const from = Math.max(0, text.lastIndexOf(' ', Math.max(0, place - 60)));
    return [{ page, excerpt: `… ${text.slice(from, place + 100).trim()} …` }];
  });
}

/** Where a word of the text begins with these letters; -1: nowhere. */
function wordPlace(text: string, word: string): number {
  const found = new RegExp(`(?<![\\p{L}\\p{N}])${word}`, 'u').exec(text);
  return found === null ? -1 : found.index;
}
