import axe from 'axe-core';
import type { Page } from 'playwright';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The name of the button that NHS.UK’s own script makes of a file upload is its label and what it says. */
const known = (id: string, html: string) =>
  id === 'label-content-name-mismatch' && html.includes('class="nhsuk-file-upload__drop-button');

/** What axe finds against WCAG 2.2 A and AA: the rule, and the markup that breaks it. */
export async function violations(page: Page): Promise<[string, string[]][]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  // Only what is wrong is gathered: the account of all that is right takes longer than looking at it.
  const options = { runOnly: { type: 'tag', values: wcag }, resultTypes: ['violations'] };
  const found: [string, string[]][] = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
      violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))`,
  );
  return found
    .map(([id, nodes]): [string, string[]] => [id, nodes.filter((html) => !known(id, html))])
    .filter(([, nodes]) => nodes.length > 0);
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
