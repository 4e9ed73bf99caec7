import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Preview } from '../../../../guard/preview-release.ts';
import { parseNhsNumber } from '../../../../patients/nhs-number.ts';
import type { Services } from '../../../../services.ts';
import { Form, noForm } from '../../../form.ts';
import { checkFormToken } from '../../../middleware/form-token.ts';
import { personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { type NamedVersion, versionInQuery } from '../find.ts';
import { readSample, sampleFault } from '../sample.ts';
import { faultWords, previewView } from './view-model.ts';

/** Tries an extract with a sample file: the first rows before and after, what would be withheld, what would go. */
export function previewRoutes(services: Services): Router {
  const router = Router();
  const { guard } = services;
  const mayPreview = requirePermission('preview-extract');

  const show = (res: Response, { version }: NamedVersion, form: Form, preview: Preview | null = null) =>
    render(res.status(form.errors.length > 0 ? 400 : 200), 'extracts/preview', {
      title: `Try ${version.name} with a sample file`,
      back: paths.extractVersion(version.extractId, version.version),
      action: paths.previewExtractFor(version.extractId, version.version),
      version: version.version,
      preview: preview === null ? null : previewView(preview),
      form,
    });

  router.get(paths.previewExtract, mayPreview, async (req, res) =>
    show(res, await versionInQuery(services, req, res), noForm),
  );

  const refuse = async (req: Request, res: Response, text: string) =>
    show(res, await versionInQuery(services, req, res), new Form({}, [{ field: 'sample', text }]));

  const refuseUnread: RequestHandler = (req, res, next) => {
    const fault = sampleFault(res);
    return fault === undefined ? next() : refuse(req, res, fault);
  };

  router.post(
    paths.previewExtract,
    mayPreview,
    readSample,
    refuseUnread,
    checkFormToken,
    async (req, res) => {
      const named = await versionInQuery(services, req, res);
      if (req.file === undefined) return refuse(req, res, 'Select a sample file');
      if (named.version.fields.length === 0)
        return refuse(
          req,
          res,
          'This version names no fields of a table yet. Only tables (CSV) can be tried',
        );
      const done = await guard.preview(named.version, req.file.buffer);
      if (!done.ok) return refuse(req, res, faultWords(done));
      await noteWhoIsShown(res, done.preview);
      show(res, named, noForm, done.preview);
    },
  );

  /** Rows that are shown say of patients whether they objected: that somebody looked is written down. */
  const noteWhoIsShown = async (res: Response, { rows }: Preview) => {
    const person = personOf(res);
    const ids: string[] = [];
    for (const cell of new Set(rows.flatMap(({ before }) => before))) {
      const number = parseNhsNumber(cell);
      if (!number.ok) continue;
      const found = await services.patients.withNumber(person.practiceId, number.nhsNumber);
      ids.push(...found.map(({ id }) => id));
    }
    await services.patients.noteLook(person, [...new Set(ids)], 'extracts');
  };

  return router;
}
