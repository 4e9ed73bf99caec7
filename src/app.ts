import express, { type Express } from 'express';
import type { Services } from './services.ts';
import { startFrame } from './web/frame.ts';
import { healthRoutes } from './web/health.ts';
import { requestId } from './web/middleware/request-id.ts';
import { securityHeaders } from './web/middleware/security-headers.ts';
import { assetRoutes } from './web/pages/assets/routes.ts';
import { errorPages, notFound } from './web/pages/errors/routes.ts';

/** The app, read from top to bottom: each request passes these in this order. */
export function createApp(services: Services): Express {
  const { config } = services;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);

  app.use(requestId);
  app.use(securityHeaders({ https: config.publicUrl.startsWith('https:') }));
  app.use(startFrame);
  app.use(assetRoutes());
  app.use(healthRoutes(services));

  app.use(notFound);
  app.use(
    errorPages({
      isUnavailable: services.isUnavailable,
      report: (error, requestId) => services.log.error({ event: 'page-failed', requestId, error }),
    }),
  );
  return app;
}
