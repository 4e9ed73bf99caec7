import { type Response, Router } from 'express';
import {
  processingTable,
  registerJson,
  registerOf,
  registerTable,
} from '../../../extracts/register-tables.ts';
import type { ReleaseLine } from '../../../reports/report-store.ts';
import type { Services } from '../../../services.ts';
import { sendCsv } from '../../csv-answer.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { handedOut, releaseTable } from './release-table.ts';

const AT_ONCE = 200;

/** The register and the releases as files to hand out: tables for a spreadsheet, and JSON for programs. */
export function handOutRoutes({ extracts, exemptions, otherFlows, reports }: Services): Router {
  const router = Router();
  const mayHandOut = requirePermission('hand-out-register');

  router.get(paths.handOut, mayHandOut, (_req, res) =>
    render(res, 'hand-out/show', {
      title: 'The register as files',
      back: paths.extracts,
      publicRegister: paths.publicRegister(personOf(res).practice.ods),
    }),
  );

  const registerFor = async (res: Response) => {
    const { practiceId, practice } = personOf(res);
    const [versions, flows] = [await extracts.versions(practiceId), await otherFlows.list(practiceId)];
    const inForce = (await exemptions.open(practiceId)).filter(({ state }) => state === 'approved');
    return registerOf({ name: practice.name, ods: practice.ods }, versions, flows, inForce);
  };

  const releasesFor = async (res: Response): Promise<ReleaseLine[]> => {
    const { practiceId } = personOf(res);
    const all: ReleaseLine[] = [];
    for (;;) {
      const { items } = await reports.releases(practiceId, { limit: AT_ONCE, skip: all.length });
      all.push(...items);
      if (items.length < AT_ONCE) return all;
    }
  };

  const sendJson = (res: Response, name: string, text: string) =>
    res.attachment(`${name}.json`).type('application/json').send(text);

  router.get(paths.registerCsv, mayHandOut, async (_req, res) =>
    sendCsv(res, 'register', registerTable(await registerFor(res))),
  );
  router.get(paths.processingCsv, mayHandOut, async (_req, res) =>
    sendCsv(res, 'record-of-processing', processingTable(await registerFor(res))),
  );
  router.get(paths.registerJson, mayHandOut, async (_req, res) =>
    sendJson(res, 'register', registerJson(await registerFor(res))),
  );
  router.get(paths.releasesCsv, mayHandOut, async (_req, res) =>
    sendCsv(res, 'releases', releaseTable(await releasesFor(res))),
  );
  router.get(paths.releasesJson, mayHandOut, async (_req, res) => {
    const releases = (await releasesFor(res)).map(handedOut);
    sendJson(res, 'releases', `${JSON.stringify({ releases }, null, 2)}\n`);
  });

  return router;
}
