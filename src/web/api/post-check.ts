import type { RequestHandler, Response } from 'express';
import { type Checked, permittedList, WITHHELD, type Written } from '../../guard/check.ts';
import type { ApiServices } from './api-services.ts';
import { withMemoryFor } from './lent-memory.ts';
import { readJsonCheck, readTextCheck } from './read-check.ts';
import { bodyEncoding, bodyType } from './read-headers.ts';
import { jobOf } from './require-key.ts';
import { sendProblem } from './send-problem.ts';
import { readWhole, takeBody } from './take-body.ts';

/** Far more than 100,000 numbers need, in bytes. */
const LARGEST_BODY = 8 * 1024 * 1024;

/** POST /api/v1/extracts/{id}/checks: which of these patients may be in the extract, now. */
export function postCheck({ guard, config }: ApiServices): RequestHandler<{ extract: string }> {
  return async (req, res) => {
    const job = jobOf(res);
    const { extract } = req.params;
    const admitted = await guard.admit(job, extract);
    if (!admitted.ok) return sendProblem(res, admitted.reason, admitted);
    const type = bodyType(req);
    if (type !== 'application/json' && type !== 'text/plain') return sendProblem(res, 'wrong-type');
    const encoding = bodyEncoding(req);
    if (encoding === undefined) return sendProblem(res, 'wrong-encoding');

    await withMemoryFor(req, async (memory) => {
      const body = takeBody(req, res, encoding, config.clientStallMs);
      const read = await readWhole(body.content, LARGEST_BODY, memory?.body).finally(() => body.drop());
      if (!read.ok) return sendProblem(res, read.reason);
      const asked =
        type === 'text/plain' ? readTextCheck(read.bytes) : readJsonCheck(read.bytes, memory?.numbers);
      if (!asked.ok) return sendProblem(res, asked.reason);
      const done = await guard.check(job, extract, asked.numbers, type);
      if (!done.ok) return sendProblem(res, done.reason);

      res.set('Release-Id', done.id);
      if (asked.lines === undefined) sendJson(res, done, asked.written);
      else sendLines(res, done, asked.lines);
    });
  };
}

/** The `checked` of schemas.ts, whose long list is never made of texts. */
function sendJson(res: Response, done: Checked, written: Written | undefined): void {
  const { id, extractId, version, checkedAt, counts, ledger } = done;
  const before = JSON.stringify({ id, extract: extractId, version, checkedAt });
  const after = JSON.stringify({ counts, ledger });
  const body = permittedList(done, written, {
    before: `${before.slice(0, -1)},"permitted":`,
    after: `,${after.slice(1)}`,
  });
  // Not by Express, which would make an ETag of it.
  res.type('json').set('Content-Length', String(body.length)).end(body);
}

function sendLines(res: Response, { answers, counts }: Checked, lines: readonly string[]): void {
  const { asked, permitted, withheld } = counts;
  res.set('Release-Counts', `in=${asked}, out=${permitted}, withheld=${withheld}`);
  res.type('text/plain').send(lines.filter((_, place) => answers[place] !== WITHHELD).join(''));
}
