import { Router } from 'express';
import { showDay, showInstant } from '../../../day.ts';
import type { VersionRecord } from '../../../notices/notice-store.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { noticeEditRoutes } from './edit/routes.ts';
import { elsewhereRoutes } from './elsewhere-routes.ts';
import { noticeNamed } from './find.ts';
import { formatRoutes } from './formats/routes.ts';
import { translationRoutes } from './translations/routes.ts';
import { noticeVersionRoutes } from './version-routes.ts';
import { elsewhereWords, formatWords, languageWords, stateTags } from './words.ts';

/** What patients are told by: the notices of the practice, every version of each, and all that is done with them. */
export function noticeRoutes(services: Services): Router[] {
  const router = Router();
  const { notices, extracts } = services;
  const view = requirePermission('view-notices');

  router.get(paths.notices, view, async (_req, res) => {
    const { practiceId, practice, role } = personOf(res);
    const versions = await notices.versions(practiceId);
    const told = await extracts.versions(practiceId);
    const nameOf = (id: string) => told.find(({ extractId }) => extractId === id)?.name ?? id;
    render(res, 'notices/list', {
      title: 'Notices to patients',
      mayWrite: permits(role, 'write-notices'),
      publicPage: paths.practicePrivacy(practice.ods),
      notices: (await notices.list(practiceId)).map((notice) => {
        const own = versions.filter(({ noticeId }) => noticeId === notice.id);
        const [newest] = own;
        const shown = own.find(({ state }) => state === 'published') ?? newest;
        return {
          name: notice.name,
          href: paths.notice(notice.id),
          state: stateTags[shown?.state ?? 'draft'],
          since: shown?.publishedAt ? showInstant(shown.publishedAt) : 'Not published',
          covers: [...new Set(shown?.covers.map(({ extractId }) => nameOf(extractId)))],
          hasDraft: newest?.state === 'draft' && newest !== shown,
        };
      }),
    });
  });

  router.get(paths.notice(':id'), view, async (req, res) => {
    const { notice, versions } = await noticeNamed(services, res, req.params.id);
    const { practiceId, role } = personOf(res);
    const [newest] = versions;
    const used = versions.find(({ state }) => state === 'published');
    const mayWrite = permits(role, 'write-notices');
    render(res, 'notices/show', {
      title: notice.name,
      back: paths.notices,
      versions: versions.map(versionLine),
      next: mayWrite && newest?.state !== 'draft' ? paths.nextNoticeVersion(notice.id) : null,
      inUse: used && {
        number: used.version,
        translations: (await notices.translationsOf(used)).map((one) => ({
          name: `${languageWords(one.language)}, ${formatWords[one.format].toLowerCase()}`,
          href: paths.noticeTranslation(notice.id, one.id),
        })),
        translate: mayWrite ? paths.translateNotice(notice.id, used.version) : null,
        noteElsewhere: mayWrite ? paths.noticeElsewhere(notice.id, used.version) : null,
      },
      elsewhere: (await notices.elsewhereOf(practiceId, notice.id)).map((one) => ({
        ...one,
        how: elsewhereWords[one.how],
        on: showDay(one.on),
      })),
    });
  });

  router.post(paths.nextNoticeVersion(':id'), requirePermission('write-notices'), async (req, res) => {
    const { notice, versions } = await noticeNamed(services, res, req.params.id);
    const { practiceId } = personOf(res);
    const done = await notices.draftNext({ practiceId, noticeId: notice.id }, actorOf(res));
    // A draft that is there already is the one that was asked for.
    const version = done.ok ? done.version : (versions[0]?.version ?? 1);
    if (done.ok)
      sayDone(
        req,
        'A new draft with the same wording. Patients are told by the old one until you publish it',
      );
    res.redirect(303, paths.editNotice(notice.id, version));
  });

  return [
    noticeEditRoutes(services),
    noticeVersionRoutes(services),
    elsewhereRoutes(services),
    translationRoutes(services),
    formatRoutes(services),
    router,
  ];
}

function versionLine({ noticeId, version, state, publishedAt, withdrawnAt }: VersionRecord) {
  return {
    number: version,
    href: paths.noticeVersion(noticeId, version),
    state: stateTags[state],
    published: publishedAt === null ? 'Not published' : showInstant(publishedAt),
    withdrawn: withdrawnAt === null ? (publishedAt === null ? '' : 'In use') : showInstant(withdrawnAt),
  };
}
