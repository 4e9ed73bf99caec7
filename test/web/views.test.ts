import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = new URL('../../views/', import.meta.url).pathname;
const views = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ejs'))
  .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);

test.each(views)('%s has nothing that the Content-Security-Policy would stop', (file, text) => {
  expect(text).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/i);
  if (file !== 'layouts/page.ejs') expect(text).not.toMatch(/<script/i);
});

test.each(views)('%s: each form that changes something holds the token', (_, text) => {
  const forms = text.match(/<form\b[\s\S]*?<\/form>/g) ?? [];
  const without = forms.filter((form) => /method="post"/.test(form) && !form.includes('formToken()'));
  expect(without).toEqual([]);
});

test.each(views)('%s puts no variable into the page as it is, but markup that was made so', (file, text) => {
  if (file.startsWith('components/') || file.startsWith('layouts/')) return;
  const raw = [...text.matchAll(/<%-\s*([\s\S]*?)\s*-?%>/g)].map(([, code]) => code ?? '');
  expect(raw.filter((code) => !/^(attributes|component|formToken|html|include|inner)\b/.test(code))).toEqual(
    [],
  );
});
