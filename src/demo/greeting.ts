import { relative } from 'node:path';
import type { Config } from '../config.ts';
import { roleNames } from '../staff/roles.ts';
import { DEMO_KEY, DEMO_PASSWORD, exampleSurgery, secondSurgery } from './demo-practices.ts';

/** What somebody who has just started the app needs to know: where to log in, as whom, and how to send an extract. */
export function greeting({ publicUrl, dataDir }: Config): string {
  const people = [exampleSurgery, secondSurgery].flatMap(({ ods, name, accounts }) => [
    `  ${name} (${ods})`,
    ...accounts.map(({ email, role }) => `    ${email.padEnd(28)} ${roleNames[role]}`),
  ]);
  const sample = `${relative(process.cwd(), dataDir) || '.'}/sample-events.csv`;
  return `
Log in at ${publicUrl} with the password ${DEMO_PASSWORD} as
${people.join('\n')}

Send the sample extract through the guard:
  curl -X POST -T ${sample} -H 'Content-Type: text/csv' \\
    -H 'Authorization: Bearer ${DEMO_KEY}' \\
    ${publicUrl}/api/v1/extracts/research-events/releases
`;
}
