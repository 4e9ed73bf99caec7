import { expect, test } from 'vitest';
import { z } from 'zod';
import { dayField } from '../../src/web/day-field.ts';
import { Form, readForm } from '../../src/web/form.ts';
import { component } from '../../src/web/view-engine.ts';

const schema = z.object({
  note: z.string('Enter a note').trim().min(1, 'Enter a note'),
  via: z.enum(['phone', 'letter'], 'Select how it was received'),
  receivedOn: dayField('Received on', 'Enter the day on which it was received'),
});

const day = { 'receivedOn-day': '3', 'receivedOn-month': 'March', 'receivedOn-year': '2026' };

test('a form without faults gives its value', () => {
  expect(readForm(schema, { note: ' hello ', via: 'phone', ...day, extra: 'x' })).toEqual({
    ok: true,
    value: { note: 'hello', via: 'phone', receivedOn: '2026-03-03' },
  });
});

test('faults come in the order of the form, one a field, and what was typed is kept', () => {
  const read = readForm(schema, {
    note: '',
    'receivedOn-day': '31',
    'receivedOn-month': '2',
    'receivedOn-year': '2026',
  });
  if (read.ok) throw new Error('has no faults');
  expect(read.form.errors).toEqual([
    { field: 'note', text: 'Enter a note' },
    { field: 'via', text: 'Select how it was received' },
    { field: 'receivedOn-day', text: 'Received on must be a real date' },
  ]);
  expect(read.form.field('via')).toEqual({
    name: 'via',
    errorMessage: { text: 'Select how it was received' },
  });
  const shown = String(component('date-input', read.form.day('receivedOn')));
  expect(shown).toContain('id="receivedOn-day" name="receivedOn-day" type="text" value="31"');
});

test.each([
  undefined,
  null,
  [],
  'text',
  { note: ['a', 'b'], via: {}, 'receivedOn-day': ['1', '2'], __proto__: { note: 'x' } },
])('a body that no page sent is a form with faults: %j', (body) => {
  const read = readForm(schema, body);
  if (read.ok) throw new Error('has no faults');
  expect(read.form.errors.map(({ field }) => field)).toEqual(['note', 'via', 'receivedOn-day']);
});

test('one choice and several are shown as they were made', () => {
  expect(new Form({ types: '1' }).choices('types').values).toEqual(['1']);
  expect(new Form({ types: ['1', '2'] }).choices('types').values).toEqual(['1', '2']);
  expect(new Form().choices('types').values).toEqual([]);
});

test.each([
  { boxes: ['', '', ''], red: ['day', 'month', 'year'] },
  { boxes: ['', '2', ''], red: ['day', 'year'] },
  { boxes: ['1', ' ', '2026'], red: ['month'] },
  { boxes: ['1', '2', '26'], red: ['year'] },
  { boxes: ['31', '2', '2026'], red: ['day', 'month', 'year'] },
  { boxes: ['1', '2', '2026'], red: [] },
])('of a date typed as $boxes red are $red', ({ boxes: [dayTyped, month, year], red }) => {
  const body = { 'receivedOn-day': dayTyped, 'receivedOn-month': month, 'receivedOn-year': year };
  const read = readForm(schema, { ...body, note: 'x' });
  if (read.ok) throw new Error('has no faults');
  const shown = String(component('date-input', read.form.day('receivedOn')));
  const inputs = [...shown.matchAll(/class="[^"]*nhsuk-input--error[^"]*" id="receivedOn-(\w+)"/g)];
  expect(inputs.map(([, part]) => part)).toEqual(red);
});

test('a fault of a whole date makes all its boxes red', () => {
  const form = new Form(day, [{ field: 'receivedOn', text: 'Received on must not be before the birth' }]);
  expect(String(component('date-input', form.day('receivedOn'))).match(/nhsuk-input--error/g)).toHaveLength(
    3,
  );
});
