import type { RequestHandler, Response } from 'express';
import type { DecidedRelease } from '../../guard/release.ts';
import type { ApiServices } from './api-services.ts';
import { bodyEncoding, bodyType } from './read-headers.ts';
import { jobOf } from './require-key.ts';
import { codeOf, sendProblem } from './send-problem.ts';
import { sendSpooled } from './send-spooled.ts';
import { takeBody } from './take-body.ts';

/**
 * POST /api/v1/extracts/{id}/releases: an extract through the guard. The whole input is taken and decided, then the
 * answer is sent.
 *
 * @param ending takes the promise of each release that is over but for the writing down
 */
export function postRelease(
  services: ApiServices,
  ending: Map<string, Promise<void>>,
): RequestHandler<{ extract: string }> {
  const { guard, config } = services;
  return async (req, res) => {
    const job = jobOf(res);
    const { extract } = req.params;
    const admitted = await guard.admit(job, extract);
    if (!admitted.ok) return sendProblem(res, admitted.reason, admitted);
    if (bodyType(req) !== 'text/csv') return sendProblem(res, 'wrong-type');
    const encoding = bodyEncoding(req);
    if (encoding === undefined) return sendProblem(res, 'wrong-encoding');
    const started = await guard.startRelease(job, extract, 'text/csv');
    if (!started.ok) return sendProblem(res, started.reason);
    const { release } = started;
    res.set('Release-Id', release.id);

    const body = takeBody(req, res, encoding, config.clientStallMs);
    const decision = await release.decide(body.content).finally(() => body.drop());
    if (!decision.ok) return sendProblem(res, codeOf(decision.reason), decision);
    await send(res, decision.decided, services, ending);
  };
}

async function send(
  res: Response,
  decided: DecidedRelease,
  { config, log }: ApiServices,
  ending: Map<string, Promise<void>>,
): Promise<void> {
  const { id, counts } = decided;
  res.status(200).set({
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Length': String(decided.bytes),
    'Content-Digest': `sha-256=:${Buffer.from(decided.digest, 'hex').toString('base64')}:`,
    'Release-Counts': `in=${counts.in}, out=${counts.out}, withheld=${counts.withheld}`,
  });
  const sent = await sendSpooled(res, decided, config.clientStallMs);
  const written = decided.end(sent ? 'complete' : 'interrupted');
  ending.set(
    id,
    written.catch(() => undefined),
  );
  try {
    await written;
  } catch (error) {
    // The answer is out. The release is marked as interrupted when its lease ends.
    log.error({ event: 'release-end-not-written', releaseId: id, error });
  } finally {
    ending.delete(id);
  }
}
