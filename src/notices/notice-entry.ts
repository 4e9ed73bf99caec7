import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../ledger/jcs.ts';
import { type Covered, type NoticeContent, noticeParts, type TranslatedContent } from './notice.ts';

/** The wording with every part in it, and nothing else. */
export function wholeContent(content: Partial<NoticeContent>): NoticeContent {
  return Object.fromEntries(noticeParts.map((part) => [part, content[part] ?? ''])) as NoticeContent;
}

/** The same of a translation, which may say one thing more. */
export function wholeTranslation(content: Partial<TranslatedContent>): TranslatedContent {
  const { aboutChild = '' } = content;
  return { ...wholeContent(content), ...(aboutChild && { aboutChild }) };
}

/** SHA-256 of a wording, in hexadecimal: the entry holds it, so that what was published can be proven word by word. */
export function digestOfContent(content: Partial<TranslatedContent>): string {
  return createHash('sha256')
    .update(canonicalJson({ ...wholeTranslation(content) } as JsonObject))
    .digest('hex');
}

/** What the ledger says of a version: which extracts it tells of, and the digest of its words. */
export function versionEntry(
  noticeId: string,
  version: number,
  { content, covers }: { readonly content: NoticeContent; readonly covers: readonly Covered[] },
): JsonObject {
  return {
    notice: noticeId,
    version,
    covers: covers.map(({ extractId, version: of }) => ({ extract: extractId, version: of })),
    digest: digestOfContent(content),
  };
}

/** What the ledger says of a translation. */
export function translationEntry(translation: {
  readonly id: string;
  readonly noticeId: string;
  readonly version: number;
  readonly language: string;
  readonly format: string;
  readonly content: TranslatedContent;
}): JsonObject {
  const { id, noticeId, version, language, format, content } = translation;
  return { translation: id, notice: noticeId, version, language, format, digest: digestOfContent(content) };
}
