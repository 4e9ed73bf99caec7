import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Option {
  name: string;
  deprecated?: string;
}

const folder = new URL('../../views/', import.meta.url).pathname;
const packageFolder = new URL('../../node_modules/nhsuk-frontend/dist/nhsuk/components/', import.meta.url)
  .pathname;

/** Options that ours take beside those of the package. */
const own: Record<string, string[]> = { icon: ['name', 'title', 'classes'] };

/** The options of a component as the package documents them, less those that it gives up. */
function optionsOf(component: string): Set<string> {
  const file = join(packageFolder, component, 'macro-options.json');
  const documented: Option[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const names = documented.filter(({ deprecated }) => !deprecated).map(({ name }) => name);
  return new Set([...names, ...(own[component] ?? [])]);
}

/** The index after the bracket, quote or backtick that ends what begins at `start`. */
function endOf(code: string, start: number): number {
  const open = code[start] ?? '';
  const close = { '{': '}', '[': ']', '(': ')' }[open] ?? open;
  const quoted = close === open;
  for (let i = start + 1; i < code.length; i++) {
    if (code[i] === close) return i + 1;
    if (quoted && code[i] === '\\') i += 1;
    else if (open === '`' && code.startsWith('${', i)) i = endOf(code, i + 1) - 1;
    else if (!quoted && /[[({'"`]/.test(code[i] ?? '')) i = endOf(code, i) - 1;
  }
  throw new Error(`what begins with ${code.slice(start, start + 40)} has no end`);
}

/** The names of an object literal that begins at `start`; what is spread into it is not looked at. */
function keysOf(code: string, start: number): string[] {
  const end = endOf(code, start) - 1;
  const keys: string[] = [];
  let i = start + 1;
  while (i < end) {
    const name = /^\s*(?:\.\.\.)?(['\w$]+)?/.exec(code.slice(i, end));
    const spread = name?.[0].includes('...');
    if (name?.[1] && !spread) keys.push(name[1].replaceAll("'", ''));
    i += name?.[0].length ?? 0;
    while (i < end && code[i] !== ',') i = /[[({'"`]/.test(code[i] ?? '') ? endOf(code, i) : i + 1;
    i += 1;
  }
  return keys;
}

const views = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ejs') && !file.startsWith('components/'),
);

test.each(views)('%s gives components only the options that they take', (file) => {
  const code = readFileSync(join(folder, file), 'utf8');
  const calls = [...code.matchAll(/component\('([\w-]+)',\s*(?=\{)/g)];
  const unknown = calls.flatMap(({ 0: call, 1: component = '', index }) => {
    const known = optionsOf(component);
    return keysOf(code, index + call.length)
      .filter((key) => !known.has(key))
      .map((key) => `${component}: ${key}`);
  });
  expect(unknown).toEqual([]);
});
