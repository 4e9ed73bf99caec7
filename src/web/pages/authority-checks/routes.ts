import { type Request, type Response, Router } from 'express';
import type { AuthorityCheck } from '../../../objections/authority-store.ts';
import { REASON_LENGTH } from '../../../objections/reason.ts';
import type { Services } from '../../../services.ts';
import { Form, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { actView } from '../objections/act-view.ts';
import { evidenceLine } from '../objections/evidence/view-model.ts';
import { isUuid, patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { whoActed } from '../objections/who.ts';
import { checkFaults, checkForm } from './form.ts';
import { closedWords } from './view-model.ts';

/** The second person's look at what shows that a proxy may ask. Those that wait are a list of work. */
export function authorityRoutes(services: Services): Router {
  const router = Router();
  const { authority, evidence, piles, now } = services;
  const may = requirePermission('check-authority');

  const checkNamed = async (req: Request, res: Response): Promise<AuthorityCheck> => {
    const { request } = req.params;
    const check = isUuid(request) ? await authority.find(personOf(res).practiceId, request) : null;
    if (check === null) throw new PageError(404, 'no such check');
    return check;
  };

  const show = async (req: Request, res: Response, form: Form) => {
    const check = await checkNamed(req, res);
    const { practiceId, id: you } = personOf(res);
    const patient = await patientNamed(services, res, check.patientId);
    const nameOf = await whoActed(services, res);
    const acts = await piles.actsOf(practiceId, check.requestId);
    const shown = await evidence.ofRequest(practiceId, check.requestId);
    render(res.status(form.errors.length > 0 ? 400 : 200), 'authority-checks/show', {
      title: 'May this person ask for the patient?',
      back: paths.workList('authority'),
      patient: patientBanner(patient, now()),
      acts: acts.map((act) => actView(act, nameOf)),
      isWithdrawal: acts.some(({ kind }) => kind === 'withdraw'),
      evidence: shown.map((one) => evidenceLine(one, nameOf)),
      addEvidence: paths.evidence(check.requestId),
      closed: closedWords(check, you, nameOf),
      most: REASON_LENGTH,
      form,
    });
  };

  router.get(paths.authorityCheck(':request'), may, (req, res) => show(req, res, new Form()));

  router.post(paths.authorityCheck(':request'), may, async (req, res) => {
    const { requestId, patientId } = await checkNamed(req, res);
    const read = readForm(checkForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { answer: outcome, note } = read.value;
    const { practiceId } = personOf(res);
    const done = await authority.check({ practiceId, requestId, outcome, note }, actorOf(res));
    if (!done.ok) return show(req, res, new Form(req.body, [checkFaults[done.reason]]));
    if (outcome === 'seen') {
      sayDone(req, 'Noted: a second person saw that they may ask');
      return res.redirect(303, paths.workList('authority'));
    }
    sayDone(
      req,
      'Noted: not enough. Ask for what is missing; what should not have been recorded, mark as entered in error below',
    );
    res.redirect(303, paths.patient(patientId));
  });

  return router;
}
