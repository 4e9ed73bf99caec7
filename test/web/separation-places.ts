import type { FullPractice } from '../support/full-practice.ts';

const objection = async ({ draft }: FullPractice) => [await draft('objection')];
const withdrawal = async ({ draft }: FullPractice) => [await draft('withdrawal')];

/**
 * For every route with an id in its path: what to put there so that it is a thing of the practice given. The walk in
 * separation.test.ts asks for them as somebody of another practice, and fails on a route that is missing here.
 */
export const places: Readonly<Record<string, (there: FullPractice) => string[] | Promise<string[]>>> = {
  '/staff/:id': ({ receptionist }) => [receptionist.id],
  '/staff/:id/role': ({ receptionist }) => [receptionist.id],
  '/staff/:id/code': ({ receptionist }) => [receptionist.id],
  '/staff/:id/close': ({ receptionist }) => [receptionist.id],
  '/staff/:id/reopen': ({ receptionist }) => [receptionist.id],
  '/releases/:id': ({ releaseId }) => [releaseId],
  '/keys/:id/revoke': ({ keyId }) => [keyId],
  '/objections/receipts/:act': ({ actId }) => [actId],
  '/objections/new/:draft': objection,
  '/objections/new/:draft/sure': objection,
  '/objections/new/:draft/check': objection,
  '/objections/withdraw/:draft': withdrawal,
  '/objections/withdraw/:draft/sure': withdrawal,
  '/objections/withdraw/:draft/check': withdrawal,
  '/api/v1/extracts/:extract/readiness': ({ extractId }) => [extractId],
  '/api/v1/extracts/:extract/releases': ({ extractId }) => [extractId],
  '/api/v1/extracts/:extract/checks': ({ extractId }) => [extractId],
  '/api/v1/releases/:release': ({ releaseId }) => [releaseId],
};

/** Addresses that carry an id elsewhere than in their path. */
export const elsewhere: readonly ((there: FullPractice) => string)[] = [
  ({ patientId }) => `/objections/new?patient=${patientId}`,
  ({ patientId }) => `/objections/withdraw?patient=${patientId}`,
];
