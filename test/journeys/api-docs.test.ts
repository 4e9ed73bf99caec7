import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;
let browser: Browser;

beforeAll(async () => {
  registry = await openRegistry();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await registry.close();
});

test('the API’s description is shown, under its own strict policy', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));

  const address = await registry.listen();
  await page.goto(`${address}/api/docs/`);
  await page.getByText('Send an extract through the guard').click();
  await page.getByText('Compare Content-Digest before using the answer').waitFor();
  expect(await page.locator('.opblock').count()).toBe(8);
  expect(complaints).toEqual([]);
  expect(asked.filter((url) => !url.startsWith(address) && !url.startsWith('data:'))).toEqual([]);
});
