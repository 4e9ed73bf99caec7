import request from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;
let address: string;

beforeEach(async () => {
  registry = await openRegistry();
  address = await registry.listen();
});

afterEach(() => registry.close());

test('a registry that works is alive and ready', async () => {
  await request(address).get('/health/live').expect(200, { status: 'pass' });
  const { body } = await request(address).get('/health/ready').expect(200);
  const checks = {
    database: 'pass',
    'append-only': 'pass',
    'signing-key': 'pass',
    'guard-index': 'pass',
  };
  expect(body).toEqual({ status: 'pass', checks });
});

test('one whose ledger could be changed is alive, but not ready', async () => {
  const { database } = registry.services;
  const drop =
    database.kind === 'sqlite'
      ? 'DROP TRIGGER "LedgerLeaf_no_update"'
      : 'DROP TRIGGER "LedgerLeaf_no_change" ON "LedgerLeaf"';
  await database.write((tx) => tx.$executeRawUnsafe(drop));
  await request(address).get('/health/live').expect(200);
  const { body } = await request(address).get('/health/ready').expect(503);
  expect(body.checks['append-only']).toBe('fail');
});
