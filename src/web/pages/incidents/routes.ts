import { type Request, type Response, Router } from 'express';
import { londonDay, showInstant } from '../../../day.ts';
import type { Incident } from '../../../incidents/incident.ts';
import { shownName } from '../../../patients/patient.ts';
import type { ReleaseLine } from '../../../reports/report-store.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { dayValues } from '../../day-field.ts';
import { Form, noForm, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { isUuid, noteLook, patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { whoActed } from '../objections/who.ts';
import { assessmentForm, closingForm, numberForm, refused, toldForm } from './form.ts';
import { incidentView, lineOf } from './view-model.ts';

const ON_PAGE = 50;
/** Releases named on the page of an incident; of more, how many. */
const RELEASES_SHOWN = 50;

/** Incidents: what went wrong, how grave it is, whom to tell, and the guardian's last word. */
export function incidentRoutes(services: Services): Router {
  const router = Router();
  const { incidents, patients, reports, now } = services;
  const maySee = requirePermission('view-incidents');
  const mayAssess = requirePermission('assess-incident');

  router.get(paths.incidents, maySee, async (req, res) => {
    const { practiceId } = personOf(res);
    const closed = req.query.show === 'closed';
    const [open, done] = [await incidents.count(practiceId, false), await incidents.count(practiceId, true)];
    const page = pageOf(req.query.page, closed ? done : open, ON_PAGE);
    const items = await incidents.list(practiceId, { closed, ...page });
    const ids = new Set(items.flatMap(({ patientId }) => patientId ?? []));
    const named = await patients.byIds(practiceId, [...ids]);
    const names = new Map(named.map((patient) => [patient.id, shownName(patient)]));
    await noteLook(services, res, [...names.keys()], 'incident');
    const chosen = closed ? 'show=closed&' : '';
    render(res, 'incidents/list', {
      title: 'Incidents',
      closed,
      counts: { open, closed: done },
      lines: items.map((one) => lineOf(one, names.get(one.patientId ?? '') ?? null, now())),
      pagination: paginationOf(page, (number) => `${paths.incidents}?${chosen}page=${number}`),
    });
  });

  const incidentNamed = async (req: Request, res: Response): Promise<Incident> => {
    const { id } = req.params;
    const found = isUuid(id) ? await incidents.find(personOf(res).practiceId, id) : null;
    if (found === null) throw new PageError(404, 'no such incident');
    return found;
  };

  const show = async (req: Request, res: Response, form: Form, status = 400) => {
    const incident = await incidentNamed(req, res);
    const { practiceId, role } = personOf(res);
    const { patientId } = incident;
    const patient = patientId && (await patientNamed(services, res, patientId, 'incident'));
    const named = incident.releases.slice(0, RELEASES_SHOWN);
    const releases = await Promise.all(named.map((id) => reports.release(practiceId, id)));
    const view = incidentView(incident, await whoActed(services, res), now());
    const isOpen = incident.closedAt === null;
    const today = londonDay(now());
    const first = {
      assessment: incident.assessment ?? '',
      risk: incident.risk,
      tellRegulator: incident.tellRegulator,
      tellPatient: incident.tellPatient,
      ...dayValues('on', today),
    };
    render(res.status(form.errors.length > 0 ? status : 200), 'incidents/show', {
      back: paths.incidents,
      ...view,
      patient: patient ? patientBanner(patient, now()) : null,
      releases: releases.flatMap((one) => one ?? []).map(releaseLine),
      moreReleases: incident.releases.length - named.length,
      mayAssess: isOpen && !view.isStop && permits(role, 'assess-incident'),
      mayClose: isOpen && permits(role, 'close-incident'),
      actions: incidentActions(incident.id),
      form: form === noForm ? new Form(first) : form,
    });
  };

  router.get(paths.incident(':id'), maySee, (req, res) => show(req, res, noForm));

  router.post(paths.assessIncident(':id'), mayAssess, async (req, res) => {
    const { id } = await incidentNamed(req, res);
    const read = readForm(assessmentForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { practiceId } = personOf(res);
    const { seen: seenAssessedAt, ...assessed } = read.value;
    const done = await incidents.assess({ practiceId, id, seenAssessedAt, ...assessed }, actorOf(res));
    if (!done.ok) return show(req, res, faulty(req, 'assessment', done.reason), 409);
    sayDone(req, 'The assessment is saved');
    res.redirect(303, paths.incident(id));
  });

  router.post(paths.tellOfIncident(':id'), mayAssess, async (req, res) => {
    const { id } = await incidentNamed(req, res);
    const read = readForm(toldForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const done = await incidents.tell(
      { practiceId: personOf(res).practiceId, id, ...read.value },
      actorOf(res),
    );
    const field = done.ok || done.reason !== 'already-told' ? 'on-day' : 'whom';
    if (!done.ok) return show(req, res, faulty(req, field, done.reason));
    sayDone(
      req,
      read.value.whom === 'patient' ? 'Noted: the patient was told' : 'Noted: the regulator was told',
    );
    res.redirect(303, paths.incident(id));
  });

  router.post(paths.closeIncident(':id'), requirePermission('close-incident'), async (req, res) => {
    const { id } = await incidentNamed(req, res);
    const read = readForm(closingForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const closing = { practiceId: personOf(res).practiceId, id, ...read.value };
    const done = await incidents.close(closing, actorOf(res));
    if (!done.ok) return show(req, res, faulty(req, 'closingWords', done.reason), 409);
    sayDone(req, 'The incident is closed');
    res.redirect(303, paths.incidents);
  });

  router.post(paths.acceptNumber(':id'), requirePermission('close-incident'), async (req, res) => {
    const { id } = await incidentNamed(req, res);
    const read = readForm(numberForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { numberWords: closingWords, permitted } = read.value;
    const { practiceId } = personOf(res);
    const done = await incidents.acceptNumber({ practiceId, id, closingWords, permitted }, actorOf(res));
    if (!done.ok) return show(req, res, faulty(req, 'numberWords', done.reason), 409);
    sayDone(req, 'The number is right: releases are compared with it from now on. The incident is closed');
    res.redirect(303, paths.incidents);
  });

  return router;
}

const faulty = (req: Request, field: string, reason: keyof typeof refused): Form =>
  new Form(req.body, [{ field, text: refused[reason] }]);

const incidentActions = (id: string) => ({
  assess: paths.assessIncident(id),
  tell: paths.tellOfIncident(id),
  close: paths.closeIncident(id),
  accept: paths.acceptNumber(id),
});

const releaseLine = ({ id, extractName, recipient, startedAt, kind }: ReleaseLine) => ({
  href: paths.release(id),
  extractName,
  recipient,
  started: showInstant(startedAt),
  kind: kind === 'check' ? 'Check of numbers' : 'Release',
});
