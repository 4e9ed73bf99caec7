import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BrokenInput } from '../../../src/guard/release.ts';
import { ArrivingBody } from '../../../src/web/api/arriving-body.ts';

const server = createServer();
beforeEach(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => void server.close());

/** A request whose body has this length, of which only so much comes. */
async function arriving(length: number, sent: number) {
  const { port } = server.address() as AddressInfo;
  const headers = { 'content-length': length };
  const client = request({ port, host: '127.0.0.1', method: 'POST', headers, agent: false });
  client.on('error', () => {});
  const come = once(server, 'request') as Promise<[IncomingMessage]>;
  client.write(Buffer.alloc(sent, 'x'));
  const [req] = await come;
  const body = new ArrivingBody(req, 60_000);
  let size = 0;
  const all = new Promise<void>((resolve) => {
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size === sent) resolve();
    });
  });
  await all;
  const closed = new Promise((resolve) => req.once('close', resolve));
  client.destroy();
  await closed;
  return body;
}

test('of a body whose sender is gone, nothing that has come is handed on any more', async () => {
  const body = await arriving(2_000_000, 500_000);
  const pieces = body[Symbol.asyncIterator]();
  await expect(pieces.next()).rejects.toThrow(new BrokenInput('client-gone').message);
  expect(await pieces.next()).toMatchObject({ done: true });
});
