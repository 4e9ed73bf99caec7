import type { Router } from 'express';
import type { Services } from '../../../services.ts';
import { accessRoutes } from './access-routes.ts';
import { accountRoutes } from './account/routes.ts';
import { answerRoutes } from './answer-routes.ts';
import { extractsRoutes } from './extracts-routes.ts';
import { findRoutes } from './find-routes.ts';
import { patientPageRoutes } from './patient-routes.ts';
import { matchRoutes } from './person/match-routes.ts';
import { newPersonRoutes } from './person/new-routes.ts';
import { recordsRoutes } from './person/records-routes.ts';
import { recipientsRoutes } from './recipients/routes.ts';

/** All pages about patients. */
export function patientRoutes(services: Services): Router[] {
  return [
    findRoutes(services),
    newPersonRoutes(services),
    matchRoutes(services),
    recordsRoutes(services),
    patientPageRoutes(services),
    accountRoutes(services),
    recipientsRoutes(services),
    extractsRoutes(services),
    answerRoutes(services),
    accessRoutes(services),
  ];
}
