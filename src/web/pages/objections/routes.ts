import type { Router } from 'express';
import type { Services } from '../../../services.ts';
import { newObjectionRoutes } from './new/routes.ts';
import { receiptRoutes } from './receipts/routes.ts';
import { withdrawalRoutes } from './withdraw/routes.ts';

/** All pages about objections. */
export function objectionRoutes(services: Services): Router[] {
  return [newObjectionRoutes(services), withdrawalRoutes(services), receiptRoutes(services)];
}
