import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { component } from '../../src/web/view-engine.ts';
import { normaliseMarkup } from './normalise-markup.ts';

interface Fixture {
  name: string;
  context: Record<string, unknown>;
  callBlock?: string;
  html: string;
}

const packageFolder = new URL('../../node_modules/nhsuk-frontend/dist/nhsuk/components/', import.meta.url);
const fixturesOf = (name: string): Fixture[] =>
  JSON.parse(readFileSync(new URL(`${name}/fixtures.json`, packageFolder), 'utf8')).fixtures;

const names = readdirSync(new URL('../../views/components/', import.meta.url))
  .map((file) => file.replace('.ejs', ''))
  .filter((name) => existsSync(new URL(`${name}/fixtures.json`, packageFolder)));

describe.each(names)('%s', (name) => {
  test.each(fixturesOf(name).map((fixture, i) => [`${i} ${fixture.name}`, fixture] as const))(
    '%s',
    (_, fixture) => {
      const block = fixture.callBlock ? { html: fixture.callBlock } : {};
      const ours = component(name, { ...fixture.context, ...block });
      expect(normaliseMarkup(String(ours))).toBe(normaliseMarkup(fixture.html));
    },
  );
});
