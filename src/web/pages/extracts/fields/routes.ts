import { type Request, type RequestHandler, type Response, Router } from 'express';
import { personKinds, type Treatment, treatments } from '../../../../extracts/extract.ts';
import { digestOf } from '../../../../extracts/version-content.ts';
import type { Services } from '../../../../services.ts';
import { Form } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { checkFormToken } from '../../../middleware/form-token.ts';
import { actorOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { contentErrors } from '../edit/form.ts';
import { doneWords } from '../edit/routes.ts';
import { type NamedVersion, seenIn, versionInQuery, versionNamed } from '../find.ts';
import { headerOf, readSample, sampleFault } from '../sample.ts';
import { treatmentWords } from '../words.ts';
import { treatmentExamples } from './examples.ts';
import { fieldValues, groupLetters, MOST_FIELDS, readFields, rowNames } from './form.ts';

/** Which fields of an extract leave, in which order and how; its columns are read from a sample file. */
export function fieldRoutes(services: Services): Router {
  const router = Router();
  const { extracts } = services;
  const mayRegister = requirePermission('register-extract');

  const show = (res: Response, { version }: NamedVersion, body: Record<string, unknown>, form: Form) => {
    const { extractId, version: number, name } = version;
    render(res.status(form.errors.length > 0 ? 400 : 200), 'extracts/fields', {
      title: `Fields of ${name}`,
      back: paths.extractVersion(extractId, number),
      isApproved: version.state === 'approved' || version.state === 'suspended',
      action: paths.extractFields(extractId, number),
      columnsAction: paths.sampleColumnsFor(extractId, number),
      rows: rowNames(body),
      seen: digestOf(version),
      groups: groupLetters,
      treatmentItems: [
        { value: '', text: 'Does not leave' },
        ...treatments.map((value: Treatment) => ({ value, text: treatmentWords[value] })),
      ],
      personItems: [
        { value: '', text: 'No' },
        ...personKinds.map((value) => ({
          value,
          text: value === 'nhs-number' ? 'NHS number' : 'Number of the system',
        })),
      ],
      examples: treatmentExamples(),
      form,
    });
  };

  router.get(paths.extractFields(':id', ':version'), mayRegister, async (req, res) => {
    const named = await versionNamed(services, res, req.params);
    const values = fieldValues(named.version);
    show(res, named, values, new Form(values));
  });

  router.post(paths.extractFields(':id', ':version'), mayRegister, async (req, res) => {
    const named = await versionNamed(services, res, req.params);
    const read = readFields(req.body);
    if (!read.ok) return show(res, named, req.body, new Form(req.body, read.errors));
    const { practiceId, extractId, version } = named.version;
    const edit = { practiceId, extractId, version, content: read.content, ...seenIn(req) };
    const done = await extracts.edit(edit, actorOf(res));
    if (!done.ok) {
      const text = contentErrors[done.reason]?.text ?? `It cannot be saved (${done.reason})`;
      return show(res, named, req.body, new Form(req.body, [{ field: 'names', text }]));
    }
    sayDone(req, doneWords[done.how]);
    res.redirect(303, paths.extractVersion(extractId, done.version));
  });

  /** Nothing of the sample is kept but the names, and these only once the form is saved. */
  const columns: RequestHandler = async (req: Request, res) => {
    const named = await versionInQuery(services, req, res);
    const saved = fieldValues(named.version);
    const refuse = (field: string, text: string) =>
      show(res, named, saved, new Form({ ...saved, names: req.body?.names }, [{ field, text }]));
    const { file } = req;
    const typed = String(req.body?.names ?? '')
      .split(/\r?\n/)
      .map((name) => name.trim())
      .filter(Boolean);
    const header = file === undefined ? [] : headerOf(file.buffer);
    if (header === undefined)
      return refuse('sample', 'The selected file has no header line of column names that could be read');
    const names = [...header, ...typed];
    if (names.length === 0) return refuse('sample', 'Select a sample file, or enter names of columns');
    if (names.length > MOST_FIELDS)
      return refuse('sample', `An extract can have ${MOST_FIELDS} columns at most`);
    const values = fieldValues(named.version, names);
    show(res, named, values, new Form(values));
  };

  const refuseUnread: RequestHandler = async (req, res, next) => {
    const text = sampleFault(res);
    if (text === undefined) return next();
    const named = await versionInQuery(services, req, res);
    const saved = fieldValues(named.version);
    show(res, named, saved, new Form(saved, [{ field: 'sample', text }]));
  };
  router.post(paths.sampleColumns, mayRegister, readSample, refuseUnread, checkFormToken, columns);

  return router;
}
