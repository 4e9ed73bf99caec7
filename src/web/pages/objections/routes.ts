import type { Router } from 'express';
import type { Services } from '../../../services.ts';
import { actRoutes } from './acts/routes.ts';
import { evidenceRoutes } from './evidence/routes.ts';
import { importedWithdrawalRoutes } from './imported-withdrawals/routes.ts';
import { listRoutes } from './list-routes.ts';
import { nationalOptOutRoutes } from './national-opt-out/routes.ts';
import { newObjectionRoutes } from './new/routes.ts';
import { receiptRoutes } from './receipts/routes.ts';
import { settleRoutes } from './settle/routes.ts';
import { takenInRoutes } from './taken-in/routes.ts';
import { withdrawalRoutes } from './withdraw/routes.ts';

/** All pages about objections. */
export function objectionRoutes(services: Services): Router[] {
  return [
    listRoutes(services),
    newObjectionRoutes(services),
    withdrawalRoutes(services),
    receiptRoutes(services),
    actRoutes(services),
    evidenceRoutes(services),
    settleRoutes(services),
    nationalOptOutRoutes(services),
    importedWithdrawalRoutes(services),
    takenInRoutes(services),
  ];
}
