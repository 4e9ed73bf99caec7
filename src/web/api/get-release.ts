import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { ReleaseView } from '../../guard/release-store.ts';
import type { ApiServices } from './api-services.ts';
import { jobOf } from './require-key.ts';
import type { release } from './schemas.ts';
import { sendProblem } from './send-problem.ts';

/**
 * GET /api/v1/releases/{id}. Reasons of withholding are for the practice's own pages, not for the job.
 *
 * @param ending releases that are over but for the writing down: whoever has the last byte may ask at once
 */
export function getRelease(
  services: ApiServices,
  ending: ReadonlyMap<string, Promise<void>>,
): RequestHandler<{ release: string }> {
  return async (req, res) => {
    const { practiceId, extracts } = jobOf(res);
    await ending.get(req.params.release);
    const found = await services.guard.findRelease(practiceId, req.params.release);
    if (found === undefined) return sendProblem(res, 'no-such-release');
    if (!extracts.includes(found.extractId)) return sendProblem(res, 'not-your-extract');
    res.json(shownRelease(found));
  };
}

/** A release as the API shows it. */
export function shownRelease(found: ReleaseView): z.infer<typeof release> {
  const { ledgerSize, ledgerRoot } = found;
  return {
    id: found.id,
    extract: found.extractId,
    version: found.version,
    kind: found.kind === 'check' ? 'check' : 'release',
    status: found.status,
    reason: found.reason,
    startedAt: found.startedAt.toISOString(),
    endedAt: found.endedAt?.toISOString() ?? null,
    format: found.format,
    counts: { in: found.countIn, out: found.countOut, withheld: found.countWithheld },
    digests: { in: found.digestIn, out: found.digestOut },
    ...(found.parts.length > 0 && { parts: found.parts.map(shownPart) }),
    ledger: ledgerSize === null || ledgerRoot === null ? null : { size: ledgerSize, root: ledgerRoot },
  };
}

function shownPart({ name, format, counts, digests, bytesOut }: ReleaseView['parts'][number]) {
  return { name, format, counts, digests, bytes: bytesOut };
}
