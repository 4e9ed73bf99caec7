import { type Response, Router } from 'express';
import { z } from 'zod';
import { elsewhereHows } from '../../../notices/notice-store.ts';
import type { Services } from '../../../services.ts';
import { dayField } from '../../day-field.ts';
import { type FieldError, Form, noForm, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { neededText } from '../objections/plain-text.ts';
import { type NamedVersion, versionNamed } from './find.ts';
import { elsewhereWords } from './words.ts';

const elsewhereForm = z.object({
  how: z.enum(elsewhereHows, 'Select what it was'),
  place: neededText(200, 'Where', 'Enter where it was put, or handed round'),
  on: dayField('Day', 'Enter since when, or on which day'),
});

const errors: Readonly<Record<string, FieldError>> = {
  'no-place': { field: 'place', text: 'Enter where it was put, or handed round' },
  'not-a-day': { field: 'on-day', text: 'Day must be a real date' },
  'in-future': { field: 'on-day', text: 'Day must be today or earlier' },
  'before-published': { field: 'on-day', text: 'Day must not be before this version was published' },
  'not-published': { field: 'how', text: 'This version is a draft. Publish it first' },
};

/** Notes that a notice was put up or handed round. It says plainly that this tells nobody. */
export function elsewhereRoutes(services: Services): Router {
  const router = Router();
  const path = paths.noticeElsewhere(':id', ':version');
  const may = requirePermission('write-notices');

  const show = (res: Response, { notice, version }: NamedVersion, form: Form) => {
    if (version.publishedAt === null) throw new PageError(404, 'a draft is put nowhere');
    render(res.status(form.errors.length > 0 ? 400 : 200), 'notices/elsewhere', {
      title: 'Note a poster or a door drop',
      back: paths.noticeVersion(notice.id, version.version),
      noticeName: `${notice.name}, version ${version.version}`,
      action: paths.noticeElsewhere(notice.id, version.version),
      howItems: elsewhereHows.map((value) => ({ value, text: elsewhereWords[value] })),
      form,
    });
  };

  router.get(path, may, async (req, res) => show(res, await versionNamed(services, res, req.params), noForm));

  router.post(path, may, async (req, res) => {
    const named = await versionNamed(services, res, req.params);
    const read = readForm(elsewhereForm, req.body);
    if (!read.ok) return show(res, named, read.form);
    const { practiceId, id: noticeId } = named.notice;
    const said = { practiceId, noticeId, version: named.version.version, ...read.value };
    const done = await services.notices.putElsewhere(said, actorOf(res));
    if (!done.ok) {
      const error = errors[done.reason] ?? { field: 'how', text: `It cannot be noted (${done.reason})` };
      return show(res, named, new Form(req.body, [error]));
    }
    sayDone(req, 'Noted. Nobody counts as told by it');
    return res.redirect(303, paths.notice(noticeId));
  });

  return router;
}
