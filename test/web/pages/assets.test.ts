import request from 'supertest';
import { expect, test } from 'vitest';
import { asset, assets, assetVersion } from '../../../src/web/assets.ts';
import { assetRoutes } from '../../../src/web/pages/assets/routes.ts';
import { smallApp } from '../small-app.ts';

const { app } = smallApp(assetRoutes());

test.each(Object.entries(assets))(
  '%s is kept by browsers for ever, under an address that changes with it',
  async (name, { type }) => {
    const answered = await request(app).get(asset(name));
    expect(answered.status).toBe(200);
    expect(answered.type).toBe(type);
    expect(answered.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(asset(name)).toBe(`/assets/${assetVersion}/${name}`);
  },
);

test('no style asks for a font, or for anything from another host', () => {
  for (const { body, type } of Object.values(assets)) {
    expect(body).not.toMatch(/@font-face|sourceMappingURL/);
    if (type === 'text/css') expect(body).not.toMatch(/url\((?!\/assets\/images\/)/);
  }
});

test('the pictures that the styles name are there', async () => {
  const named = assets['nhsuk-frontend.min.css']?.body.match(/\/assets\/images\/[\w.-]+/g) ?? [];
  expect(named.length).toBeGreaterThan(0);
  for (const address of new Set(named)) {
    const answered = await request(app).get(address);
    expect([address, answered.status, answered.type]).toEqual([address, 200, 'image/svg+xml']);
  }
});

test.each([
  '/assets/0/app.css',
  `/assets/${assetVersion}/constructor`,
  `/assets/${assetVersion}/..%2f..%2fpackage.json`,
  '/assets/images/',
  '/assets/images/../manifest.json',
  '/assets/',
])('%s is not there', async (address) => {
  expect((await request(app).get(address)).status).toBe(404);
});

test('an asset that does not exist is a fault of the page', () => {
  expect(() => asset('none.css')).toThrow('There is no asset none.css');
});
