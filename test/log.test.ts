import { expect, test } from 'vitest';
import { type LogFields, openLog } from '../src/log.ts';

const lines = (write: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] => {
  const seen: string[] = [];
  write(openLog('info', { write: (line) => seen.push(line) }));
  return seen.map((line) => JSON.parse(line));
};

test('a line holds the allowed fields, and the time', () => {
  const [line] = lines((log) => log.info({ event: 'request', route: '/patients/:id', status: 200, ms: 4 }));
  expect(line).toEqual({
    level: 30,
    time: expect.any(String),
    event: 'request',
    route: '/patients/:id',
    status: 200,
    ms: 4,
  });
});

test('a field that is not on the list is left out, whatever the code says', () => {
  const [line] = lines((log) =>
    log.info({ event: 'x', nhsNumber: '9990000018', body: { name: 'Ann' } } as LogFields),
  );
  expect(JSON.stringify(line)).not.toMatch(/9990000018|Ann/);
});

test('of an error only its kind, code and place are written, never its words', () => {
  const error = Object.assign(new TypeError('no patient called Ann Example, 999 000 0018'), {
    code: 'P2002',
  });
  const [line] = lines((log) => log.error({ event: 'page-failed', error }));
  expect(line?.error).toMatchObject({ kind: 'TypeError', code: 'P2002' });
  expect(JSON.stringify(line)).not.toMatch(/Ann|999 000/);
});
