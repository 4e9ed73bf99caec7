import { type Response, Router } from 'express';
import { z } from 'zod';
import { showDay } from '../../../day.ts';
import { Form, noForm, readForm } from '../../form.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { neededText } from '../objections/plain-text.ts';
import { type GuidanceFound, guidancePages, searchGuidance, wordsOf } from './pages.ts';

const searchForm = z.object({ words: neededText(80, 'Words', 'Enter a word to look for') });

/** Guidance for staff, a page a question. Words that are looked for are sent, never part of an address. */
export function guidanceRoutes(): Router {
  const router = Router();
  const may = requirePermission('use-account');

  const show = (res: Response, form: Form, found: readonly GuidanceFound[] | null) =>
    render(res.status(form.errors.length > 0 ? 400 : 200), 'guidance/list', {
      title: found === null ? 'Guidance for staff' : 'Guidance that was found',
      back: found === null ? paths.help : paths.guidance,
      pages: guidancePages,
      found,
      form,
    });

  router.get(paths.guidance, may, (_req, res) => show(res, noForm, null));

  router.post(paths.guidance, may, (req, res) => {
    const read = readForm(searchForm, req.body);
    if (!read.ok) return show(res, read.form, null);
    return show(res, new Form(req.body), searchGuidance(read.value.words));
  });

  router.get(paths.guidancePage(':slug'), may, (req, res) => {
    const page = guidancePages.find(({ slug }) => slug === req.params.slug);
    if (page === undefined) throw new PageError(404, 'no such guidance');
    render(res, 'guidance/show', {
      title: page.title,
      back: paths.guidance,
      words: wordsOf(page),
      foot: `Guidance for staff, version ${page.version} of ${showDay(page.on)}`,
    });
  });

  return router;
}
