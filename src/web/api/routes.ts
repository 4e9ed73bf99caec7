import { type RequestHandler, type RequestParamHandler, Router } from 'express';
import { answerErrors } from './answer-errors.ts';
import type { ApiServices } from './api-services.ts';
import { apiDocs } from './docs.ts';
import { dropUnread } from './drop-unread.ts';
import { getRelease } from './get-release.ts';
import { listExtracts, readExtractReadiness } from './list-extracts.ts';
import { openApi } from './openapi.ts';
import { completeParts, getPart, postPart } from './parts.ts';
import { postCheck } from './post-check.ts';
import { postRelease } from './post-release.ts';
import type { ProblemCode } from './problems.ts';
import { requireKey } from './require-key.ts';
import { sendProblem } from './send-problem.ts';

/** The HTTP for machines, under /api. Stands before the session: here a key counts, and never a cookie. */
export function apiRoutes(services: ApiServices): Router {
  const router = Router();
  /** Releases whose last byte is handed over and whose end is being written down, by id. */
  const ending = new Map<string, Promise<void>>();

  router.use('/docs', apiDocs());
  router.use(dropUnread);
  router.route('/v1/openapi.json').get(openApi(services.config.publicUrl)).all(only('GET, HEAD'));
  router.use(requireKey(services));
  router.param('extract', sane('no-such-extract'));
  router.param('release', sane('no-such-release'));
  router.route('/v1/extracts').get(listExtracts(services)).all(only('GET, HEAD'));
  router.route('/v1/extracts/:extract/readiness').get(readExtractReadiness(services)).all(only('GET, HEAD'));
  router.route('/v1/extracts/:extract/releases').post(postRelease(services, ending)).all(only('POST'));
  router.route('/v1/extracts/:extract/checks').post(postCheck(services)).all(only('POST'));
  router.route('/v1/releases/:release').get(getRelease(services, ending)).all(only('GET, HEAD'));
  router.route('/v1/releases/:release/parts').post(postPart(services)).all(only('POST'));
  router.route('/v1/releases/:release/complete').post(completeParts(services)).all(only('POST'));
  router.route('/v1/releases/:release/parts/:name').get(getPart(services)).all(only('GET'));
  router.use((_req, res) => sendProblem(res, 'no-such-address'));
  router.use(answerErrors(services));
  return router;
}

/** For the methods that an address does not take; OPTIONS asks which those are. */
function only(methods: string): RequestHandler {
  return (req, res) => {
    res.set('Allow', `${methods}, OPTIONS`);
    if (req.method === 'OPTIONS') res.status(204).end();
    else sendProblem(res, 'wrong-method');
  };
}

/** An id that could be none is not looked up. */
function sane(code: ProblemCode): RequestParamHandler {
  return (_req, res, next, id: string) => (/^[\w.-]{1,100}$/.test(id) ? next() : sendProblem(res, code));
}
