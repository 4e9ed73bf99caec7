import request from 'supertest';
import { expect, test } from 'vitest';
import { smallApp } from '../small-app.ts';

const answered = async (given?: string): Promise<string> => {
  const asked = request(smallApp().app).get('/');
  return (
    (await (given === undefined ? asked : asked.set('X-Request-ID', given))).headers['x-request-id'] ?? ''
  );
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test.each(['60E0B220-8136-4CA5-AE46-1D97EF59D068', 'job-2026.11.22_a'])('mirrors %s', async (id) => {
  expect(await answered(id)).toBe(id);
});

test.each([
  ['none', undefined],
  ['too short', 'abc'],
  ['too long', 'a'.repeat(65)],
  ['white space', 'abcdefgh ijkl'],
  ['markup', '<b>abcdefgh</b>'],
  ['an NHS number', 'patient-9990000018'],
  ['a spaced NHS number', 'patient-999-000-0018'],
])('makes one instead of %s', async (_, given) => {
  expect(await answered(given)).toMatch(uuid);
});
