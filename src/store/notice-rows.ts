import { canonicalJson, type JsonObject } from '../ledger/entry.ts';
import type { NoticeVersionRow, TranslationRow } from '../ledger/ledger-reader.ts';
import { translationEntry, versionEntry } from '../notices/notice-entry.ts';
import type { NoticeTranslationModel, NoticeVersionModel } from './generated/sqlite/models.ts';
import { toTranslation, toVersion } from './notice-store.ts';

/** A wording of a notice, as `ledger verify` reads it. */
export function noticeRow(row: NoticeVersionModel): NoticeVersionRow {
  const { noticeId: notice, version, state, publishedAt, publishedBy, publishedIndex } = row;
  const { withdrawnAt, withdrawnBy } = row;
  const dates = { publishedAt, publishedBy, publishedIndex, withdrawnAt, withdrawnBy };
  const said = saidOr(() => versionEntry(notice, version, toVersion(row)));
  return { notice, version, state, said, ...dates };
}

/** The same of a translation. */
export function translationRow(row: NoticeTranslationModel): TranslationRow {
  const { id, addedAt, addedBy, addedIndex } = row;
  return { id, said: saidOr(() => translationEntry(toTranslation(row))), addedAt, addedBy, addedIndex };
}

/** What an entry would say, as one text; null where what is kept cannot be read. */
function saidOr(entry: () => JsonObject): string | null {
  try {
    return canonicalJson(entry());
  } catch {
    return null;
  }
}
