import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { ExtractVersion } from '../../extracts/extract.ts';
import type { ApiServices } from './api-services.ts';
import { jobOf } from './require-key.ts';
import { type extract, type extracts, page, type readiness } from './schemas.ts';
import { sendProblem } from './send-problem.ts';

/** GET /api/v1/extracts: those that the key may use. */
export function listExtracts(services: ApiServices): RequestHandler {
  return async (req, res) => {
    const query = page.safeParse(req.query);
    if (!query.success) return sendProblem(res, 'invalid-query');
    const { limit, cursor } = query.data;
    const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString();
    const { practiceId, extracts: ids } = jobOf(res);
    const rest = (await services.extracts.list(practiceId, ids)).filter(({ extractId }) => extractId > after);
    const items = rest.slice(0, limit).map(shown);
    const last = rest.length > limit ? items.at(-1) : undefined;
    const next = last === undefined ? null : Buffer.from(last.id).toString('base64url');
    res.json({ items, next } satisfies z.infer<typeof extracts>);
  };
}

/** GET /api/v1/extracts/{id}/readiness: would a release run now? */
export function readExtractReadiness(services: ApiServices): RequestHandler<{ extract: string }> {
  return async (req, res) => {
    const found = await services.guard.readiness(jobOf(res), req.params.extract);
    if (!found.ok) return sendProblem(res, found.reason);
    const reasons = [...found.reasons];
    res.json({ ready: reasons.length === 0, reasons } satisfies z.infer<typeof readiness>);
  };
}

function shown(version: ExtractVersion): z.infer<typeof extract> {
  const { extractId, name, recipient, purpose, ground, state, fields, startsOn, endsOn } = version;
  return {
    id: extractId,
    name,
    recipient,
    purpose,
    ground,
    version: version.version,
    state,
    fields: fields.map((field) => ({ name: field.name, treatment: field.treatment })),
    startsOn,
    endsOn,
  };
}
