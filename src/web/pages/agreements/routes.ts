import { Router } from 'express';
import { londonDay, showDay } from '../../../day.ts';
import { type AgreementFault, agreementWork } from '../../../extracts/agreements.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';

const parts: readonly { what: AgreementFault; heading: string; day: string; toDo: string }[] = [
  {
    what: 'agreement-ending',
    heading: 'Agreements that end',
    day: 'Ends on',
    toDo: 'Renew the agreement and register a new version, or end the extract.',
  },
  {
    what: 'destruction-due',
    heading: 'Data to be destroyed soon',
    day: 'Destroyed by',
    toDo: 'Remind the recipient.',
  },
  {
    what: 'certificate-awaited',
    heading: 'Certificates of destruction awaited',
    day: 'Was to be destroyed by',
    toDo: 'Ask the recipient for the certificate, and note it on the page of the version.',
  },
];

/** What has to be done about agreements with recipients. */
export function agreementRoutes({ extracts, now }: Services): Router {
  const router = Router();
  router.get(paths.agreements, requirePermission('preview-extract'), async (_req, res) => {
    const work = agreementWork(await extracts.versions(personOf(res).practiceId), londonDay(now()));
    render(res, 'agreements/list', {
      title: 'Agreements',
      back: paths.extracts,
      parts: parts.map(({ what, ...words }) => ({
        ...words,
        lines: work
          .filter((one) => one.what === what)
          .map(({ version, on }) => ({
            href: paths.extractVersion(version.extractId, version.version),
            name: version.name,
            number: version.version,
            recipient: version.recipient,
            contact: version.contact ?? 'Not said',
            agreement: version.agreementReference ?? 'Not said',
            on: showDay(on),
          })),
      })),
    });
  });
  return router;
}
