import { parseHTML } from 'linkedom';
import request from 'supertest';
import { afterEach, expect, test } from 'vitest';
import { asset } from '../../src/web/assets.ts';
import { inlineScript } from '../../src/web/middleware/security-headers.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;
afterEach(() => registry.close());

const addresses = [
  '/',
  '/log-in',
  '/help',
  '/no-such-page',
  '/health/live',
  '/health/ready',
  '/api/v1/extracts',
];

test('every answer has the headers that protect it, and says nothing of how it is made', async () => {
  registry = await openRegistry();
  const address = await registry.listen();
  for (const path of [...addresses, asset('app.css')]) {
    const { headers } = await request(address).get(path);
    expect([path, headers]).toMatchObject([
      path,
      {
        'content-security-policy': expect.stringContaining(`script-src 'self' ${inlineScript};`),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'cache-control': path.startsWith('/assets/') ? expect.stringContaining('immutable') : 'no-store',
      },
    ]);
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('strict-transport-security');
  }
});

test('a request id is mirrored by pages, by health and by the API alike', async () => {
  registry = await openRegistry();
  const address = await registry.listen();
  for (const path of addresses) {
    const { headers } = await request(address).get(path).set('X-Request-ID', 'nightly-2026.11.22');
    expect([path, headers['x-request-id']]).toEqual([path, 'nightly-2026.11.22']);
  }
});

test('a registry that people reach over https tells browsers to stay there', async () => {
  registry = await openRegistry({ PUBLIC_URL: 'https://registry.example' });
  const { headers } = await request(await registry.listen()).get('/help');
  expect(headers['strict-transport-security']).toContain('max-age=63072000');
  expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
});

test('pages load nothing but what the app serves', async () => {
  registry = await openRegistry();
  const address = await registry.listen();
  for (const path of ['/log-in', '/help', '/accessibility', '/privacy']) {
    const { document } = parseHTML((await request(address).get(path)).text);
    const asked = [...document.querySelectorAll('script[src], link[href], img[src]')];
    for (const element of asked) {
      const source = element.getAttribute('src') ?? element.getAttribute('href') ?? '';
      expect((await request(address).get(source)).status, source).toBe(200);
    }
    expect(asked.length).toBeGreaterThan(3);
  }
});
