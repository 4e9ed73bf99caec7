import { Router } from 'express';
import type { RecordedAct } from '../../../../objections/act-entry.ts';
import { wordingOf } from '../../../../objections/form-wordings.ts';
import { areOfOneForm, hasReceipt } from '../../../../objections/one-form.ts';
import { receiptCode } from '../../../../objections/receipt-code.ts';
import type { Services } from '../../../../services.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { qrCode } from '../../../qr-code.ts';
import { render } from '../../../view-engine.ts';
import { actNamed, patientNamed } from '../find.ts';
import { patientBanner } from '../patient-banner.ts';
import { whoActed } from '../who.ts';
import { answerView } from './answer-view.ts';
import { receiptView } from './view-model.ts';

/** The wording of the form, where one came. */
function wordingHref(act: RecordedAct): string | undefined {
  const wording = wordingOf(act);
  return wording && paths.formWording(wording.id);
}

/** The receipt of what one form recorded: the confirmation page, to print, and to come back to. */
export function receiptRoutes(services: Services): Router {
  const router = Router();

  router.get(paths.receipt(':act'), requirePermission('view-patient'), async (req, res) => {
    const { practiceId } = personOf(res);
    const act = await actNamed(services, res, req.params.act);
    if (!hasReceipt(act)) throw new PageError(404, 'an act without receipt');
    const patient = await patientNamed(services, res, act.patientId, 'receipt');
    const history = await services.objections.ofPatient(practiceId, patient.id);
    const [first = act, ...others] = history.filter((other) => areOfOneForm(other, act));
    const view = receiptView(
      [
        await receipted(practiceId, first),
        ...(await Promise.all(others.map((one) => receipted(practiceId, one)))),
      ],
      { history, patient },
      await whoActed(services, res),
    );
    render(res, 'objections/receipts/show', {
      title: view.heading,
      back: paths.patient(patient.id),
      patient: patientBanner(patient, services.now()),
      evidence: paths.evidence(first.id),
      wording: wordingHref(first),
      answer: answerView(
        await services.patients.objectionsOf(practiceId, [patient.id]),
        first,
        await whoActed(services, res),
      ),
      ...view,
      ...(await check(first.id)),
    });
  });

  router.post(paths.acknowledge(':act'), requirePermission('record-objection'), async (req, res) => {
    const { practiceId } = personOf(res);
    const act = await actNamed(services, res, req.params.act);
    const patient = await patientNamed(services, res, act.patientId, 'receipt');
    const acknowledging = {
      practiceId,
      patientIds: [patient.id],
      how: 'receipt',
      asOf: act.recordedAt,
    } as const;
    // Given twice is given: whoever came second finds it done.
    await services.objections.acknowledge(acknowledging, actorOf(res));
    sayDone(req, 'Noted: the patient has this in writing');
    res.redirect(303, paths.patient(act.patientId));
  });

  /** The code with which the patient looks at this without logging in. It stands on paper, and is kept nowhere. */
  const check = async (actId: string) => {
    const code = services.receipts.code(actId);
    const address = services.config.publicUrl + paths.receiptCheck(code);
    return {
      checkCode: code.replace(/(.{4})(?=.)/g, '$1 '),
      checkHref: paths.receiptCheck(code),
      checkAddress: address,
      qr: await qrCode(address),
    };
  };

  const receipted = async (practiceId: string, act: RecordedAct) => {
    const commitment = await services.objections.commitment(practiceId, act.ledgerIndex);
    if (commitment === null) throw new Error('an act has no entry');
    return { act, code: receiptCode(commitment) };
  };

  return router;
}
