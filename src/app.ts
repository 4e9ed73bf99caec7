import express, { type Express } from 'express';
import type { Services } from './services.ts';
import { apiRoutes } from './web/api/routes.ts';
import { startFrame } from './web/frame.ts';
import { healthRoutes } from './web/health.ts';
import { metricsRoutes } from './web/metrics.ts';
import { doneBanner } from './web/middleware/done-banner.ts';
import { formToken } from './web/middleware/form-token.ts';
import { noteWho, requireLogIn, sayTimedOut } from './web/middleware/log-in.ts';
import { noteMonitorLook } from './web/middleware/monitor-look.ts';
import { requestId } from './web/middleware/request-id.ts';
import { requestLog } from './web/middleware/request-log.ts';
import { sameOrigin } from './web/middleware/same-origin.ts';
import { securityHeaders } from './web/middleware/security-headers.ts';
import { sendContinue } from './web/middleware/send-continue.ts';
import { sessions } from './web/middleware/session.ts';
import { noteEnd } from './web/middleware/session-end.ts';
import { logInThrottle } from './web/middleware/throttle.ts';
import { bringBack } from './web/middleware/timed-out-form.ts';
import { accessibilityRoutes } from './web/pages/accessibility/routes.ts';
import { accountRoutes } from './web/pages/account/routes.ts';
import { agreementRoutes } from './web/pages/agreements/routes.ts';
import { assetRoutes } from './web/pages/assets/routes.ts';
import { authorityRoutes } from './web/pages/authority-checks/routes.ts';
import { codedListRoutes } from './web/pages/coded/list-routes.ts';
import { codedRoutes } from './web/pages/coded/routes.ts';
import { consentRoutes } from './web/pages/consents/routes.ts';
import { coverageRoutes } from './web/pages/coverage/routes.ts';
import { errorPages, notFound } from './web/pages/errors/routes.ts';
import { exemptionRoutes } from './web/pages/exemptions/routes.ts';
import { canaryRoutes } from './web/pages/extracts/canaries/routes.ts';
import { extractRoutes } from './web/pages/extracts/routes.ts';
import { firstPasswordRoutes } from './web/pages/first-password/routes.ts';
import { formRoutes } from './web/pages/forms/routes.ts';
import { guidanceRoutes } from './web/pages/guidance/routes.ts';
import { handOutRoutes } from './web/pages/hand-out/routes.ts';
import { helpRoutes } from './web/pages/help/routes.ts';
import { homeRoutes } from './web/pages/home/routes.ts';
import { columnRoutes } from './web/pages/imports/columns/routes.ts';
import { listQuestionRoutes } from './web/pages/imports/new/routes.ts';
import { importRoutes } from './web/pages/imports/routes.ts';
import { undoImportRoutes } from './web/pages/imports/undo/routes.ts';
import { incidentRoutes } from './web/pages/incidents/routes.ts';
import { keyRoutes } from './web/pages/keys/routes.ts';
import { letterRoutes } from './web/pages/letters/routes.ts';
import { logFileRoutes } from './web/pages/log/files.ts';
import { logRoutes } from './web/pages/log/routes.ts';
import { logInRoutes } from './web/pages/log-in/routes.ts';
import { logOutRoutes } from './web/pages/log-out/routes.ts';
import { monitorRoutes } from './web/pages/monitor/routes.ts';
import { verificationRoutes } from './web/pages/monitor/verification-routes.ts';
import { noticeRoutes } from './web/pages/notices/routes.ts';
import { objectionRoutes } from './web/pages/objections/routes.ts';
import { otherFlowRoutes } from './web/pages/other-flows/routes.ts';
import { patientRoutes } from './web/pages/patients/routes.ts';
import { pileRoutes } from './web/pages/piles/routes.ts';
import { practicePrivacyRoutes } from './web/pages/privacy/practice-routes.ts';
import { privacyRoutes } from './web/pages/privacy/routes.ts';
import { receiptCheckRoutes } from './web/pages/receipts/routes.ts';
import { recipientLetterRoutes } from './web/pages/recipient-letters/routes.ts';
import { registerRoutes } from './web/pages/register/routes.ts';
import { releaseRoutes } from './web/pages/releases/routes.ts';
import { withheldRoutes } from './web/pages/releases/withheld-routes.ts';
import { reportRoutes } from './web/pages/reports/routes.ts';
import { sessionRoutes } from './web/pages/session/routes.ts';
import { staffRoutes } from './web/pages/staff/routes.ts';
import { timedOutRoutes } from './web/pages/timed-out/routes.ts';
import { toldRoutes } from './web/pages/told/routes.ts';
import { unusualLookRoutes } from './web/pages/unusual-looks/routes.ts';
import { workRoutes } from './web/pages/work/routes.ts';
import { openPassport } from './web/passport.ts';
import { paths } from './web/paths.ts';

