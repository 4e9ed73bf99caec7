import { type Request, type Response, Router } from 'express';
import { londonDay } from '../../../day.ts';
import { objectionReport } from '../../../reports/objection-report.ts';
import { faultOf, lastTwelveMonths, type Period } from '../../../reports/period.ts';
import type { Services } from '../../../services.ts';
import { sendCsv } from '../../csv-answer.ts';
import { Form, readForm } from '../../form.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { periodBoxes, periodForm } from './form.ts';
import { reportRows, reportView } from './view-model.ts';

/** The manager's report on objections: on screen, to print, and as a file. */
export function reportRoutes(services: Services): Router {
  const router = Router();
  const reportOf = async (practiceId: string, period: Period) => {
    const { reports } = services;
    return objectionReport(await reports.acts(practiceId), await reports.listSize(practiceId), period);
  };

  router.get(paths.reports, requirePermission('view-reports'), async (req, res) => {
    const today = londonDay(services.now());
    const read = readPeriod(req, today);
    const period = read.ok ? read.period : lastTwelveMonths(today);
    const report = await reportOf(personOf(res).practiceId, period);
    const query = new URLSearchParams(periodBoxes(period)).toString();
    render(res.status(read.ok ? 200 : 400), 'reports/show', {
      title: 'Report on objections',
      form: read.ok ? new Form(periodBoxes(period)) : read.form,
      csv: `${paths.reportCsv}?${query}`,
      ...reportView(report),
    });
  });

  router.get(paths.reportCsv, requirePermission('view-reports'), async (req, res: Response) => {
    const read = readPeriod(req, londonDay(services.now()));
    if (!read.ok) return res.redirect(303, paths.reports);
    const report = await reportOf(personOf(res).practiceId, read.period);
    sendCsv(res, `objections-${read.period.from}-to-${read.period.to}`, reportRows(report));
  });

  return router;
}

function readPeriod(req: Request, today: string): { ok: true; period: Period } | { ok: false; form: Form } {
  if (Object.keys(req.query).length === 0) return { ok: true, period: lastTwelveMonths(today) };
  const read = readForm(periodForm, req.query);
  if (!read.ok) return read;
  const fault = faultOf(read.value, today);
  if (fault === null) return { ok: true, period: read.value };
  return { ok: false, form: new Form(req.query, [{ field: `${fault.field}-day`, text: fault.text }]) };
}
