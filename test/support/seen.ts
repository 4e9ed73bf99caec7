import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Seen } from './find-leaks.ts';

/**
 * Everything that must hold no NHS number and no name, of the whole test run: log lines, addresses, session contents,
 * bodies of API errors. test/support/databases.ts reads it when the run is over, and fails the run on a finding.
 */
export function noteSeen(kind: Seen['kind'], text: string): void {
  appendFileSync(join(inject('folder'), 'seen.jsonl'), `${JSON.stringify({ kind, text })}\n`);
}

export const noteLogLine = (line: string): void => noteSeen('log', line);
