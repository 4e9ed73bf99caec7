import { Router } from 'express';
import { londonDay, showDay } from '../../../day.ts';
import { historyThatCounts } from '../../../objections/history-that-counts.ts';
import { objectionTypes } from '../../../objections/objection.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { frameOf } from '../../frame.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { noteLook, patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { plainAnswer } from './answer-view.ts';

/** "I thought I had opted out": what is on record, and what is not, to read out and to print. */
export function answerRoutes(services: Services): Router {
  const router = Router();
  const { objections, patients, now } = services;

  router.get(paths.patientAnswer(':id'), requirePermission('view-patient'), async (req, res) => {
    const patient = await patientNamed(services, res, req.params.id, 'plain-answer');
    const { practiceId, role } = personOf(res);
    // An objection on one record of a person holds for all of them, so all are looked at.
    const ids = await patients.recordsOf(practiceId, patient.id);
    await noteLook(
      services,
      res,
      ids.filter((id) => id !== patient.id),
      'plain-answer',
    );
    const records = await objections.ofPerson(practiceId, patient.id);
    const acts = objectionTypes.flatMap((type) => historyThatCounts(records, type));
    const coded = await objections.coded(practiceId, ids);
    const lastReportAt = await objections.lastCodedReportAt(practiceId);
    const answer = plainAnswer({ acts, coded, lastReportAt });
    render(res, 'patients/answer', {
      title: 'Your choices about your data',
      back: paths.patient(patient.id),
      patient: patientBanner(patient, now()),
      from: `${frameOf(res).practice?.name ?? 'The practice'}, ${showDay(londonDay(now()))}`,
      ...answer,
      recordToday:
        !answer.inForce && permits(role, 'record-objection') ? paths.newObjectionFor(patient.id) : undefined,
    });
  });

  return router;
}
