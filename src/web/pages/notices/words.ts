import type { NoticePart, NoticeState } from '../../../notices/notice.ts';
import type { ElsewhereHow, TranslationFormat } from '../../../notices/notice-store.ts';
import { partHeadings } from '../../../notices/part-headings.ts';

export const stateTags: Readonly<Record<NoticeState, { readonly text: string; readonly colour: string }>> = {
  draft: { text: 'Draft', colour: 'grey' },
  published: { text: 'Published', colour: 'green' },
  withdrawn: { text: 'Withdrawn', colour: 'grey' },
};

/** How each part is called on pages for staff. */
export const partWords: Readonly<Record<NoticePart, string>> = {
  title: 'Title',
  ...partHeadings,
  textMessage: 'Text message',
};

export const elsewhereWords: Readonly<Record<ElsewhereHow, string>> = {
  poster: 'Poster',
  leaflets: 'Leaflets to take away',
  'door-drop': 'Door drop (unaddressed)',
  website: 'Website',
  other: 'Something else',
};

export const formatWords: Readonly<Record<TranslationFormat, string>> = {
  standard: 'Standard',
  'easy-read': 'Easy read',
};

const languages = new Intl.DisplayNames('en-GB', { type: 'language' });

/** “Polish” of `pl`; a tag that nobody has a name for stays as it is. */
export const languageWords = (tag: string): string => languages.of(tag) ?? tag;

/** The same in the language itself, for whoever reads it: “polski (Polish)”. */
export function ownLanguageWords(tag: string): string {
  const own = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  return own === languageWords(tag) ? own : `${own} (${languageWords(tag)})`;
}

/** Scripts that are written from right to left. */
export const isRightToLeft = (tag: string): boolean =>
  ['Arab', 'Hebr', 'Thaa', 'Nkoo', 'Syrc', 'Adlm', 'Rohg'].includes(
    new Intl.Locale(tag).maximize().script ?? '',
  );
