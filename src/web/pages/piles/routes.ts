import type { Router } from 'express';
import type { Services } from '../../../services.ts';
import { correctRoutes } from './correct-routes.ts';
import { listRoutes } from './list-routes.ts';
import { pileRoutes as pilePage } from './pile-routes.ts';

/** All pages about piles of forms; the forms themselves are those of objections. */
export function pileRoutes(services: Services): Router[] {
  return [listRoutes(services), pilePage(services), correctRoutes(services)];
}
