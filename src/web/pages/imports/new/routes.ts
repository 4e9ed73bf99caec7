import { type Request, type Response, Router } from 'express';
import { namedUses } from '../../../../patients/list-columns.ts';
import type { ListQuestion } from '../../../../patients/read-patient-list.ts';
import type { Services } from '../../../../services.ts';
import { Form, readForm } from '../../../form.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { isUuid } from '../../objections/find.ts';
import { fieldOf, orderForm, readUses, valuesOf } from '../columns/form.ts';
import { columnViews, useItems } from '../columns/view-model.ts';
import { keptFile, type ListFile, requestOf, startImport } from '../start-import.ts';
import { orderQuestion } from './view-model.ts';

const SAMPLES = 3;

/** What has to be said of a list before it can be taken in: which column is which, which number of a date is the day. */
export function listQuestionRoutes(services: Services): Router {
  const router = Router();
  const { patients, drafts } = services;
  const mayImport = requirePermission('import-patients');

  const fileNamed = async ({ params }: Request, res: Response): Promise<ListFile> => {
    const { draft } = params;
    const file = isUuid(draft) ? await keptFile(services, res, draft) : undefined;
    if (file === undefined)
      throw new PageError(404, 'no such list', 'The list is not kept any more. Upload it again.');
    return file;
  };

  /** What is still to be asked of a list; undefined when it can be taken in. */
  const askAbout = async (res: Response, file: ListFile): Promise<ListQuestion['ask'] | undefined> => {
    const read = await patients.lookAtList(requestOf(res, file));
    return 'ask' in read ? read.ask : undefined;
  };

  const show = (res: Response, ask: ListQuestion['ask'], { fileName }: ListFile, form?: Form) => {
    const { header, body } = ask.table;
    const isColumns = ask.kind === 'columns';
    render(res.status(form ? 400 : 200), 'imports/new', {
      title: isColumns ? 'Which column is which?' : 'Which number is the day?',
      back: paths.imports,
      fileName,
      columns: isColumns ? columnViews(header, body.slice(0, SAMPLES)) : null,
      useItems,
      question: isColumns ? null : orderQuestion(ask.example),
      form: form ?? new Form(isColumns ? valuesOf(namedUses(header)) : {}),
    });
  };

  router.get(paths.importQuestion(':draft'), mayImport, async (req, res) => {
    const file = await fileNamed(req, res);
    const ask = await askAbout(res, file);
    if (ask === undefined) return res.redirect(302, paths.imports);
    show(res, ask, file);
  });

  router.post(paths.importQuestion(':draft'), mayImport, async (req, res) => {
    const file = await fileNamed(req, res);
    const ask = await askAbout(res, file);
    const { practiceId, id } = personOf(res);
    if (ask !== undefined) {
      const { header } = ask.table;
      const said = ask.kind === 'columns' ? saidColumns(req, header.length) : saidOrder(req);
      if (said instanceof Form) return show(res, ask, file, said);
      await patients.rememberMapping({ practiceId, header, ...said }, actorOf(res));
    }
    const started = await startImport(services, res, file);
    if (started.ok) {
      await drafts.remove(practiceId, id, String(req.params.draft));
      return res.redirect(303, started.path);
    }
    if (started.mustAsk || ask === undefined) return res.redirect(303, req.originalUrl);
    const field = ask.kind === 'columns' ? fieldOf(0) : 'dateOrder';
    show(res, ask, file, new Form(req.body, [{ field, text: started.fault }]));
  });

  return router;
}

function saidColumns({ body }: Request, count: number) {
  const { uses, errors } = readUses(body, count);
  return errors.length > 0 ? new Form(body, errors) : { uses };
}

function saidOrder({ body }: Request) {
  const read = readForm(orderForm, body);
  return read.ok ? read.value : read.form;
}
