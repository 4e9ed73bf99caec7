import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds against WCAG 2.2 A and AA: the rule, and the markup that breaks it. */
export async function violations(page: Page): Promise<[string, string[]][]> {
  // The pages have no frames: axe need not open a second page to gather what it finds.
  const found = await new AxeBuilder({ page }).withTags(wcag).setLegacyMode(true).analyze();
  return found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

/** How far the page can be scrolled sideways, in CSS pixels. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** What is wrong with a page as it stands: what axe finds, and whether it scrolls sideways. */
export async function faultsOf(page: Page): Promise<unknown[]> {
  const [broken, scrolled] = [await violations(page), await sideways(page)];
  return scrolled > 0 ? [...broken, { scrolled }] : broken;
}

/** Collects what the browser complains of from now on: what the policy stops, and scripts that fail. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // An answer of 400 or 404 is a page like any other.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}