/** Where forms with a file are sent. */
const uploads = [
  ...[paths.imports, paths.addEvidence, paths.newCoded],
  ...[paths.importExtract, paths.sampleColumns, paths.previewExtract, paths.importConsents],
  paths.toldResults,
];

/** The app, read from top to bottom: each request passes these in this order. */
export function createApp(services: Services): Express {
  const { config } = services;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);

  app.use(requestId);
  app.use(securityHeaders({ https: config.publicUrl.startsWith('https:') }));
  app.use(startFrame({ demo: config.demo }));
  app.use(requestLog(services.log));
  app.use(metricsRoutes(services));
  app.use(assetRoutes());
  app.use(healthRoutes(services));
  app.use('/api', apiRoutes(services));
  app.use(logFileRoutes(services), logRoutes(services), receiptCheckRoutes(services));
  app.use(registerRoutes(services));
  app.use(practicePrivacyRoutes(services));
  app.use(sendContinue);

  const passport = openPassport(services);
  const throttle = logInThrottle(services);
  app.use(express.urlencoded({ extended: false, limit: '100kb' }));
  app.use(sessions(services.sessions, services));
  app.use(passport.initialize(), passport.session(), noteWho);
  app.use(noteEnd(services), sayTimedOut(services));
  app.use(sameOrigin({ publicOrigin: config.production ? config.publicUrl : undefined }));
  app.use(formToken({ uploads }));
  app.use(doneBanner, bringBack(services));
  app.use(requireLogIn, noteMonitorLook(services));

  app.use(logInRoutes(services, passport, throttle));
  app.use(logOutRoutes(services), sessionRoutes(services));
  app.use(firstPasswordRoutes(services, throttle));
  app.use(timedOutRoutes());
  app.use(accountRoutes(services, throttle));
  app.use(staffRoutes(services));
  app.use(homeRoutes(services));
  app.use(...patientRoutes(services));
  app.use(importRoutes(services), listQuestionRoutes(services));
  app.use(columnRoutes(services), undoImportRoutes(services));
  app.use(...objectionRoutes(services));
  app.use(workRoutes(services), incidentRoutes(services));
  app.use(codedRoutes(services), codedListRoutes(services), unusualLookRoutes(services));
  app.use(...pileRoutes(services), authorityRoutes(services), letterRoutes(services), formRoutes(services));
  app.use(exemptionRoutes(services), canaryRoutes(services), consentRoutes(services));
  app.use(recipientLetterRoutes(services));
  app.use(...toldRoutes(services), coverageRoutes(services));
  app.use(releaseRoutes(services), withheldRoutes(services), reportRoutes(services));
  app.use(...extractRoutes(services), agreementRoutes(services));
  app.use(otherFlowRoutes(services), handOutRoutes(services));
  app.use(...noticeRoutes(services));
  app.use(guidanceRoutes());
  app.use(keyRoutes(services), monitorRoutes(services), verificationRoutes(services));
  app.use(helpRoutes(), accessibilityRoutes(), privacyRoutes());

  app.use(notFound);
  app.use(
    errorPages({
      isUnavailable: services.isUnavailable,
      report: (error, requestId) => services.log.error({ event: 'page-failed', requestId, error }),
    }),
  );
  return app;
}
