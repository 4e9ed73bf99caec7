/**
 * What a notice has to say, part by part; nothing is published without all of them. Source of the points: product.md
 * (telling patients) and what the leaflets and forms of 2014 left out: most did not say that care is unaffected.
 */
export const noticeParts = [
  'title',
  'whatLeaves',
  'toWhom',
  'why',
  'ground',
  'howLongKept',
  'careNotAffected',
  'howToObject',
  'noReasonNeeded',
  'changeYourMind',
  'whatItCannotStop',
  'nationalOptOut',
  'textMessage',
] as const;
export type NoticePart = (typeof noticeParts)[number];
export type NoticeContent = Readonly<Record<NoticePart, string>>;

/** Where the child's name goes in what a translation says to whoever looks after one. */
export const CHILD_NAME = '{name}';

/** The words of a translation: the same parts, and with what it turns to the parent or guardian of a child under 13. */
export type TranslatedContent = NoticeContent & { readonly aboutChild?: string | undefined };

export const noticeStates = ['draft', 'published', 'withdrawn'] as const;
export type NoticeState = (typeof noticeStates)[number];

/** A version of an extract that a notice tells of. */
export type Covered = { readonly extractId: string; readonly version: number };

/** One wording of a notice. Published, it never changes. */
export type NoticeVersion = {
  readonly practiceId: string;
  readonly noticeId: string;
  readonly version: number;
  readonly state: NoticeState;
  readonly content: NoticeContent;
  readonly covers: readonly Covered[];
  readonly publishedAt: Date | null;
};
