import type { RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { formatsOf, type PartsWork } from '../../guard/release.ts';
import type { ApiServices } from './api-services.ts';
import { shownRelease } from './get-release.ts';
import { isPartName } from './part-name.ts';
import { bodyEncoding, releaseFormat } from './read-headers.ts';
import { jobOf } from './require-key.ts';
import type { begun } from './schemas.ts';
import { sendDecided } from './send-decided.ts';
import { codeOf, sendProblem } from './send-problem.ts';
import { takeBody } from './take-body.ts';

/** POST /api/v1/extracts/{id}/releases?parts=true: begins a release whose files come one by one. */
export async function startParts({ guard }: ApiServices, extract: string, res: Response): Promise<void> {
  const started = await guard.startParts(jobOf(res), extract);
  if (!started.ok) return sendProblem(res, started.reason);
  // Whoever is gone never hears its id: it would wait for files that nobody can send.
  if (res.req.socket.destroyed) return started.release.giveUp('client-gone');
  const { id } = started.release;
  res.set({ 'Release-Id': id, Location: `/api/v1/releases/${id}` });
  res.status(201).json({ id } satisfies z.infer<typeof begun>);
}

/** POST /api/v1/releases/{id}/parts?name=…: takes one file whole. A fault in it ends the release. */
export function postPart(services: ApiServices): RequestHandler<{ release: string }> {
  const { guard, config } = services;
  return async (req, res) => {
    const release = await openParts(services, req.params.release, res);
    if (release === undefined) return;
    // Key, state and type are looked at before the file is asked for.
    const admitted = await guard.admit(jobOf(res), release.extractId);
    if (!admitted.ok) return sendProblem(res, admitted.reason, admitted);
    const { name } = req.query;
    if (typeof name !== 'string' || !isPartName(name)) return sendProblem(res, 'invalid-part-name');
    const format = releaseFormat(req, formatsOf(release.version));
    if (format === undefined) return sendProblem(res, 'wrong-type');
    const encoding = bodyEncoding(req);
    if (encoding === undefined) return sendProblem(res, 'wrong-encoding');
    const body = takeBody(req, res, encoding, config.clientStallMs);
    const taken = await release.add(name, format, body.content).finally(() => body.drop());
    if (!taken.ok) return sendProblem(res, codeOf(taken.reason), taken);
    res.status(204).end();
  };
}

/** POST /api/v1/releases/{id}/complete: decides all files together. */
export function completeParts(services: ApiServices): RequestHandler<{ release: string }> {
  return async (req, res) => {
    const release = await openParts(services, req.params.release, res);
    if (release === undefined) return;
    // As where a file is taken: the connection's own time-out knows nothing of a long decision.
    req.socket.setTimeout(0);
    const done = await release.complete();
    if (!done.ok) return sendProblem(res, codeOf(done.reason), done);
    const found = await services.guard.findRelease(jobOf(res).practiceId, release.id);
    if (found === undefined) return sendProblem(res, 'no-such-release');
    res.json(shownRelease(found));
  };
}

/** GET /api/v1/releases/{id}/parts/{name}: what leaves of one file, once. */
export function getPart(services: ApiServices): RequestHandler<{ release: string; name: string }> {
  const { guard, config } = services;
  return async (req, res) => {
    const release = await openParts(services, req.params.release, res);
    if (release === undefined) return;
    const admitted = await guard.admit(jobOf(res), release.extractId);
    if (!admitted.ok) return sendProblem(res, admitted.reason, admitted);
    // Asking for the headers alone would count as having had it.
    if (req.method === 'HEAD') return sendProblem(res, 'wrong-method');
    const fetched = await release.fetch(req.params.name);
    if (!fetched.ok) return sendProblem(res, fetched.reason);
    const { part } = fetched;
    let isSent = false;
    try {
      isSent = await sendDecided(res, part, config.clientStallMs);
    } finally {
      await part.end(isSent);
    }
  };
}

/** The release in parts with this id, in this process; otherwise the request is answered. */
async function openParts({ guard }: ApiServices, id: string, res: Response): Promise<PartsWork | undefined> {
  const job = jobOf(res);
  res.set('Release-Id', id);
  const open = guard.findParts(job, id);
  if (open !== undefined) return open;
  res.removeHeader('Release-Id');
  const found = await guard.findRelease(job.practiceId, id);
  if (found === undefined) sendProblem(res, 'no-such-release');
  else sendProblem(res, job.extracts.includes(found.extractId) ? 'parts-closed' : 'not-your-extract');
  return undefined;
}
