import { type Request, type Response, Router } from 'express';
import { letterPractice, publishRules } from '../../../../notices/letter-practice.ts';
import type { NoticePart } from '../../../../notices/notice.ts';
import { noticeParts } from '../../../../notices/notice.ts';
import { digestOfContent } from '../../../../notices/notice-entry.ts';
import { points } from '../../../../notices/notice-points.ts';
import { noticeTemplate } from '../../../../notices/notice-template.ts';
import type { Services } from '../../../../services.ts';
import { Form, noForm, readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { type NamedVersion, versionNamed } from '../find.ts';
import { partWords } from '../words.ts';
import { errorOf, extractItems, MOST, missingErrors, newNoticeForm, noticeForm, valuesOf } from './form.ts';

/** Begins a notice from the template, edits a draft, and publishes it. */
export function noticeEditRoutes(services: Services): Router {
  const router = Router();
  const { notices, extracts } = services;
  const may = requirePermission('write-notices');

  const showNew = async (res: Response, form: Form) =>
    render(res.status(form.errors.length > 0 ? 400 : 200), 'notices/new', {
      title: 'Write a notice',
      back: paths.notices,
      extractItems: extractItems(await extracts.versions(personOf(res).practiceId), []),
      form,
    });

  router.get(paths.newNotice, may, (_req, res) => showNew(res, noForm));

  router.post(paths.newNotice, may, async (req, res) => {
    const read = readForm(newNoticeForm, req.body);
    if (!read.ok) return showNew(res, read.form);
    const { practiceId, practice } = personOf(res);
    const { name, covers } = read.value;
    const told = (await extracts.versions(practiceId)).filter((one) =>
      covers.some(({ extractId, version }) => one.extractId === extractId && one.version === version),
    );
    const { link } = letterPractice(services.config.publicUrl, practice);
    const content = noticeTemplate(told, { practiceName: practice.name, link });
    const done = await notices.draft({ practiceId, name, content, covers }, actorOf(res));
    if (!done.ok) return showNew(res, new Form(req.body, [errorOf(done.reason)]));
    sayDone(req, 'Draft made from the template. Read it, and put in your own words where you like');
    return res.redirect(303, paths.editNotice(done.noticeId, done.version));
  });

  const show = async (res: Response, { notice, version }: NamedVersion, form: Form) =>
    render(res.status(form.errors.length > 0 ? 400 : 200), 'notices/edit', {
      title: `Edit ${notice.name}`,
      back: paths.noticeVersion(notice.id, version.version),
      action: paths.editNotice(notice.id, version.version),
      seen: digestOfContent(version.content),
      most: MOST,
      extractItems: extractItems(await extracts.versions(personOf(res).practiceId), version.covers),
      parts: noticeParts.map(partView),
      form,
    });

  router.get(paths.editNotice(':id', ':version'), may, async (req, res) => {
    const named = await draftNamed(services, req, res);
    show(res, named, new Form(valuesOf(named.notice.name, named.version)));
  });

  router.post(paths.editNotice(':id', ':version'), may, async (req, res) => {
    const named = await versionNamed(services, res, req.params);
    const read = readForm(noticeForm, req.body);
    if (!read.ok) return show(res, named, read.form);
    const { practiceId, id: noticeId } = named.notice;
    const name = { practiceId, noticeId, version: named.version.version };
    const seen = typeof req.body.seen === 'string' ? { seen: req.body.seen } : {};
    const done = await notices.edit({ ...name, ...read.value, ...seen }, actorOf(res));
    if (!done.ok) return show(res, named, new Form(req.body, [errorOf(done.reason)]));
    if (req.body.then === 'publish') return publish(req, res);
    sayDone(req, 'Draft saved');
    return res.redirect(303, paths.noticeVersion(noticeId, name.version));
  });

  /** Publishes what was saved; refused, it is the form again, with all that is missing. */
  const publish = async (req: Request, res: Response) => {
    const named = await versionNamed(services, res, req.params);
    const { notice, version } = named;
    const { practiceId, practice } = personOf(res);
    const rules = publishRules(letterPractice(services.config.publicUrl, practice));
    const seen = digestOfContent(version.content);
    const name = { practiceId, noticeId: notice.id, version: version.version };
    const done = await notices.publish({ ...name, rules, seen }, actorOf(res));
    if (!done.ok) {
      const errors = done.reason === 'not-complete' ? missingErrors(done) : [errorOf(done.reason)];
      return show(res, named, new Form(valuesOf(notice.name, version), errors));
    }
    sayDone(req, 'Published. The wording never changes from now on');
    return res.redirect(303, paths.noticeVersion(notice.id, version.version));
  };

  router.post(paths.publishNotice(':id', ':version'), may, publish);

  return router;
}

async function draftNamed(services: Services, req: Request, res: Response): Promise<NamedVersion> {
  const named = await versionNamed(services, res, req.params);
  if (named.version.state !== 'draft') throw new PageError(404, 'what was published is not edited');
  return named;
}

/** A part of the form, and what it has to say. */
function partView(part: NoticePart) {
  const says = points.filter((point) => point.part === part).map((point) => point.says);
  return {
    name: part,
    label: partWords[part],
    hint: `It has to say ${says.join('; ')}`,
    rows: part === 'title' ? 1 : 4,
  };
}
