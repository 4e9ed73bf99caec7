import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { scanTypes } from '../../../../objections/evidence/scan.ts';
import { hasReceipt } from '../../../../objections/one-form.ts';
import type { Services } from '../../../../services.ts';
import { permits } from '../../../../staff/permissions.ts';
import { Form, readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { checkFormToken } from '../../../middleware/form-token.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { actNamed, isUuid, patientNamed } from '../find.ts';
import { patientBanner } from '../patient-banner.ts';
import { whoActed } from '../who.ts';
import { evidenceFaults, evidenceForm } from './form.ts';
import { readScanUpload, uploadFault } from './upload.ts';
import { evidenceLine } from './view-model.ts';

const FILE_NAME = 200;

/** What shows that a request was made: added in words or as a scan, listed, and given out as a download only. */
export function evidenceRoutes(services: Services): Router {
  const router = Router();
  const { evidence } = services;

  const show = async (req: Request, res: Response, form: Form) => {
    const act = await actNamed(services, res, req.query.act);
    if (!hasReceipt(act)) throw new PageError(404, 'an act that nobody asked for');
    const patient = await patientNamed(services, res, act.patientId);
    const nameOf = await whoActed(services, res);
    const found = await evidence.ofRequest(personOf(res).practiceId, act.requestId ?? act.id);
    render(res.status(form.errors.length > 0 ? 400 : 200), 'objections/evidence', {
      title: 'Evidence',
      back: paths.receipt(act.id),
      action: paths.evidence(act.id),
      patient: patientBanner(patient, services.now()),
      evidence: found.map((one) => evidenceLine(one, nameOf)),
      mayAdd: permits(personOf(res).role, 'record-objection'),
      form,
    });
  };

  router.get(paths.addEvidence, requirePermission('view-evidence'), (req, res) =>
    show(req, res, new Form({ id: randomUUID() })),
  );

  const refuse = (req: Request, res: Response, text: string) =>
    show(req, res, new Form({ id: randomUUID(), ...req.body }, [{ field: 'scan', text }]));

  /** A body that could not be read holds no form token that could be checked; it changes nothing either. */
  const refuseUnread: RequestHandler = (req, res, next) => {
    const fault = uploadFault(res);
    return fault === undefined ? next() : refuse(req, res, fault);
  };

  const mayAdd = requirePermission('record-objection');
  router.post(paths.addEvidence, mayAdd, readScanUpload, refuseUnread, checkFormToken, async (req, res) => {
    const act = await actNamed(services, res, req.query.act);
    const read = readForm(evidenceForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { practiceId } = personOf(res);
    const { file } = req;
    const scan = file && { fileName: basename(file.originalname).slice(0, FILE_NAME), bytes: file.buffer };
    const given = { practiceId, actId: act.id, ...read.value, ...(scan && { scan }) };
    const added = await evidence.add(given, actorOf(res));
    if (!added.ok) return show(req, res, new Form(req.body, [evidenceFaults[added.reason]]));
    sayDone(req, 'Evidence added');
    res.redirect(303, paths.evidence(act.id));
  });

  router.get(paths.scan(':id'), requirePermission('view-evidence'), async (req, res) => {
    const { id } = req.params;
    const scan = isUuid(id) ? await evidence.scan(personOf(res).practiceId, id) : null;
    if (scan === null || scan.contentType === null) throw new PageError(404, 'no such scan');
    await patientNamed(services, res, scan.patientId, 'evidence');
    // Never shown inside a page of ours, and never under a name that somebody else chose.
    res.attachment(`evidence-${scan.id.slice(0, 8)}.${scanTypes[scan.contentType]}`);
    res.set({
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    });
    res.type(scan.contentType).send(scan.bytes);
  });

  return router;
}
