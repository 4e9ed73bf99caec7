import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Services } from '../../../../services.ts';
import { Form, noForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { checkFormToken } from '../../../middleware/form-token.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { contentErrors } from '../edit/form.ts';
import { versionNamed } from '../find.ts';
import { readSample, sampleFault } from '../sample.ts';
import { definitionOf, readDefinition } from './definition.ts';

/** A definition of an extract as a file: one body offers it, each practice registers and approves it by itself. */
export function importRoutes(services: Services): Router {
  const router = Router();
  const { extracts } = services;
  const mayRegister = requirePermission('register-extract');

  const show = (res: Response, form: Form, faults: readonly string[] = []) =>
    render(res.status(form.errors.length > 0 ? 400 : 200), 'extracts/import', {
      title: 'Register an extract from a file',
      back: paths.extracts,
      faults,
      form,
    });

  router.get(paths.importExtract, mayRegister, (_req, res) => show(res, noForm));

  const refuse = (req: Request, res: Response, field: string, text: string, faults: readonly string[] = []) =>
    show(res, new Form(req.body, [{ field, text }]), faults);

  const refuseUnread: RequestHandler = (req, res, next) => {
    const fault = sampleFault(res);
    return fault === undefined ? next() : refuse(req, res, 'sample', fault);
  };

  router.post(
    paths.importExtract,
    mayRegister,
    readSample,
    refuseUnread,
    checkFormToken,
    async (req, res) => {
      if (req.file === undefined) return refuse(req, res, 'sample', 'Select a file');
      const read = readDefinition(req.file.buffer);
      if (!read.ok)
        return refuse(
          req,
          res,
          'sample',
          'The selected file is not a definition that can be used',
          read.faults,
        );
      const { id, ...content } = read.definition;
      const extractId = String(req.body.extractId ?? '').trim() || id;
      const { practiceId } = personOf(res);
      const draft = { ...content, practiceId, extractId, state: 'draft' as const, isNew: true };
      const done = await extracts.register(draft, actorOf(res));
      if (!done.ok) {
        const isId = done.reason === 'id-taken' || done.reason === 'id-invalid';
        const text = contentErrors[done.reason]?.text ?? `The definition cannot be used (${done.reason})`;
        return refuse(req, res, isId ? 'extractId' : 'sample', text);
      }
      sayDone(req, 'Registered as a draft. Look through it before you send it');
      res.redirect(303, paths.extractVersion(extractId, done.version));
    },
  );

  const mayView = requirePermission('view-extracts');
  router.get(paths.extractDefinition(':id', ':version'), mayView, async (req, res) => {
    const { version } = await versionNamed(services, res, req.params);
    res.attachment(`${version.extractId}-${version.version}.json`).type('application/json');
    res.send(definitionOf(version));
  });

  return router;
}
