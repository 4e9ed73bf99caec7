import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { parseNhsNumber } from '../../patients/nhs-number.ts';

/** Long enough for a UUID or a trace id, and nothing that could break a log line. */
const sane = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;
/** A caller might put a patient's number here by mistake, and it would end in our logs. */
const holdsNhsNumber = (id: string): boolean =>
  (id.match(/\d{10}|\d{3}[._-]\d{3}[._-]\d{4}/g) ?? []).some(
    (run) => parseNhsNumber(run.replace(/\D/g, '')).ok,
  );

/** Mirrors X-Request-ID when it is a sane value, else makes one: so that a page, a log line and a caller can be matched. */
export const requestId: RequestHandler = (req, res, next) => {
  const given = req.get('x-request-id') ?? '';
  res.set('X-Request-ID', sane.test(given) && !holdsNhsNumber(given) ? given : randomUUID());
  next();
};
