import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { component } from '../../src/web/view-engine.ts';
import { leftOut } from './fixtures-left-out.ts';
import { normaliseMarkup } from './normalise-markup.ts';

/** One example of the NHS.UK package: the options of a component, and the markup they must give. */
interface Fixture {
  name: string;
  context: Record<string, unknown>;
  /** Markup between a macro's opening and end; ours take it as an option. */
  callBlock?: string;
  html: string;
}

const packageFolder = new URL('../../node_modules/nhsuk-frontend/dist/nhsuk/components/', import.meta.url);
const fixturesOf = (component: string): Fixture[] =>
  JSON.parse(readFileSync(new URL(`${component}/fixtures.json`, packageFolder), 'utf8')).fixtures;

const ours = readdirSync(new URL('../../views/components/', import.meta.url)).map((file) =>
  file.replace('.ejs', ''),
);
const theirs = ours.filter((name) => existsSync(new URL(`${name}/fixtures.json`, packageFolder)));

/** Partials of our own: what several components have in common, and one of the registry. */
const notTheirs = ['card-action', 'choices', 'form-group', 'form-token', 'icon'];

const asDescription = ['card', 'error-summary'];

function optionsOf(name: string, { context, callBlock }: Fixture): object {
  const block =
    callBlock && (asDescription.includes(name) ? { description: { html: callBlock } } : { html: callBlock });
  if (name === 'footer') return { copyright: '© NHS England', ...context, ...(callBlock && { meta: block }) };
  return name === 'header' ? { service: { text: '', href: '' }, ...context } : { ...context, ...block };
}

/** Of a header, the account and the menu: ours has no NHS logo and no search. */
function compared(name: string, markup: string): string {
  if (name !== 'header') return normaliseMarkup(markup);
  const parts = parseHTML(markup).document.querySelectorAll('nav');
  return normaliseMarkup([...parts].map((part) => part.outerHTML).join(''));
}

test('each partial is one of the package or one of our own', () => {
  expect(ours.filter((name) => !theirs.includes(name))).toEqual(notTheirs);
});

describe.each(theirs)('%s', (name) => {
  const all = fixturesOf(name);
  const without = leftOut[name] ?? {};

  test('what is left out exists', () => {
    const names = all.map((fixture) => fixture.name);
    expect(Object.keys(without).filter((fixture) => !names.includes(fixture))).toEqual([]);
  });

  test.each(
    all.filter((fixture) => !without[fixture.name]).map((fixture) => [fixture.name, fixture] as const),
  )('%s', (_, fixture) => {
    const made = String(component(name, optionsOf(name, fixture)));
    expect(compared(name, made)).toBe(compared(name, fixture.html));
  });
});

const hostile = `<i onclick="x" title='y'>&`;

/** The same options with hostile words in place of every text; markup and names of tags stay. */
function withHostileWords(option: unknown, key = ''): unknown {
  if (typeof option === 'string') return key === 'html' || key === 'element' ? option : hostile;
  if (Array.isArray(option)) return option.map((item) => withHostileWords(item));
  if (!(option instanceof Object)) return option;
  return Object.fromEntries(
    Object.entries(option).map(([name, value]) => [name, withHostileWords(value, name)]),
  );
}

test.each(theirs)('%s: no option but html is put into the page as it is', (name) => {
  for (const { context, ...rest } of fixturesOf(name)) {
    const options = optionsOf(name, {
      ...rest,
      context: withHostileWords(context) as Record<string, unknown>,
    });
    const { document } = parseHTML(String(component(name, options)));
    expect(document.querySelectorAll('i, [onclick]')).toHaveLength(0);
  }
});

test('the link of the header is that of the package, less the logo', () => {
  const linked = fixturesOf('header').find(({ name }) => name === 'with service name (linked with logo)');
  const { document } = parseHTML(linked?.html ?? '');
  document.querySelector('svg')?.remove();
  const expected = document.toString().replace('aria-label="NHS ', 'aria-label="');
  expect(normaliseMarkup(String(component('header', linked?.context)))).toBe(normaliseMarkup(expected));
});
