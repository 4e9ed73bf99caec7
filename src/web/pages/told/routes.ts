import type { Router } from 'express';
import type { Services } from '../../../services.ts';
import { toldOverviewRoutes } from './overview-routes.ts';
import { patientToldRoutes } from './patient-routes.ts';
import { resultRoutes } from './result-routes.ts';
import { returnRoutes } from './return-routes.ts';
import { runFileRoutes } from './runs/file-routes.ts';
import { runRoutes } from './runs/routes.ts';

/** All pages about who was told what. */
export function toldRoutes(services: Services): Router[] {
  return [
    toldOverviewRoutes(services),
    runRoutes(services),
    runFileRoutes(services),
    resultRoutes(services),
    returnRoutes(services),
    patientToldRoutes(services),
  ];
}
