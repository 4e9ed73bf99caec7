import type { Permission } from '../staff/permissions.ts';
import type { Frame } from './frame.ts';
import { paths } from './paths.ts';

/** The menu, in its order; a person sees the sections that their role may use. */
const sections: { text: string; href: string; permission: Permission | undefined }[] = [
  { text: 'Home', href: paths.home, permission: undefined },
  { text: 'Patients', href: paths.patients, permission: 'find-patient' },
  { text: 'Objections', href: paths.objections, permission: 'list-objections' },
  { text: 'Told', href: paths.told, permission: 'list-untold' },
  { text: 'Extracts', href: paths.extracts, permission: 'view-extracts' },
  { text: 'Releases', href: paths.releases, permission: 'view-releases' },
  { text: 'What happened', href: paths.monitor, permission: 'view-ledger' },
  { text: 'Notices', href: paths.notices, permission: 'view-notices' },
  { text: 'Reports', href: paths.reports, permission: 'view-reports' },
  { text: 'Imports', href: paths.imports, permission: 'import-patients' },
  { text: 'Keys', href: paths.keys, permission: 'manage-keys' },
  { text: 'Staff', href: paths.staff, permission: 'keep-staff' },
];

/** The items of the menu for the person logged in, the one of the section shown marked; none before log in. */
export function navigationFor({ person, path }: Frame): object[] {
  if (!person) return [];
  return sections
    .filter(({ permission }) => !permission || person.may(permission))
    .map(({ text, href }) => ({
      text,
      href,
      current: path === href,
      active: href !== paths.home && path.startsWith(`${href}/`),
    }));
}
