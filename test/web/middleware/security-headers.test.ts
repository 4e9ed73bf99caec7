import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import request from 'supertest';
import { expect, test } from 'vitest';
import { securityHeaders } from '../../../src/web/middleware/security-headers.ts';
import { smallApp } from '../small-app.ts';

const headersOf = async (https: boolean) =>
  (await request(smallApp(securityHeaders({ https }), (_req, res) => res.sendStatus(204)).app).get('/'))
    .headers;

test('nothing is allowed but our own styles, scripts and pictures, and one inline script', async () => {
  const headers = await headersOf(false);
  expect(headers['content-security-policy']?.split(';')).toEqual([
    "default-src 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "script-src 'self' 'sha256-tDOvXJi1PXbg0CWjLCCYSNHRXtps26K4JXkE3M6u/c0='",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
  ]);
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  });
  expect(headers['strict-transport-security']).toBeUndefined();
});

test('over https, browsers are told to stay there', async () => {
  const headers = await headersOf(true);
  expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
  expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
});

test('the inline script of a page is the one of the NHS.UK template, and has the hash of the policy', async () => {
  const { document } = parseHTML((await request(smallApp().app).get('/')).text);
  const inline = [...document.querySelectorAll('script:not([src])')].map(
    (script) => script.textContent ?? '',
  );
  expect(inline).toHaveLength(1);
  const hash = createHash('sha256')
    .update(inline[0] ?? '')
    .digest('base64');
  expect((await headersOf(false))['content-security-policy']).toContain(`'sha256-${hash}'`);
  const template = new URL('../../../node_modules/nhsuk-frontend/dist/nhsuk/template.njk', import.meta.url);
  expect(readFileSync(template, 'utf8')).toContain(`>${inline[0]}</script>`);
});
