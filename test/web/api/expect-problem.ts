import { expect } from 'vitest';
import { type ProblemCode, problems } from '../../../src/web/api/problems.ts';
import type { ApiScene } from './api-scene.ts';
import type { Answer } from './send.ts';

/** Expects a problem: a document of RFC 9457 that says what to do, and nothing of who is in the request. */
export function expectProblem(answer: Answer, code: ProblemCode): void {
  const { status, title, detail } = problems[code];
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const requestId = answer.headers['x-request-id'];
  expect(answer.json).toMatchObject({ type: `/api/docs#${code}`, title, status, code });
  expect(answer.json.instance).toBe(`urn:uuid:${requestId}`);
  expect(answer.json.detail).toContain(detail);
  expect(answer.headers).not.toHaveProperty('set-cookie');
}

/** Expects that the release of which the answer speaks was recorded as failed, for the same reason. */
export async function expectFailed(scene: ApiScene, answer: Answer, reason: string): Promise<void> {
  expect(await scene.found(answer.headers['release-id'])).toMatchObject({
    status: 'failed',
    reason,
    counts: { in: null, out: null, withheld: null },
  });
}
