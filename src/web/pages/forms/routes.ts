import { type Request, type Response, Router } from 'express';
import { showDay } from '../../../day.ts';
import { formWordings } from '../../../objections/form-wordings.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { patientNamed } from '../objections/find.ts';
import { formView } from './form-view.ts';

/** The type 1 form on paper: empty, or with what the practice knows of a patient; and the wordings of before. */
export function formRoutes(services: Services): Router {
  const router = Router();

  router.get(paths.blankForm, requirePermission('view-patient'), async (req, res) => {
    if (req.query.version !== undefined) return showWording(req, res);
    const patient =
      req.query.patient === undefined
        ? undefined
        : await patientNamed(services, res, req.query.patient, 'letter');
    const forProxy = req.query.for === 'proxy';
    const { practice } = personOf(res);
    render(res, 'forms/type-1', {
      title: 'Type 1 form to print',
      back: patient ? paths.patient(patient.id) : paths.piles,
      paper: formView(practice, services.now(), forProxy ? 'proxy' : 'self', patient),
      other: otherHref(patient, forProxy),
      empty: patient ? paths.blankForm : undefined,
      pdf: patient ? undefined : paths.practiceFormPdf(practice.ods),
    });
  });

  const showWording = (req: Request, res: Response) => {
    const place = formWordings.findIndex(({ id }) => id === req.query.version);
    const wording = formWordings[place];
    if (wording === undefined) throw new PageError(404, 'no such wording');
    const next = formWordings[place + 1];
    render(res, 'forms/wording', {
      title: wording.title,
      wording,
      inForce: `In force from ${showDay(wording.from)}${next ? `, until ${showDay(next.from)}` : ''}`,
    });
  };

  return router;
}

/** The same form for the patient, or for somebody who asks for the patient. */
function otherHref(patient: Patient | undefined, forProxy: boolean): string {
  const path = patient ? paths.blankFormFor(patient.id) : paths.blankForm;
  return forProxy ? path : `${path}${patient ? '&' : '?'}for=proxy`;
}
