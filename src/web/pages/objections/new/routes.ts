import type { Router } from 'express';
import { judgeObjection } from '../../../../objections/record-objection.ts';
import type { Services } from '../../../../services.ts';
import { paths } from '../../../paths.ts';
import { objectionMistakes } from '../likely-mistakes.ts';
import { typeChoices } from '../request-choices.ts';
import { requestRoutes } from '../request-routes.ts';

/** Recording an objection, or confirming one that is in force. */
export function newObjectionRoutes(services: Services): Router {
  return requestRoutes(services, {
    kind: 'objection',
    permission: 'record-objection',
    path: paths.newObjection,
    view: 'objections/new',
    titles: {
      form: 'Record an objection',
      sure: 'Are you sure about this objection?',
      check: 'Check and save this objection',
    },
    types: typeChoices,
    evenUnchecked: true,
    asksWhetherBefore: true,
    judge: judgeObjection,
    mistakes: objectionMistakes,
    save: services.objections.record,
    saveInPile: services.piles.record,
  });
}
