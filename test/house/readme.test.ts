import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

test('every setting is in README and in the example, and no other is', () => {
  const inCode = [...readFileSync('src/config.ts', 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
    ([, name]) => name,
  );
  const table = readme.slice(readme.indexOf('## Settings'), readme.indexOf('## Map of'));
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const inReadme = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
  );
  expect([...inReadme].sort()).toEqual([...inCode].sort());
  const example = readFileSync('.env.example', 'utf8');
  const inExample = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
  expect(inExample.filter((name) => !inCode.includes(name))).toEqual([]);
});

test('every command is in README, and no other is', () => {
  const commands = readdirSync('src/cli').flatMap((file) => {
    const words = /words: \[([^\]]+)\]/.exec(readFileSync(`src/cli/${file}`, 'utf8'))?.[1];
    return words === undefined ? [] : [words.replace(/['\s]/g, '').replaceAll(',', ' ')];
  });
  const table = readme.slice(readme.indexOf('## Command line'), readme.indexOf('## Settings'));
  const inReadme = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
  expect(commands.length).toBeGreaterThan(0);
  expect([...inReadme].sort()).toEqual(commands.sort());
});

test('the map names the folders that there are', () => {
  const map = readme.slice(readme.indexOf('## Map of'), readme.indexOf('## Decisions'));
  const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !map.includes(`    ${name}/`))).toEqual([]);
});

test('pictures and files that README shows are there', () => {
  const shown = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, file = '']) => file);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((file) => !existsSync(file))).toEqual([]);
});
