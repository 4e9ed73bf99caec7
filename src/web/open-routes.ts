import { paths } from './paths.ts';

/** Pages that need nobody logged in. Everything else does; assets, health and the API stand before sessions. */
const open: readonly string[] = [
  paths.logIn,
  paths.firstPassword,
  paths.timedOut,
  paths.help,
  paths.accessibility,
  paths.privacy,
];

/** Whether a page is open to everybody. */
export function isOpen(path: string): boolean {
  return open.includes(path);
}
