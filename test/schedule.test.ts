import { expect, test } from 'vitest';
import { openLog } from '../src/log.ts';
import { dueDaily, dueEvery, type Job, runIfDue } from '../src/schedule.ts';

const at = (text: string) => new Date(text);

test.each([
  ['never done, before six', null, '2026-07-01T04:59:00Z', false],
  ['never done, at six in London', null, '2026-07-01T05:00:00Z', true],
  ['done this morning', '2026-07-01T05:00:10Z', '2026-07-01T21:00:00Z', false],
  ['done yesterday', '2026-06-30T05:00:10Z', '2026-07-01T05:00:00Z', true],
  ['done yesterday, not yet six', '2026-06-30T05:00:10Z', '2026-07-01T03:00:00Z', false],
  ['done today, but before six', '2026-07-01T01:00:00Z', '2026-07-01T05:00:00Z', true],
  ['done late yesterday evening', '2026-06-30T22:30:00Z', '2026-07-01T06:00:00Z', true],
])('%s', async (_, last, now, due) => {
  expect(await dueDaily('06:00', async () => (last === null ? null : at(last)))(at(now))).toBe(due);
});

test('every so often, from the first look on', async () => {
  const due = dueEvery(60_000);
  expect(await due(at('2026-07-01T00:00:00Z'))).toBe(true);
  expect(await due(at('2026-07-01T00:00:59Z'))).toBe(false);
  expect(await due(at('2026-07-01T00:01:00Z'))).toBe(true);
});

test('a job that fails is written down without its words, and stops nothing', async () => {
  const lines: string[] = [];
  const log = openLog('info', { write: (line) => lines.push(line) });
  const job: Job = {
    name: 'a job',
    due: async () => true,
    run: () => Promise.reject(new Error('Mrs Example could not be read')),
  };
  await runIfDue(job, at('2026-07-01T00:00:00Z'), log);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('job-failed');
  expect(lines[0]).not.toContain('Example');
});
