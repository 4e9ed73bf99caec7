import { type Response, Router } from 'express';
import { usualStops } from '../../../../extracts/extract.ts';
import { grounds } from '../../../../extracts/grounds.ts';
import type { VersionRecord } from '../../../../extracts/registered-version.ts';
import { USUAL_TOLD_DAYS } from '../../../../extracts/telling-first.ts';
import { digestOf } from '../../../../extracts/version-content.ts';
import type { Services } from '../../../../services.ts';
import { type FieldError, Form, readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { seenIn, versionNamed } from '../find.ts';
import { groundWords } from '../words.ts';
import { contentErrors, contentForm, valuesOf } from './form.ts';

/** Registers an extract, and edits one: everything but its fields. */
export function editRoutes(services: Services): Router {
  const router = Router();
  const { extracts } = services;
  const mayRegister = requirePermission('register-extract');

  const show = (res: Response, form: Form, version: VersionRecord | null) =>
    render(res.status(form.errors.length > 0 ? 400 : 200), 'extracts/edit', {
      title: version === null ? 'Register an extract' : `Edit ${version.name}`,
      back: version === null ? paths.extracts : paths.extractVersion(version.extractId, version.version),
      isNew: version === null,
      seen: version === null ? null : digestOf(version),
      isApproved: version !== null && (version.state === 'approved' || version.state === 'suspended'),
      isWaiting: version?.state === 'awaiting-approval',
      groundItems: Object.entries(grounds).map(
        ([value, { needs, why }]: [string, { needs: string; why?: string }]) => ({
          value,
          text: groundWords[value as keyof typeof groundWords],
          hint: [`Needs: ${needs}`, why].filter(Boolean).join(' '),
        }),
      ),
      usualToldDays: USUAL_TOLD_DAYS,
      form,
    });

  router.get(paths.newExtract, mayRegister, (_req, res) => show(res, new Form(usual), null));

  router.post(paths.newExtract, mayRegister, async (req, res) => {
    const read = readForm(contentForm, req.body);
    const extractId = String(req.body.extractId ?? '').trim();
    if (!read.ok) {
      const idErrors = extractId === '' ? [contentErrors['id-invalid'] as FieldError] : [];
      return show(res, new Form(req.body, [...idErrors, ...read.form.errors]), null);
    }
    const { practiceId } = personOf(res);
    const draft = { ...read.value, practiceId, extractId, fields: [], state: 'draft' as const, isNew: true };
    const done = await extracts.register(draft, actorOf(res));
    if (!done.ok) return show(res, new Form(req.body, faultOf(done.reason)), null);
    sayDone(req, 'Draft saved. Now say which fields may leave');
    res.redirect(303, paths.extractFields(extractId, done.version));
  });

  router.get(paths.editExtract(':id', ':version'), mayRegister, async (req, res) => {
    const { version } = await versionNamed(services, res, req.params);
    show(res, new Form(valuesOf(version)), version);
  });

  router.post(paths.editExtract(':id', ':version'), mayRegister, async (req, res) => {
    const { version } = await versionNamed(services, res, req.params);
    const read = readForm(contentForm, req.body);
    if (!read.ok) return show(res, read.form, version);
    const { practiceId, extractId } = version;
    const edit = { practiceId, extractId, version: version.version, content: read.value, ...seenIn(req) };
    const done = await extracts.edit(edit, actorOf(res));
    if (!done.ok) return show(res, new Form(req.body, faultOf(done.reason)), version);
    sayDone(req, doneWords[done.how]);
    res.redirect(303, paths.extractVersion(extractId, done.version));
  });

  return router;
}

/** What a new extract begins with. */
const usual = {
  usualNumber: String((usualStops.usualNumber ?? 0) * 100),
  listAgeDays: String(usualStops.listAgeDays ?? ''),
  maxUnreadable: String((usualStops.maxUnreadable ?? 0) * 100),
};

export const doneWords = {
  nothing: 'Nothing was different',
  draft: 'Draft saved',
  'new-draft': 'Saved as a new version. The approved one runs on until this one is approved',
  details: 'Saved. This needs no new approval',
} as const;

const faultOf = (reason: string): FieldError[] => [
  contentErrors[reason] ?? { field: 'name', text: `It cannot be saved (${reason})` },
];
