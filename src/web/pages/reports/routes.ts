import { type Request, type Response, Router } from 'express';
import { londonDay } from '../../../day.ts';
import { faultOf, lastTwelveMonths, type Period } from '../../../reports/period.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { sendCsv } from '../../csv-answer.ts';
import { Form, readForm } from '../../form.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { trendRow } from '../coded/view-model.ts';
import { periodBoxes, periodForm } from './form.ts';
import { reportTables, reportView } from './view-model.ts';

/** Reports from the clinical record that this one shows: a year of one a month. */
const COMPARED_SHOWN = 12;

/** The manager's report on objections: on screen, to print, and as a file. */
export function reportRoutes(services: Services): Router {
  const router = Router();
  const reportOf = (practiceId: string, period: Period) => services.reports.objections(practiceId, period);

  router.get(paths.reports, requirePermission('view-reports'), async (req, res) => {
    const { practiceId, practice, role } = personOf(res);
    const today = londonDay(services.now());
    const read = readPeriod(req.query, today);
    const period = read.ok ? read.period : lastTwelveMonths(today);
    const view = reportView(await reportOf(practiceId, period), await services.reports.listSize(practiceId));
    const compared = await services.reconciliations.list(practiceId, COMPARED_SHOWN);
    const query = new URLSearchParams(periodBoxes(period)).toString();
    render(res.status(read.ok ? 200 : 400), 'reports/show', {
      title: 'Report on objections',
      form: read.ok ? new Form(periodBoxes(period)) : read.form,
      ...view,
      publicLog: paths.log(practice.ods),
      compared: compared.map((one) => ({
        ...trendRow(one),
        href: permits(role, 'view-reconciliations') ? paths.reconciliation(one.id) : null,
      })),
      tables: view.tables.map((table) => ({
        ...table,
        csv: `${paths.reportCsv}?table=${table.name}&${query}`,
      })),
    });
  });

  router.get(paths.reportCsv, requirePermission('view-reports'), async (req, res: Response) => {
    const { table: name = 'months', ...boxes } = req.query;
    const read = readPeriod(boxes, londonDay(services.now()));
    if (!read.ok) return res.redirect(303, paths.reports);
    const tables = reportTables(await reportOf(personOf(res).practiceId, read.period));
    const table = tables.find((one) => one.name === name);
    if (table === undefined) throw new PageError(404, 'no such table');
    const { from, to } = read.period;
    sendCsv(res, `objections-${table.name}-${from}-to-${to}`, table.file);
  });

  return router;
}

function readPeriod(
  query: Request['query'],
  today: string,
): { ok: true; period: Period } | { ok: false; form: Form } {
  if (Object.keys(query).length === 0) return { ok: true, period: lastTwelveMonths(today) };
  const read = readForm(periodForm, query);
  if (!read.ok) return read;
  const fault = faultOf(read.value, today);
  if (fault === null) return { ok: true, period: read.value };
  return { ok: false, form: new Form(query, [{ field: `${fault.field}-day`, text: fault.text }]) };
}
