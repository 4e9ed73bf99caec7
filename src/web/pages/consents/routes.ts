import { type Request, type RequestHandler, type Response, Router } from 'express';
import { londonDay } from '../../../day.ts';
import { rulesOfGround } from '../../../extracts/grounds.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { dayValues } from '../../day-field.ts';
import { Form, noForm, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { checkFormToken } from '../../middleware/form-token.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { extractNamed } from '../extracts/find.ts';
import { readUpload, uploadFault } from '../imports/upload.ts';
import { maySee, noteLook, patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { whoActed } from '../objections/who.ts';
import { consentFaults, consentForm, withdrawalForm } from './form.ts';
import { consentView } from './view-model.ts';

const ON_PAGE = 50;
/** Rows that were not taken and are named on the page; of more, how many. */
const REFUSED_SHOWN = 200;

/** Patients' consents to extracts that let only those leave who consented: recorded, taken from a file, withdrawn. */
export function consentRoutes(services: Services): Router {
  const router = Router();
  const { consents, extracts, patients, now } = services;
  const may = requirePermission('record-consent');

  const consentExtracts = async (res: Response) =>
    (await extracts.ofPractice(personOf(res).practiceId)).filter(
      ({ ground }) => rulesOfGround(ground).type1 === 'consent-only',
    );

  router.get(paths.extractConsents(':id'), may, async (req, res) => {
    const extract = await extractNamed(services, res, req.params.id);
    const { practiceId, role } = personOf(res);
    const { extractId } = extract;
    const count = await consents.count(practiceId, extractId);
    const page = pageOf(req.query.page, count, ON_PAGE);
    const histories = await consents.ofExtract(practiceId, extractId, page);
    const nameOf = await whoActed(services, res);
    const found = await patients.byIds(
      practiceId,
      histories.map(({ patientId }) => patientId),
    );
    const byId = new Map(found.map((patient) => [patient.id, patient]));
    const lines = histories.map((history) => {
      const patient = byId.get(history.patientId);
      const shown = patient !== undefined && maySee(res, patient) ? patient : null;
      return {
        ...consentView(history, nameOf),
        id: shown?.id,
        patient: shown && patientBanner(shown, now()),
        href: shown && paths.patientConsents(shown.id),
      };
    });
    await noteLook(
      services,
      res,
      lines.flatMap(({ id }) => id ?? []),
      'consents',
    );
    render(res, 'extracts/consents', {
      title: `Consents to ${extract.name}`,
      back: paths.extract(extractId),
      extract,
      asksForConsent: rulesOfGround(extract.ground).type1 === 'consent-only',
      count,
      inForce: await consents.countInForce(practiceId, extractId),
      lines,
      importHref: permits(role, 'import-consents') ? paths.importConsentsTo(extractId) : null,
      pagination: paginationOf(page, (number) => `${paths.extractConsents(extractId)}?page=${number}`),
    });
  });

  const showPatient = async (req: Request, res: Response, form: Form, withdrawal = noForm) => {
    const patient = await patientNamed(services, res, req.params.id, 'consents');
    const { practiceId } = personOf(res);
    const nameOf = await whoActed(services, res);
    const asking = await consentExtracts(res);
    const lines = await Promise.all(
      asking.map(async ({ extractId, name, recipient, purpose }) => ({
        id: extractId,
        name,
        recipient,
        purpose,
        ...consentView(await consents.ofPatient(practiceId, patient.id, extractId), nameOf),
      })),
    );
    const errors = [...form.errors, ...withdrawal.errors];
    render(res.status(errors.length > 0 ? 400 : 200), 'consents/patient', {
      title: 'Consents to extracts',
      back: paths.patient(patient.id),
      patient: patientBanner(patient, now()),
      lines,
      actions: { record: paths.patientConsents(patient.id), withdraw: paths.withdrawConsent(patient.id) },
      form:
        errors.length === 0
          ? new Form(dayValues('on', londonDay(now())))
          : form.errors.length > 0
            ? form
            : withdrawal,
    });
  };

  router.get(paths.patientConsents(':id'), may, (req, res) => showPatient(req, res, noForm));

  router.post(paths.patientConsents(':id'), may, async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id, 'consents');
    const read = readForm(consentForm, req.body);
    if (!read.ok) return showPatient(req, res, read.form);
    const { extract: extractId, ...told } = read.value;
    const given = { practiceId: personOf(res).practiceId, patientId: patient.id, extractId, ...told };
    const done = await consents.record(given, actorOf(res));
    if (!done.ok) return showPatient(req, res, new Form(req.body, [consentFaults[done.reason]]));
    sayDone(req, done.isNew ? 'The consent is recorded' : 'This consent was recorded before');
    res.redirect(303, paths.patientConsents(patient.id));
  });

  router.post(paths.withdrawConsent(':id'), may, async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id, 'consents');
    const read = readForm(withdrawalForm, req.body);
    if (!read.ok) return showPatient(req, res, noForm, read.form);
    const { practiceId } = personOf(res);
    const { extract: extractId, words: reference } = read.value;
    const withdrawal = { practiceId, patientId: patient.id, extractId, reference };
    const done = await consents.withdraw(withdrawal, actorOf(res));
    if (!done.ok) {
      const text = 'There is no consent of this patient to this extract';
      return showPatient(req, res, noForm, new Form(req.body, [{ field: 'words', text }]));
    }
    sayDone(req, 'Withdrawn: nothing of this patient leaves in this extract any more');
    res.redirect(303, paths.patientConsents(patient.id));
  });

  const mayImport = requirePermission('import-consents');
  const showImport = async (req: Request, res: Response, fault?: string, extra: object = {}) => {
    const asking = await consentExtracts(res);
    const chosen = asking.find(({ extractId }) => extractId === req.query.extract) ?? asking[0];
    const values = { extract: chosen?.extractId, ...req.body };
    render(res.status(fault === undefined ? 200 : 400), 'consents/import', {
      title: 'Take in consents',
      back: chosen ? paths.extractConsents(chosen.extractId) : paths.exemptions,
      extracts: asking.map(({ extractId, name }) => ({ value: extractId, text: name })),
      taken: null,
      form: new Form(values, fault === undefined ? [] : [{ field: 'list', text: fault }]),
      ...extra,
    });
  };

  router.get(paths.importConsents, mayImport, (req, res) => showImport(req, res));

  /** A body that could not be read holds no form token that could be checked; it changes nothing either. */
  const refuseUnread: RequestHandler = (req, res, next) => {
    const fault = uploadFault(res);
    return fault === undefined ? next() : showImport(req, res, fault);
  };

  router.post(paths.importConsents, mayImport, readUpload, refuseUnread, checkFormToken, async (req, res) => {
    const asking = await consentExtracts(res);
    const extract = asking.find(({ extractId }) => extractId === req.body?.extract);
    if (extract === undefined) return showImport(req, res, 'Select the extract and the file again');
    if (req.file === undefined) return showImport(req, res, 'Select a CSV file');
    const { practiceId, practice } = personOf(res);
    const { extractId } = extract;
    const file = { practiceId, madeUp: practice.madeUp, extractId, bytes: req.file.buffer };
    const done = await consents.import(file, actorOf(res));
    if (!done.ok) return showImport(req, res, done.reason);
    const refused = done.refused.slice(0, REFUSED_SHOWN);
    return showImport(req, res, undefined, {
      taken: { ...done.counts, refused, moreRefused: done.refused.length - refused.length },
    });
  });

  return router;
}
