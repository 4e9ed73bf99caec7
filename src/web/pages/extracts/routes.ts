import { Router } from 'express';
import { showInstant } from '../../../day.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { contentLine } from './content-view.ts';
import { editRoutes } from './edit/routes.ts';
import { fieldRoutes } from './fields/routes.ts';
import { countingOf, versionsNamed } from './find.ts';
import { importRoutes } from './import/routes.ts';
import { extractLines } from './list-view.ts';
import { moreAbout } from './more-about.ts';
import { previewRoutes } from './preview/routes.ts';
import { versionRoutes } from './version-routes.ts';
import { stateTags } from './words.ts';

/** The register of extracts: the list, each extract with its versions, and everything that is done with them. */
export function extractRoutes(services: Services): Router[] {
  const router = Router();
  const { extracts, now } = services;
  const view = requirePermission('view-extracts');

  router.get(paths.extracts, view, async (_req, res) => {
    const { practiceId, role } = personOf(res);
    render(res, 'extracts/list', {
      title: 'Extracts',
      extracts: extractLines(await extracts.versions(practiceId), now()),
      mayRegister: permits(role, 'register-extract'),
      maySeeExemptions: permits(role, 'view-exemptions'),
      maySeeAgreements: permits(role, 'preview-extract'),
      mayHandOut: permits(role, 'hand-out-register'),
    });
  });

  router.get(paths.extract(':id'), view, async (req, res) => {
    const versions = await versionsNamed(services, res, req.params.id);
    const { practiceId, role } = personOf(res);
    const counting = countingOf(versions);
    const { extractId, name } = counting;
    const since = await extracts.pseudonymKeySince(practiceId, extractId);
    render(res, 'extracts/show', {
      title: name,
      back: paths.extracts,
      extractId,
      state: stateTags[counting.state],
      facts: (['recipient', 'purpose', 'ground', 'startsOn', 'endsOn'] as const).map((about) =>
        contentLine(about, counting),
      ),
      versions: versions.map((version) => ({
        href: paths.extractVersion(extractId, version.version),
        number: version.version,
        state: stateTags[version.state],
        registered: showInstant(version.registeredAt),
        approved: version.approvedAt === null ? 'Not approved' : showInstant(version.approvedAt),
      })),
      keySince: showInstant(since),
      usesPseudonyms: versions.some(({ fields }) =>
        fields.some(({ treatment }) => treatment === 'pseudonym'),
      ),
      mayChangeKey: permits(role, 'approve-extract'),
      more: moreAbout(counting, role),
      changeKey: paths.pseudonymKey(extractId),
    });
  });

  router.post(paths.pseudonymKey(':id'), requirePermission('approve-extract'), async (req, res) => {
    const versions = await versionsNamed(services, res, req.params.id);
    const { extractId } = countingOf(versions);
    await extracts.changePseudonymKey({ practiceId: personOf(res).practiceId, extractId }, actorOf(res));
    sayDone(req, 'Pseudonyms have a new key');
    res.redirect(303, paths.extract(extractId));
  });

  // Addresses with a name of their own go before those that take any short name.
  return [
    editRoutes(services),
    importRoutes(services),
    previewRoutes(services),
    fieldRoutes(services),
    versionRoutes(services),
    router,
  ];
}
