import type { Router } from 'express';
import { judgeWithdrawal } from '../../../../objections/withdraw-objection.ts';
import type { Services } from '../../../../services.ts';
import { paths } from '../../../paths.ts';
import { withdrawalMistakes } from '../likely-mistakes.ts';
import { typesInForce } from '../request-choices.ts';
import { requestRoutes } from '../request-routes.ts';

/** Withdrawing an objection that is in force. */
export function withdrawalRoutes(services: Services): Router {
  return requestRoutes(services, {
    kind: 'withdrawal',
    permission: 'withdraw-objection',
    path: paths.newWithdrawal,
    view: 'objections/withdraw',
    titles: {
      form: 'Withdraw an objection',
      sure: 'Are you sure that the patient withdraws?',
      check: 'Check and save this withdrawal',
    },
    types: typesInForce,
    evenUnchecked: false,
    asksWhetherBefore: false,
    judge: judgeWithdrawal,
    mistakes: withdrawalMistakes,
    save: services.objections.withdraw,
  });
}
