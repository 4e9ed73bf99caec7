import { expect, test } from 'vitest';
import { classes, content, inner, oneOf } from '../../src/web/component-options.ts';
import { attributes, Html, html } from '../../src/web/html.ts';

test('values are escaped, markup is not, lists are put one after the other', () => {
  const name = `<b>O'Brien & "Co"</b>`;
  expect(String(html`<p>${name}</p>`)).toBe('<p>&lt;b&gt;O&#39;Brien &amp; &#34;Co&#34;&lt;/b&gt;</p>');
  expect(String(html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}${undefined}${null}</ul>`)).toBe(
    '<ul><li>1</li><li>2</li></ul>',
  );
  expect(String(html`\n${'\\n'}`)).toBe('\n\\n');
});

test('attributes are left out, named alone, or escaped', () => {
  const given = {
    id: 'a"b',
    hidden: true,
    disabled: false,
    name: undefined,
    value: null,
    'aria-hidden': 'true',
  };
  expect(String(attributes(given))).toBe(' id="a&#34;b" hidden aria-hidden="true"');
  expect(String(attributes({ id: 'a' }, { id: 'b', rows: 0 }, undefined))).toBe(' id="b" rows="0"');
  expect(String(attributes({ autofocus: { value: true, optional: true } }))).toBe(' autofocus');
});

test('an option is words, markup, or an object with either', () => {
  expect(content('a')).toEqual({ text: 'a' });
  expect(content(new Html('<b>'))).toEqual({ html: new Html('<b>') });
  expect(content({ text: 'a', size: 'm' })).toEqual({ text: 'a', size: 'm' });
  expect([content(undefined), content(false)]).toEqual([{}, {}]);
  expect(String(inner('<b>'))).toBe('&lt;b&gt;');
  expect(String(inner({ html: '<b>' }))).toBe('<b>');
});

test('classes stand once; a choice that is unknown, or made already, gives none', () => {
  expect(classes('a b', false, undefined, 'b c')).toBe('a b c');
  expect(classes(false)).toBeUndefined();
  expect(oneOf('tag--', 'red', ['red', 'blue'], undefined)).toBe('tag--red');
  expect(oneOf('tag--', 'green', ['red', 'blue'], undefined)).toBeUndefined();
  expect(oneOf('tag--', 'red', ['red', 'blue'], 'x tag--blue')).toBeUndefined();
});
