import { Router } from 'express';
import { letterPractice } from '../../../notices/letter-practice.ts';
import { digestOfContent } from '../../../notices/notice-entry.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { whoActed } from '../objections/who.ts';
import { versionNamed } from './find.ts';
import { versionView } from './version-view.ts';

/** A version of a notice: exactly what patients are, or were, told by it; and its withdrawal. */
export function noticeVersionRoutes(services: Services): Router {
  const router = Router();
  const { notices, extracts } = services;

  router.get(paths.noticeVersion(':id', ':version'), requirePermission('view-notices'), async (req, res) => {
    const { notice, version } = await versionNamed(services, res, req.params);
    const { practiceId, practice, role } = personOf(res);
    const { link, name } = letterPractice(services.config.publicUrl, practice);
    const number = version.version;
    render(res, 'notices/version', {
      title: `${notice.name}, version ${number}`,
      back: paths.notice(notice.id),
      noticeName: notice.name,
      version: versionView(
        version,
        { link, practiceName: name },
        await extracts.versions(practiceId),
        await notices.translationsOf(version),
        await whoActed(services, res),
      ),
      seesExtracts: permits(role, 'view-extracts'),
      mayWrite: permits(role, 'write-notices'),
      seen: digestOfContent(version.content),
      to: {
        edit: paths.editNotice(notice.id, number),
        publish: paths.publishNotice(notice.id, number),
        withdraw: paths.withdrawNotice(notice.id, number),
        translate: paths.translateNotice(notice.id, number),
        elsewhere: paths.noticeElsewhere(notice.id, number),
        format: (name: string) => `${paths.noticeFormats(notice.id, number)}/${name}`,
      },
    });
  });

  router.post(
    paths.withdrawNotice(':id', ':version'),
    requirePermission('write-notices'),
    async (req, res) => {
      const { notice, version } = await versionNamed(services, res, req.params);
      const name = { practiceId: notice.practiceId, noticeId: notice.id, version: version.version };
      // Withdrawn twice is withdrawn: whoever came second finds it done.
      const done = await notices.withdraw(name, actorOf(res));
      sayDone(req, done.ok ? 'Withdrawn. Nobody is told by it any more' : 'It was not in use any more');
      res.redirect(303, paths.noticeVersion(notice.id, version.version));
    },
  );

  return router;
}
