import type { OpenAPIRegistry, ResponseConfig, RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { type ProblemCode, problems } from './problems.ts';
import {
  begun,
  check,
  checked,
  extractId,
  extracts,
  page,
  problemDocument,
  readiness,
  release,
} from './schemas.ts';

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
const text = z.string();
/** What a release takes and gives: the same type back. */
const files = {
  'text/csv': { schema: text },
  'application/x-ndjson': { schema: text },
  'application/fhir+ndjson': { schema: text },
};
const params = z.object({ id: extractId });
const releaseParams = z.object({ id: z.uuid() });

/** Any request may be answered with these. */
const always: ProblemCode[] = ['no-key', 'too-many-requests', 'internal-error', 'not-ready'];
const ofExtract: ProblemCode[] = ['not-your-extract', 'no-such-extract'];
const withStatus = (...statuses: number[]): ProblemCode[] =>
  (Object.keys(problems) as ProblemCode[]).filter((code) => statuses.includes(problems[code].status));
const ofPartsOnly: ProblemCode[] = ['parts-busy', 'parts-closed', 'part-doubled', 'not-decided'];
const ofBody: ProblemCode[] = [
  ...ofExtract,
  ...withStatus(408, 409, 415).filter((code) => !ofPartsOnly.includes(code)),
  'too-large',
  'empty-body',
  'not-utf-8',
  'gzip-broken',
  'gzip-ratio',
];
const ofCheckOnly: ProblemCode[] = ['checks-not-approved', 'too-many-numbers', 'not-json', 'not-a-check'];
const ofReleaseOnly: ProblemCode[] = withStatus(422, 507).filter(
  (code) => !ofBody.includes(code) && !ofCheckOnly.includes(code),
);

const releaseId = { 'Release-Id': { schema: { type: 'string', format: 'uuid' } } } as const;
const ofRelease = {
  ...releaseId,
  'Release-Counts': { schema: { type: 'string' }, description: 'in=…, out=…, withheld=…: data rows' },
  'Content-Digest': { schema: { type: 'string' }, description: 'sha-256=:…: of the answer' },
} as const;

const routes: (RouteConfig & { codes: ProblemCode[] })[] = [
  {
    method: 'get',
    path: '/api/v1/extracts',
    summary: 'The extracts that the key may use',
    request: { query: page },
    responses: { 200: { description: 'A page of them, by id', content: json(extracts) } },
    codes: ['invalid-query'],
  },
  {
    method: 'get',
    path: '/api/v1/extracts/{id}/readiness',
    summary: 'Would a release run now?',
    request: { params },
    responses: { 200: { description: 'Whether, and why not', content: json(readiness) } },
    codes: ofExtract,
  },
  {
    method: 'post',
    path: '/api/v1/extracts/{id}/releases',
    summary: 'Send an extract through the guard',
    description:
      'The whole input is taken and decided; then only permitted rows and approved fields come back. `Content-Encoding: gzip` is accepted. Compare Content-Digest before using the answer: when the connection breaks, it is not whole.',
    request: {
      params,
      query: z.object({
        parts: z
          .enum(['true', 'false'])
          .optional()
          .meta({ description: 'true: without a body; files follow' }),
      }),
      body: { content: files },
    },
    responses: {
      200: { description: 'What may leave', content: files, headers: ofRelease },
      201: { description: 'It began; its files follow as parts', content: json(begun), headers: releaseId },
    },
    codes: [...ofBody, ...ofReleaseOnly, 'interrupted', 'too-many-releases', 'invalid-parts'],
  },
  {
    method: 'post',
    path: '/api/v1/releases/{id}/parts',
    summary: 'Send one file of a release in parts',
    description:
      'One after the other, Patients first: a FHIR resource whose patient is not known yet is withheld. Nothing leaves before …/complete. A fault in one file ends the release.',
    request: {
      params: releaseParams,
      query: z.object({ name: text.meta({ example: 'Patient.ndjson' }) }),
      body: { required: true, content: files },
    },
    responses: { 204: { description: 'It was taken', headers: releaseId } },
    codes: [
      ...ofBody,
      ...ofReleaseOnly,
      'no-such-release',
      'invalid-part-name',
      'too-many-parts',
      ...ofPartsOnly,
    ],
  },
  {
    method: 'post',
    path: '/api/v1/releases/{id}/complete',
    summary: 'Decide all parts of a release together',
    description: 'Everything permitted counts as having left, whether or not it is fetched.',
    request: { params: releaseParams },
    responses: { 200: { description: 'The release', content: json(release), headers: releaseId } },
    codes: [
      'not-your-extract',
      'no-such-release',
      'empty-body',
      ...withStatus(409, 507),
      'interrupted',
      'too-large',
    ],
  },
  {
    method: 'get',
    path: '/api/v1/releases/{id}/parts/{name}',
    summary: 'Fetch what may leave of one part, once',
    description:
      'Within 15 minutes of the last request. Compare Content-Digest before using it; when the connection broke, ask again.',
    request: { params: releaseParams.extend({ name: text }) },
    responses: { 200: { description: 'What may leave', content: files, headers: ofRelease } },
    codes: ['not-your-extract', 'no-such-release', 'no-such-part', ...withStatus(409)],
  },
  {
    method: 'post',
    path: '/api/v1/extracts/{id}/checks',
    summary: 'Which of these patients may be in the extract, now?',
    description:
      'What is permitted counts as having left. As text: one NHS number a line, with or without a comma behind it; the same lines come back, less those withheld.',
    request: {
      params,
      body: { required: true, content: { ...json(check), 'text/plain': { schema: text } } },
    },
    responses: {
      200: {
        description: 'Who is permitted',
        content: { ...json(checked), 'text/plain': { schema: text } },
        headers: releaseId,
      },
    },
    codes: [...ofBody, ...ofCheckOnly],
  },
  {
    method: 'get',
    path: '/api/v1/releases/{id}',
    summary: 'What became of a release or check',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 200: { description: 'The release', content: json(release) } },
    codes: ['not-your-extract', 'no-such-release'],
  },
];

/** Adds what each address takes and gives, its problems grouped by status. */
export function addPaths(registry: OpenAPIRegistry): void {
  for (const { codes, responses, ...route } of routes) {
    registry.registerPath({
      ...route,
      responses: { ...responses, ...problemResponses([...codes, ...always]) },
    });
  }
}

function problemResponses(codes: readonly ProblemCode[]): Record<number, ResponseConfig> {
  const statuses = [...new Set(codes.map((code) => problems[code].status))].sort();
  const content = { 'application/problem+json': { schema: problemDocument } };
  const responses = statuses.map((status): [number, ResponseConfig] => {
    const here = new Set(codes.filter((code) => problems[code].status === status));
    return [status, { description: [...here].map((code) => `\`${code}\``).join(', '), content }];
  });
  return Object.fromEntries(responses);
}
