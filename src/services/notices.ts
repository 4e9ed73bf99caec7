import { draftNextVersion } from '../notices/draft-next-version.ts';
import { draftNotice } from '../notices/draft-notice.ts';
import { editNotice } from '../notices/edit-notice.ts';
import { publishNotice } from '../notices/publish-notice.ts';
import { putNoticeElsewhere } from '../notices/put-notice-elsewhere.ts';
import { translateNotice } from '../notices/translate-notice.ts';
import { withdrawNotice } from '../notices/withdraw-notice.ts';
import { noticeStore } from '../store/notice-store.ts';
import type { Opened } from './opened.ts';

/** What patients are told by: written, published, withdrawn; and where else it was put. */
export function noticeServices({ database, on }: Opened) {
  const notices = noticeStore(database);
  const noticing = on(notices);
  return {
    notices: {
      list: notices.list,
      find: notices.find,
      versions: notices.versions,
      /** What patients are told by now. */
      published: notices.published,
      versionsOf: notices.versionsOf,
      translationsOf: notices.translationsOf,
      elsewhereOf: notices.elsewhereOf,
      draft: noticing(draftNotice),
      edit: noticing(editNotice),
      draftNext: noticing(draftNextVersion),
      publish: noticing(publishNotice),
      withdraw: noticing(withdrawNotice),
      translate: noticing(translateNotice),
      putElsewhere: noticing(putNoticeElsewhere),
    },
  };
}
