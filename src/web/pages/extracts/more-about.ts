import { rulesOfGround } from '../../../extracts/grounds.ts';
import type { VersionRecord } from '../../../extracts/registered-version.ts';
import { permits } from '../../../staff/permissions.ts';
import type { Role } from '../../../staff/roles.ts';
import { paths } from '../../paths.ts';

/** The pages about what belongs to an extract, for whoever may see them. */
export function moreAbout({ extractId, ground }: VersionRecord, role: Role) {
  const asksForConsent = rulesOfGround(ground).type1 === 'consent-only';
  return [
    {
      text: 'Releases of this extract',
      href: paths.releasesOf(extractId),
      isShown: permits(role, 'view-releases'),
    },
    {
      text: 'Exemptions of this extract',
      href: paths.extractExemptions(extractId),
      isShown: permits(role, 'view-exemptions'),
    },
    {
      text: 'Consents to this extract',
      href: paths.extractConsents(extractId),
      isShown: asksForConsent && permits(role, 'record-consent'),
    },
    {
      text: 'Test patients of this extract',
      href: paths.extractCanaries(extractId),
      isShown: permits(role, 'keep-canaries'),
    },
  ].filter(({ isShown }) => isShown);
}
