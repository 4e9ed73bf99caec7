import { type Request, type Response, Router } from 'express';
import { namedUses } from '../../../../patients/list-columns.ts';
import type { ListMapping } from '../../../../patients/list-mapping.ts';
import type { Services } from '../../../../services.ts';
import { Form } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { laterOrder, readUses, valuesOf } from './form.ts';
import { columnViews, orderItems, useItems } from './view-model.ts';

/** What somebody said of lists with a certain header: to be looked at, changed, and forgotten. */
export function columnRoutes({ patients }: Services): Router {
  const router = Router();
  const mayImport = requirePermission('import-patients');

  const mappingNamed = async ({ params }: Request, res: Response): Promise<ListMapping> => {
    const all = await patients.mappings(personOf(res).practiceId);
    const found = all.find(({ headerDigest }) => headerDigest === params.digest);
    if (found === undefined) throw new PageError(404, 'nothing was said of such lists');
    return found;
  };

  const show = (res: Response, { header, headerDigest }: ListMapping, form: Form) =>
    render(res.status(form.errors.length > 0 ? 400 : 200), 'imports/columns', {
      title: 'Columns of a list',
      back: paths.imports,
      columns: columnViews(header),
      useItems,
      orderItems,
      forgetHref: paths.forgetListColumns(headerDigest),
      form,
    });

  router.get(paths.listColumns(':digest'), mayImport, async (req, res) => {
    const mapping = await mappingNamed(req, res);
    const { uses, header, dateOrder } = mapping;
    show(res, mapping, new Form({ ...valuesOf(uses ?? namedUses(header)), dateOrder: dateOrder ?? '' }));
  });

  router.post(paths.listColumns(':digest'), mayImport, async (req, res) => {
    const mapping = await mappingNamed(req, res);
    const { uses, errors } = readUses(req.body, mapping.header.length);
    if (errors.length > 0) return show(res, mapping, new Form(req.body, errors));
    const dateOrder = laterOrder.parse(req.body.dateOrder);
    const { practiceId } = personOf(res);
    await patients.rememberMapping({ practiceId, header: mapping.header, uses, dateOrder }, actorOf(res));
    sayDone(req, 'Columns saved');
    res.redirect(303, paths.imports);
  });

  router.post(paths.forgetListColumns(':digest'), mayImport, async (req, res) => {
    const { headerDigest } = await mappingNamed(req, res);
    await patients.forgetMapping(personOf(res).practiceId, headerDigest);
    sayDone(req, 'Columns forgotten. The next such list is asked about again');
    res.redirect(303, paths.imports);
  });

  return router;
}
