import type { RequestHandler } from 'express';
import { type DecidedRelease, formatsOf } from '../../guard/release.ts';
import type { ApiServices } from './api-services.ts';
import { clientGone } from './client-gone.ts';
import { startParts } from './parts.ts';
import { bodyEncoding, releaseFormat } from './read-headers.ts';
import { jobOf } from './require-key.ts';
import { sendDecided } from './send-decided.ts';
import { codeOf, sendProblem } from './send-problem.ts';
import { takeBody } from './take-body.ts';

/**
 * POST /api/v1/extracts/{id}/releases: an extract through the guard. The whole input is taken and decided, then the
 * answer is sent. With `?parts=true` it only begins, and its files follow one by one (parts.ts).
 *
 * @param ending takes the promise of each release that is over but for the writing down
 */
export function postRelease(
  services: ApiServices,
  ending: Map<string, Promise<void>>,
): RequestHandler<{ extract: string }> {
  const { guard, config, log } = services;
  return async (req, res) => {
    const job = jobOf(res);
    const { extract } = req.params;
    const admitted = await guard.admit(job, extract);
    if (!admitted.ok) return sendProblem(res, admitted.reason, admitted);
    // Nobody is there to be answered: nothing is begun.
    if (req.socket.destroyed) return;
    const { parts } = req.query;
    if (parts !== undefined && parts !== 'false') {
      return parts === 'true' ? startParts(services, extract, res) : sendProblem(res, 'invalid-parts');
    }
    const format = releaseFormat(req, formatsOf(admitted.version));
    if (format === undefined) return sendProblem(res, 'wrong-type');
    const encoding = bodyEncoding(req);
    if (encoding === undefined) return sendProblem(res, 'wrong-encoding');
    const started = await guard.startRelease(job, extract, format);
    if (!started.ok) return sendProblem(res, started.reason);
    const { release } = started;
    res.set('Release-Id', release.id);

    const body = takeBody(req, res, encoding, config.clientStallMs);
    const gone = clientGone(req);
    const decision = await release.decide(body.content, gone.signal).finally(() => {
      gone.forget();
      body.drop();
    });
    if (!decision.ok) return sendProblem(res, codeOf(decision.reason), decision);
    const { decided } = decision;
    let isSent = false;
    try {
      isSent = await sendDecided(res, decided, config.clientStallMs);
    } finally {
      await end(decided, isSent);
    }
  };

  async function end(decided: DecidedRelease, isSent: boolean): Promise<void> {
    const written = decided.end(isSent ? 'complete' : 'interrupted');
    ending.set(
      decided.id,
      written.catch(() => undefined),
    );
    try {
      await written;
    } catch (error) {
      // The answer is out. The release is marked as interrupted when its lease ends.
      log.error({ event: 'release-end-not-written', releaseId: decided.id, error });
    } finally {
      ending.delete(decided.id);
    }
  }
}
