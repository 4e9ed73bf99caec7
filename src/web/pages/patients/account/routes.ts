import { type Request, type Response, Router } from 'express';
import { londonDay } from '../../../../day.ts';
import { historyThatCounts } from '../../../../objections/history-that-counts.ts';
import { objectionTypes } from '../../../../objections/objection.ts';
import type { Services } from '../../../../services.ts';
import { permits } from '../../../../staff/permissions.ts';
import { personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { headOf, unsendable } from '../../letters/letter.ts';
import { patientNamed } from '../../objections/find.ts';
import { patientBanner } from '../../objections/patient-banner.ts';
import { choicesOf } from '../answer-view.ts';
import { recordsOfPerson } from './records-of.ts';
import { accountView } from './view-model.ts';

/** The data usage account of a patient: where their data went, what they were kept out of, and why. */
export function accountRoutes(services: Services): Router {
  const router = Router();
  const { objections, usageAccount, now } = services;
  const may = requirePermission('view-patient');

  const contentOf = async (req: Request, res: Response, what: 'account' | 'letter') => {
    const patient = await patientNamed(services, res, req.params.id, what);
    const { practiceId, role } = personOf(res);
    const { records, hidden } = await recordsOfPerson(services, res, patient, what);
    const account = await usageAccount(practiceId, records);
    const acts = await objections.ofPerson(practiceId, patient.id);
    const counting = objectionTypes.flatMap((type) => historyThatCounts(acts, type));
    return {
      patient,
      content: {
        ...accountView(account, londonDay(now()), what === 'account' && permits(role, 'view-releases')),
        choices: choicesOf(counting),
        hidden,
      },
    };
  };

  router.get(paths.patientAccount(':id'), may, async (req, res) => {
    const { patient, content } = await contentOf(req, res, 'account');
    render(res, 'patients/account/show', {
      title: 'Data usage account',
      back: paths.patient(patient.id),
      patient: patientBanner(patient, now()),
      letter: paths.accountLetter(patient.id),
      largeLetter: paths.largeAccountLetter(patient.id),
      recipients: paths.patientRecipients(patient.id),
      ...content,
    });
  });

  router.get(paths.accountLetter(':id'), may, async (req, res) => {
    const { patient, content } = await contentOf(req, res, 'letter');
    const { practice } = personOf(res);
    const isLarge = req.query.print === 'large';
    render(res, 'patients/account/letter', {
      title: `Data usage account to print${isLarge ? ', in large print' : ''}`,
      back: paths.patientAccount(patient.id),
      practice: { name: practice.name, madeUp: practice.madeUp },
      head: headOf(patient, now()),
      warning: unsendable(patient),
      isLarge,
      otherSize: isLarge ? paths.accountLetter(patient.id) : paths.largeAccountLetter(patient.id),
      ...content,
    });
  });

  return router;
}
